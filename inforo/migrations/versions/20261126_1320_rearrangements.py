"""rearrangements.

Why: moderators move posts to other threads, split and merge; what moved is kept so that it
can be taken back, place holders keep the numbers of what stays, and merged threads lead on.
"""

import sqlalchemy as sa
from alembic import op

revision = "rearrangements"
down_revision = "several_authors_are_asked"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def reference(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def add_reference(table: str, column: str, target: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.add_column(sa.Column(column, ID, nullable=True))
        batch_op.create_foreign_key(
            op.f(f"fk_{table}_{column}"), target, [column], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(op.f(f"ix_{table}_{column}"), [column])


def drop_reference(table: str, column: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_index(op.f(f"ix_{table}_{column}"))
        batch_op.drop_constraint(op.f(f"fk_{table}_{column}"), type_="foreignkey")
        batch_op.drop_column(column)


def upgrade() -> None:
    add_reference("threads", "merged_into_id", "threads")
    add_reference("posts", "moved_to_id", "posts")
    op.create_table(
        "rearrangements",
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "move",
                "split",
                "merge",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("followers", sa.JSON(), nullable=False),
        sa.Column("answer_post_id", ID, nullable=True),
        sa.Column("was_hidden", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", ID, nullable=True),
        reference("rearrangements", "source_id", "threads", "CASCADE"),
        reference("rearrangements", "target_id", "threads", "CASCADE"),
        reference("rearrangements", "actor_id", "accounts", "SET NULL"),
        reference("rearrangements", "undone_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rearrangements")),
    )
    for column in ("source_id", "target_id"):
        op.create_index(op.f(f"ix_rearrangements_{column}"), "rearrangements", [column])
    op.create_table(
        "moved_posts",
        sa.Column("id", ID, nullable=False),
        sa.Column("rearrangement_id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder_id", ID, nullable=True),
        reference("moved_posts", "rearrangement_id", "rearrangements", "CASCADE"),
        reference("moved_posts", "post_id", "posts", "CASCADE"),
        reference("moved_posts", "holder_id", "posts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_posts")),
    )
    for column in ("rearrangement_id", "post_id", "holder_id"):
        op.create_index(op.f(f"ix_moved_posts_{column}"), "moved_posts", [column])


def downgrade() -> None:
    op.drop_table("moved_posts")
    op.drop_table("rearrangements")
    drop_reference("posts", "moved_to_id")
    drop_reference("threads", "merged_into_id")
