"""Triggers that keep the log as it was written, also from whoever has the database at hand.

An entry may only forget its person (their account is erased), and goes after KEPT_MONTHS.
Only a backup that replaces everything lifts the guard, within its transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

KEPT_MONTHS = 24
KEPT_DAYS = 731  # no 24 months are longer
WRITTEN_ONCE = (
    "id",
    "action",
    "subject",
    "title",
    "state_code",
    "programme_key",
    "reason",
    "request_id",
    "created_at",
)
REFUSED = "entries of the log never change"


def changed(operator: str) -> str:
    """Return the condition under which an UPDATE does more than forget the person."""
    others = " OR ".join(f"new.{name} {operator} old.{name}" for name in WRITTEN_ONCE)
    return f"new.actor_id IS NOT NULL OR {others}"


SQLITE_CREATE = (
    f"CREATE TRIGGER log_entries_update BEFORE UPDATE ON log_entries "
    f"WHEN {changed('IS NOT')} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    f"CREATE TRIGGER log_entries_delete BEFORE DELETE ON log_entries "
    f"WHEN old.created_at >= datetime('now', '-{KEPT_MONTHS} months') "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
)
POSTGRES_CREATE = (
    f"CREATE OR REPLACE FUNCTION log_entries_stay() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
    f"CREATE TRIGGER log_entries_update BEFORE UPDATE ON log_entries FOR EACH ROW "
    f"WHEN ({changed('IS DISTINCT FROM')}) EXECUTE FUNCTION log_entries_stay()",
    f"CREATE TRIGGER log_entries_delete BEFORE DELETE ON log_entries FOR EACH ROW "
    f"WHEN (old.created_at >= now() - interval '{KEPT_MONTHS} months') "
    f"EXECUTE FUNCTION log_entries_stay()",
)
CREATE = {"sqlite": SQLITE_CREATE, "postgresql": POSTGRES_CREATE}
SQLITE_DROP = ("DROP TRIGGER log_entries_update", "DROP TRIGGER log_entries_delete")
DROP = {
    "sqlite": SQLITE_DROP,
    "postgresql": tuple(f"{statement} ON log_entries" for statement in SQLITE_DROP),
}


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """Let the log be replaced as a whole; the guard stands again with the same commit."""
    dialect = connection.dialect.name
    for statement in DROP[dialect]:
        connection.execute(text(statement))
    yield
    for statement in CREATE[dialect]:
        connection.execute(text(statement))
