"""reason templates.

Why: offices explain decisions with the same sentences again and again, and moderators may
change words of others, which the post then says together with the reason.
"""

import sqlalchemy as sa
from alembic import op

revision = "reason_templates"
down_revision = "digests"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reason_templates",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["coordination_offices.id"],
            name=op.f("fk_reason_templates_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_templates")),
    )
    op.create_index(op.f("ix_reason_templates_office_id"), "reason_templates", ["office_id"])
    op.add_column("posts", sa.Column("moderated_at", sa.DateTime(timezone=True)))
    op.add_column(
        "posts", sa.Column("moderated_reason", sa.Text(), nullable=False, server_default="")
    )


def downgrade() -> None:
    with op.batch_alter_table("posts") as batch_op:
        batch_op.drop_column("moderated_reason")
        batch_op.drop_column("moderated_at")
    op.drop_table("reason_templates")
