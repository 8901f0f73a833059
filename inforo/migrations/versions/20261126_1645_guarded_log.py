"""guarded log.

Why: entries of the log never change; triggers say so to everybody who has the database at hand.
An entry may only forget its person, and goes after 24 months.
"""

from alembic import op

revision = "guarded_log"
down_revision = "outcomes"

COLUMNS = [
    "id",
    "action",
    "subject",
    "title",
    "state_code",
    "programme_key",
    "reason",
    "request_id",
    "created_at",
]
REFUSED = "entries of the log never change"


def changed(operator: str) -> str:
    others = " OR ".join(f"new.{name} {operator} old.{name}" for name in COLUMNS)
    return f"new.actor_id IS NOT NULL OR {others}"


CREATE = {
    "sqlite": (
        "CREATE TRIGGER log_entries_update BEFORE UPDATE ON log_entries "
        f"WHEN {changed('IS NOT')} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        "CREATE TRIGGER log_entries_delete BEFORE DELETE ON log_entries "
        "WHEN old.created_at >= datetime('now', '-24 months') "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION log_entries_stay() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        "CREATE TRIGGER log_entries_update BEFORE UPDATE ON log_entries FOR EACH ROW "
        f"WHEN ({changed('IS DISTINCT FROM')}) EXECUTE FUNCTION log_entries_stay()",
        "CREATE TRIGGER log_entries_delete BEFORE DELETE ON log_entries FOR EACH ROW "
        "WHEN (old.created_at >= now() - interval '24 months') "
        "EXECUTE FUNCTION log_entries_stay()",
    ),
}


def upgrade() -> None:
    for statement in CREATE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for moment in ("update", "delete"):
        table = " ON log_entries" if is_postgres else ""
        op.execute(f"DROP TRIGGER log_entries_{moment}{table}")
    if is_postgres:
        op.execute("DROP FUNCTION log_entries_stay()")
