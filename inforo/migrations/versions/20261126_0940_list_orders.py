"""list orders.

Why: members keep the order of the list of examples they want to see without asking.
"""

import sqlalchemy as sa
from alembic import op

revision = "7a51c0de2b01"
down_revision = "editions"


def upgrade() -> None:
    op.create_table(
        "list_orders",
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_list_orders_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_list_orders")),
    )


def downgrade() -> None:
    op.drop_table("list_orders")
