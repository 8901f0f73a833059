"""Keep the links by which authors release what was written down for them.

Whoever told an example on the telephone may have no account. A link that is stored as a
digest only, used once and limited in time leads them to the text; who agreed to which words,
and when, is kept.

Revision ID: c5f3e2b8a4d6
Revises: glossary
"""

import sqlalchemy as sa
from alembic import op

revision = "c5f3e2b8a4d6"
down_revision = "glossary"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "example_releases",
        sa.Column("id", ID, nullable=False),
        sa.Column("example_id", ID, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("sent_by_id", ID, nullable=True),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("released_at", TIME, nullable=True),
        sa.Column("released_version", sa.Integer(), nullable=True),
        sa.Column("signed_name", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("declined_at", TIME, nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["example_id"],
            ["examples.id"],
            name=op.f("fk_example_releases_example_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"],
            ["accounts.id"],
            name=op.f("fk_example_releases_sent_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example_releases")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_example_releases_token_hash")),
    )
    op.create_index("ix_example_releases_example_id", "example_releases", ["example_id"])


def downgrade() -> None:
    op.drop_table("example_releases")
