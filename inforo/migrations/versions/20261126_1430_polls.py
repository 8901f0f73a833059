"""polls.

Why: a question may come with a poll. Ballots carry no time, and on SQLite no row number, so
that nothing says in which order they came; the voter is named in named polls only.
"""

import sqlalchemy as sa
from alembic import op

revision = "polls"
down_revision = "5d1c9b7e2f40"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def points(
    table: str, column: str, target: str, gone: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("is_multiple", sa.Boolean(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("shows_early", sa.Boolean(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        points("polls", "thread_id", "threads.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_polls_thread_id")),
    )
    op.create_table(
        "poll_options",
        sa.Column("id", ID, nullable=False),
        sa.Column("poll_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        points("poll_options", "poll_id", "polls.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
        sa.UniqueConstraint(
            "poll_id", "position", name=op.f("uq_poll_options_poll_id_position")
        ),
    )
    op.create_table(
        "poll_ballots",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("poll_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        points("poll_ballots", "poll_id", "polls.id"),
        points("poll_ballots", "account_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_poll_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_poll_ballots_poll_id"), "poll_ballots", ["poll_id"])
    op.create_index(op.f("ix_poll_ballots_account_id"), "poll_ballots", ["account_id"])
    op.create_table(
        "poll_choices",
        sa.Column("ballot_key", sa.String(length=64), nullable=False),
        sa.Column("option_id", ID, nullable=False),
        points("poll_choices", "ballot_key", "poll_ballots.key"),
        points("poll_choices", "option_id", "poll_options.id"),
        sa.PrimaryKeyConstraint("ballot_key", "option_id", name=op.f("pk_poll_choices")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_poll_choices_option_id"), "poll_choices", ["option_id"])


def downgrade() -> None:
    for table in ("poll_choices", "poll_ballots", "poll_options", "polls"):
        op.drop_table(table)
