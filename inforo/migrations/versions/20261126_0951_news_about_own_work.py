"""news about own work.

Why: a new kind of notification: somebody takes up what one wrote.
"""

import sqlalchemy as sa
from alembic import op

revision = "7a51c0de2b03"
down_revision = "7a51c0de2b02"

BEFORE = ("answer", "mention", "decision", "moderation", "group", "work", "question")
TABLES = ("notifications", "mail_choices")


def allow(events: tuple[str, ...]) -> None:
    words = ", ".join(f"'{event}'" for event in events)
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_event"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_event"), f"event IN ({words})")


def upgrade() -> None:
    allow((*BEFORE, "activity"))


def downgrade() -> None:
    for table in TABLES:
        op.execute(sa.text(f"DELETE FROM {table} WHERE event = 'activity'"))  # noqa: S608 (ours)
    allow(BEFORE)
