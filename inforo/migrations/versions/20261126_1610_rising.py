"""unanswered questions rise.

Why: members who agreed are asked about questions nobody answers, each with what came of it;
then the office gets the question. A nightly job keeps how long first answers take.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "rising"
down_revision = "takeouts"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
EVENTS = ("help", "aftermath")
OUTCOMES = ("waiting", "answered", "declined", "needless", "silent")
TABLES = ("notifications", "mail_choices")


def known_events(table: str) -> list[str]:
    """Return the events allowed so far, whoever added them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    [rule] = [check["sqltext"] for check in checks if check["name"] == f"ck_{table}_event"]
    return re.findall(r"'([a-z_]+)'", rule)


def allow(table: str, events: list[str]) -> None:
    words = ", ".join(f"'{event}'" for event in events)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_event"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_event"), f"event IN ({words})")


def points(
    table: str, column: str, target: str, gone: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.add_column("accounts", sa.Column("may_be_asked_at", TIME, nullable=True))
    op.create_table(
        "rises",
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("asked_at", TIME, nullable=True),
        sa.Column("helpers", sa.Integer(), nullable=False),
        sa.Column("raised_at", TIME, nullable=True),
        points("rises", "thread_id", "threads.id"),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_rises")),
    )
    words = ", ".join(f"'{outcome}'" for outcome in OUTCOMES)
    op.create_table(
        "help_requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("asked_by_id", ID, nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        points("help_requests", "thread_id", "threads.id"),
        points("help_requests", "account_id", "accounts.id"),
        points("help_requests", "asked_by_id", "accounts.id", "SET NULL"),
        sa.CheckConstraint(f"outcome IN ({words})", name=op.f("ck_help_requests_helpoutcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_requests")),
        sa.UniqueConstraint(
            "thread_id", "account_id", name=op.f("uq_help_requests_thread_id_account_id")
        ),
    )
    op.create_index("ix_help_requests_person", "help_requests", ["account_id", "created_at"])
    op.create_index("ix_help_requests_waiting", "help_requests", ["outcome", "id"])
    op.create_table(
        "answer_times",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("median_seconds", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("answer_times", "group_id", "groups.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_times")),
        sa.UniqueConstraint("group_id", name=op.f("uq_answer_times_group_id")),
    )
    for table in TABLES:
        allow(table, [*known_events(table), *EVENTS])


def downgrade() -> None:
    for table in TABLES:
        left = [event for event in known_events(table) if event not in EVENTS]
        words = ", ".join(f"'{event}'" for event in EVENTS)
        op.execute(sa.text(f"DELETE FROM {table} WHERE event IN ({words})"))
        allow(table, left)
    for table in ("answer_times", "help_requests", "rises"):
        op.drop_table(table)
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.drop_column("may_be_asked_at")
