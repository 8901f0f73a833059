"""opened threads.

Why: a protected group may let others read copies of posts of a thread, if their authors agree.
"""

import sqlalchemy as sa
from alembic import op

revision = "opened_threads"
down_revision = "opened_files"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KEY = "fk_openings_thread_id"


def points(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_opened_posts_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete="CASCADE")


def upgrade() -> None:
    with op.batch_alter_table("openings") as batch_op:
        batch_op.add_column(sa.Column("thread_id", ID, nullable=True))
        batch_op.add_column(
            sa.Column("thread_title", sa.Text(), server_default="", nullable=False)
        )
        batch_op.create_foreign_key(
            op.f(KEY), "threads", ["thread_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index(op.f("ix_openings_thread_id"), "openings", ["thread_id"])
    op.create_table(
        "opened_posts",
        sa.Column("id", ID, nullable=False),
        sa.Column("opening_id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Integer(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        points("opening_id", "openings.id"),
        points("post_id", "posts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_posts")),
        sa.UniqueConstraint(
            "opening_id", "post_id", name=op.f("uq_opened_posts_opening_id_post_id")
        ),
    )
    op.create_index(op.f("ix_opened_posts_post_id"), "opened_posts", ["post_id"])


def downgrade() -> None:
    op.drop_table("opened_posts")
    op.execute("DELETE FROM openings WHERE thread_id IS NOT NULL")
    op.drop_index(op.f("ix_openings_thread_id"), table_name="openings")
    with op.batch_alter_table("openings") as batch_op:
        batch_op.drop_constraint(op.f(KEY), type_="foreignkey")
        batch_op.drop_column("thread_title")
        batch_op.drop_column("thread_id")
