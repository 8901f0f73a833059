"""hints about groups.

Why: managers and offices hear of groups that fell silent or are led by one person alone, and
not again every day.
"""

import sqlalchemy as sa
from alembic import op

revision = "hints_about_groups"
down_revision = "handovers_of_groups"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "group_hints",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column(
            "need",
            sa.Enum(
                "silent",
                "alone",
                name="need",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("hinted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_group_hints_group_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_hints")),
        sa.UniqueConstraint("group_id", "need", name=op.f("uq_group_hints_group_id_need")),
    )


def downgrade() -> None:
    op.drop_table("group_hints")
