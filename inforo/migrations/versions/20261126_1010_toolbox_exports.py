"""Let people take the toolbox along as a file.

The worker makes the file; the row knows who asked for it and what is in it, so that it is
handed out only as long as its reader may have all of it.

Revision ID: toolbox_exports
Revises: recommendations
"""

import sqlalchemy as sa
from alembic import op

revision = "toolbox_exports"
down_revision = "recommendations"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TABLE = "toolbox_exports"


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("level", choice("level", "public", "member", "full"), nullable=False),
        sa.Column("format", choice("exportformat", "jsonl", "csv", "zip"), nullable=False),
        sa.Column("example_ids", sa.JSON(), nullable=True),
        sa.Column("holds", sa.JSON(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f(f"fk_{TABLE}_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f(f"fk_{TABLE}_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("key", name=op.f(f"uq_{TABLE}_key")),
    )
    op.create_index(op.f(f"ix_{TABLE}_account_id"), TABLE, ["account_id"])
    op.create_index(op.f(f"ix_{TABLE}_created_at"), TABLE, ["created_at"])
    op.create_index(op.f(f"ix_{TABLE}_stamp"), TABLE, ["stamp"])


def downgrade() -> None:
    op.drop_table(TABLE)
