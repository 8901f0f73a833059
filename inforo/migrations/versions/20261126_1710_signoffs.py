"""texts that a superior reads first, and the links sent for that.

Why: some may only publish what somebody in their house has read. That person has no account;
a link leads to one version of one text.
"""

import sqlalchemy as sa
from alembic import op

revision = "signoffs"
down_revision = "confidences_in_baskets"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "signoffs",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "question",
                "example",
                name="signoffkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("example_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("publishes", sa.Boolean(), nullable=False),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("published_path", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("signoffs", "account_id", "accounts.id"),
        points("signoffs", "example_id", "examples.id"),
        points("signoffs", "group_id", "groups.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoffs")),
        sa.UniqueConstraint("example_id", name=op.f("uq_signoffs_example_id")),
    )
    op.create_index(op.f("ix_signoffs_account_id"), "signoffs", ["account_id"])
    op.create_index(op.f("ix_signoffs_group_id"), "signoffs", ["group_id"])
    op.create_table(
        "signoff_links",
        sa.Column("id", ID, nullable=False),
        sa.Column("signoff_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("reminded_at", TIME, nullable=True),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("approved_at", TIME, nullable=True),
        sa.Column("declined_at", TIME, nullable=True),
        sa.Column("signed_name", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("signoff_links", "signoff_id", "signoffs.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signoff_links_token_hash")),
    )
    op.create_index(op.f("ix_signoff_links_signoff_id"), "signoff_links", ["signoff_id"])


def downgrade() -> None:
    op.drop_table("signoff_links")
    op.drop_table("signoffs")
