"""Let several people write one example, and note who captured it in a conversation.

An example has the person who began it (`author_id`) and now others who write with them. An
office that writes an example down on the telephone is remembered, because who wrote a text
may not decide about it.

Revision ID: a3d1c0f6e2b4
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "a3d1c0f6e2b4"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "example_captures",
        sa.Column("example_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["example_id"],
            ["examples.id"],
            name=op.f("fk_example_captures_example_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_example_captures_account_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("example_id", name=op.f("pk_example_captures")),
    )
    op.create_index("ix_example_captures_account_id", "example_captures", ["account_id"])
    op.create_table(
        "example_authors",
        sa.Column("id", ID, nullable=False),
        sa.Column("example_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("invited_by_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["example_id"],
            ["examples.id"],
            name=op.f("fk_example_authors_example_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_example_authors_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["accounts.id"],
            name=op.f("fk_example_authors_invited_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example_authors")),
        sa.UniqueConstraint(
            "example_id", "account_id", name=op.f("uq_example_authors_example_id_account_id")
        ),
    )
    for column in ("example_id", "account_id"):
        op.create_index(f"ix_example_authors_{column}", "example_authors", [column])


def downgrade() -> None:
    op.drop_table("example_authors")
    op.drop_table("example_captures")
