"""who said which post is the answer.

Why: readers see when moderators marked it instead of the person who asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "answer_marked_by"
down_revision = "homes_of_groups"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("threads") as batch_op:
        batch_op.add_column(sa.Column("answer_marked_by_id", ID, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_threads_answer_marked_by_id"),
            "accounts",
            ["answer_marked_by_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("threads") as batch_op:
        batch_op.drop_constraint(op.f("fk_threads_answer_marked_by_id"), type_="foreignkey")
        batch_op.drop_column("answer_marked_by_id")
