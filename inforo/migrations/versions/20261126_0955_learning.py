"""learning.

Why: members keep self-checks and their first steps; nobody else sees them.
"""

import sqlalchemy as sa
from alembic import op

revision = "learning"
down_revision = "c5f3e2b8a4d6"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "self_checks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_self_checks_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_checks")),
    )
    op.create_index(op.f("ix_self_checks_account_id"), "self_checks", ["account_id"])
    op.create_table(
        "newcomer_steps",
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_newcomer_steps_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "number", name=op.f("pk_newcomer_steps")),
    )


def downgrade() -> None:
    op.drop_table("newcomer_steps")
    op.drop_table("self_checks")
