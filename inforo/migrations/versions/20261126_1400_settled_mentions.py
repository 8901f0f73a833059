"""settled mentions.

Why: a mention that needs no answer leaves the list of open points when its reader says so.
"""

import sqlalchemy as sa
from alembic import op

revision = "settled_mentions"
down_revision = "objections"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "settled_mentions",
        sa.Column("notification_id", ID, autoincrement=False, nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notifications.id"],
            name=op.f("fk_settled_mentions_notification_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("notification_id", name=op.f("pk_settled_mentions")),
    )


def downgrade() -> None:
    op.drop_table("settled_mentions")
