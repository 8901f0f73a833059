"""reminders.

Why: people are reminded of a thread or an example on a day they chose, and told of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "reminders"
down_revision = "e8c4a9de0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
BEFORE = (
    "answer",
    "mention",
    "decision",
    "moderation",
    "group",
    "work",
    "question",
    "activity",
)
TABLES = ("notifications", "mail_choices")


def allow(events: tuple[str, ...]) -> None:
    words = ", ".join(f"'{event}'" for event in events)
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_event"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_event"), f"event IN ({words})")


def points(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_reminders_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=True),
        sa.Column("example_id", ID, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("told_at", TIME, nullable=True),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        points("account_id", "accounts"),
        points("thread_id", "threads"),
        points("example_id", "examples"),
        sa.CheckConstraint(
            "(thread_id IS NULL AND example_id IS NOT NULL)"
            " OR (thread_id IS NOT NULL AND example_id IS NULL)",
            name=op.f("ck_reminders_one_target"),
        ),
    )
    op.create_index(op.f("ix_reminders_thread_id"), "reminders", ["thread_id"])
    op.create_index(op.f("ix_reminders_example_id"), "reminders", ["example_id"])
    op.create_index("ix_reminders_open", "reminders", ["account_id", "done_at", "due_on"])
    op.create_index("ix_reminders_due", "reminders", ["told_at", "due_on"])
    allow((*BEFORE, "reminder"))


def downgrade() -> None:
    for table in TABLES:
        op.execute(sa.text(f"DELETE FROM {table} WHERE event = 'reminder'"))
    allow(BEFORE)
    op.drop_table("reminders")
