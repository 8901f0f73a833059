"""held posts.

Why: the first posts of new members wait for approval, outside of threads and posts, so that
no list, count or mail can show them early. Groups may switch that off. What waits, and later
objections to decisions, come into the work basket as kinds of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "held_posts"
down_revision = "findable_since"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def kinds(*names: str) -> sa.Enum:
    return sa.Enum(
        *names, name="workkind", native_enum=False, create_constraint=True, length=40
    )


KNOWN = ("application", "report", "example", "reading", "question", "article", "event")
BEFORE = kinds(*KNOWN)
AFTER = kinds(*KNOWN, "first_post", "objection")


def upgrade() -> None:
    with op.batch_alter_table("work_items") as batch_op:
        batch_op.alter_column(
            "kind", existing_type=BEFORE, type_=AFTER, existing_nullable=False
        )
    with op.batch_alter_table("groups") as batch_op:
        batch_op.add_column(
            sa.Column(
                "holds_first_posts", sa.Boolean(), nullable=False, server_default=sa.true()
            )
        )
    op.create_table(
        "held_posts",
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "question",
                "answer",
                name="heldkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("state_code", sa.String(length=2), nullable=True),
        sa.Column("programme_key", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_path", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["accounts.id"],
            name=op.f("fk_held_posts_author_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["accounts.id"],
            name=op.f("fk_held_posts_decided_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_held_posts_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["threads.id"],
            name=op.f("fk_held_posts_thread_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["state_code"], ["states.code"], name=op.f("fk_held_posts_state_code")
        ),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name=op.f("fk_held_posts_programme_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_posts")),
    )
    op.create_index("ix_held_posts_waiting", "held_posts", ["author_id", "approved_at"])
    op.create_index("ix_held_posts_decided", "held_posts", ["state_code", "decided_at"])
    op.create_index(op.f("ix_held_posts_group_id"), "held_posts", ["group_id"])
    op.create_index(op.f("ix_held_posts_thread_id"), "held_posts", ["thread_id"])


def downgrade() -> None:
    op.drop_table("held_posts")
    with op.batch_alter_table("groups") as batch_op:
        batch_op.drop_column("holds_first_posts")
    op.execute("DELETE FROM work_items WHERE kind IN ('first_post', 'objection')")
    with op.batch_alter_table("work_items") as batch_op:
        batch_op.alter_column(
            "kind", existing_type=AFTER, type_=BEFORE, existing_nullable=False
        )
