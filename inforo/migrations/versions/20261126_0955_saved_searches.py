"""saved searches.

Why: people keep what they look for and are told what is new; searches without a hit are
counted in sum, if the person agrees, for the editors' list of what is missing.
"""

import sqlalchemy as sa
from alembic import op

revision = "saved_searches"
down_revision = "collections"


def bigint() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_searches",
        sa.Column("id", bigint(), nullable=False),
        sa.Column("account_id", bigint(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "daily",
                "weekly",
                "never",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("known_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_saved_searches_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.UniqueConstraint(
            "account_id", "address", name=op.f("uq_saved_searches_account_id_address")
        ),
    )
    op.create_index(op.f("ix_saved_searches_account_id"), "saved_searches", ["account_id"])
    op.create_index(op.f("ix_saved_searches_known_until"), "saved_searches", ["known_until"])
    op.create_table(
        "missed_searches",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("words", name=op.f("pk_missed_searches")),
    )
    op.create_index(op.f("ix_missed_searches_last_at"), "missed_searches", ["last_at"])


def downgrade() -> None:
    op.drop_table("missed_searches")
    op.drop_table("saved_searches")
