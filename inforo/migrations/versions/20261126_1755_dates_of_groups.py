"""dates of groups.

Why: an event may belong to a group, whose home shows what comes next. It outlives the group.
"""

import sqlalchemy as sa
from alembic import op

revision = "dates_of_groups"
down_revision = "openings"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = "fk_events_group_id"


def upgrade() -> None:
    with op.batch_alter_table("events") as batch_op:
        batch_op.add_column(sa.Column("group_id", ID, nullable=True))
        batch_op.create_foreign_key(
            op.f(KEY), "groups", ["group_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(op.f("ix_events_group_id"), "events", ["group_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_events_group_id"), table_name="events")
    with op.batch_alter_table("events") as batch_op:
        batch_op.drop_constraint(op.f(KEY), type_="foreignkey")
        batch_op.drop_column("group_id")
