"""takeouts.

Why: everybody may take along what is kept about them, as one file made by the worker.
"""

import sqlalchemy as sa
from alembic import op

revision = "takeouts"
down_revision = "polls"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "takeouts",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("file_id", ID),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_takeouts_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_takeouts_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeouts")),
    )
    op.create_index(op.f("ix_takeouts_account_id"), "takeouts", ["account_id"])
    op.create_index(op.f("ix_takeouts_created_at"), "takeouts", ["created_at"])


def downgrade() -> None:
    op.drop_table("takeouts")
