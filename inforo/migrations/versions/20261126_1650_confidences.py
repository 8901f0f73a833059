"""confidential questions, and posts an office passes on.

Why: somebody may ask without being named. The office of their Land publishes the question;
threads and posts then know the office, and only the confidence knows who asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "confidences"
down_revision = "conversations"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def points(table: str, column: str, target: str, gone: str | None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    for table in ("threads", "posts"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("relayed_by_id", ID, nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_relayed_by_id"),
                "coordination_offices",
                ["relayed_by_id"],
                ["id"],
                ondelete="SET NULL",
            )
    op.create_table(
        "confidences",
        sa.Column("id", ID, nullable=False),
        sa.Column("asker_id", ID, nullable=True),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("state_code", sa.String(2), nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Integer(), nullable=False),
        sa.Column("proposed_title", sa.Text(), nullable=False),
        sa.Column("proposed_body", sa.Text(), nullable=False),
        sa.Column("proposed_html", sa.Text(), nullable=False),
        sa.Column("released", sa.Integer(), nullable=False),
        sa.Column("released_at", TIME, nullable=True),
        sa.Column("wanted_office_id", ID, nullable=True),
        sa.Column("wanted_reason", sa.Text(), nullable=False),
        sa.Column("thread_id", ID, nullable=True),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("revealed_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("ended_by_office", sa.Boolean(), nullable=False),
        sa.Column("waits_since", TIME, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("confidences", "asker_id", "accounts.id", "SET NULL"),
        points("confidences", "office_id", "coordination_offices.id", None),
        points("confidences", "state_code", "states.code", None),
        points("confidences", "group_id", "groups.id", "SET NULL"),
        points("confidences", "wanted_office_id", "coordination_offices.id", "SET NULL"),
        points("confidences", "thread_id", "threads.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confidences")),
    )
    for column in ("asker_id", "office_id", "group_id", "thread_id"):
        op.create_index(op.f(f"ix_confidences_{column}"), "confidences", [column])
    op.create_table(
        "confidence_messages",
        sa.Column("id", ID, nullable=False),
        sa.Column("confidence_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("is_from_office", sa.Boolean(), nullable=False),
        sa.Column("is_for_thread", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("post_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        points("confidence_messages", "confidence_id", "confidences.id", "CASCADE"),
        points("confidence_messages", "author_id", "accounts.id", "SET NULL"),
        points("confidence_messages", "post_id", "posts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confidence_messages")),
    )
    for column in ("confidence_id", "post_id"):
        name = op.f(f"ix_confidence_messages_{column}")
        op.create_index(name, "confidence_messages", [column])


def downgrade() -> None:
    op.drop_table("confidence_messages")
    op.drop_table("confidences")
    for table in ("posts", "threads"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_relayed_by_id"), type_="foreignkey")
            batch.drop_column("relayed_by_id")
