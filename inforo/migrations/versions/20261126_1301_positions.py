"""positions.

Why: how far somebody has read each thread. Threads people followed so far count as read, so
that nobody comes back to hundreds of answers that are new to the platform only.
"""

import sqlalchemy as sa
from alembic import op

revision = "positions"
down_revision = "watches"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def points(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_positions_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "positions",
        sa.Column("account_id", ID, autoincrement=False, nullable=False),
        sa.Column("thread_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "thread_id", name=op.f("pk_positions")),
        points("account_id", "accounts"),
        points("thread_id", "threads"),
    )
    op.create_index(op.f("ix_positions_thread_id"), "positions", ["thread_id"])
    op.execute(
        "INSERT INTO positions (account_id, thread_id, number, read_at)"
        " SELECT watches.account_id, threads.id, threads.post_count, watches.created_at"
        " FROM watches JOIN threads ON threads.id = watches.thread_id"
    )


def downgrade() -> None:
    op.drop_table("positions")
