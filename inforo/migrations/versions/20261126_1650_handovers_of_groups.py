"""handovers of groups.

Why: who leads a group offers the management to a member, who accepts or declines; the offer
and its answer are kept. Of two open offers to one person the newer one counts.
"""

import sqlalchemy as sa
from alembic import op

revision = "handovers_of_groups"
down_revision = "doors_of_groups"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("answered_at IS NULL")


def points(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_group_handovers_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "group_handovers",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=False),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "accepted",
                "declined",
                "withdrawn",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)",
            name=op.f("ck_group_handovers_answered"),
        ),
        points("group_id", "groups.id"),
        points("from_id", "accounts.id"),
        points("to_id", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_handovers")),
    )
    for column in ("group_id", "from_id", "to_id"):
        op.create_index(op.f(f"ix_group_handovers_{column}"), "group_handovers", [column])
    op.create_index(
        "uq_group_handovers_open",
        "group_handovers",
        ["group_id", "to_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("group_handovers")
