"""what came of questions.

Why: who asked is asked after three and nine months; lists and pages show what they told.
"""

import sqlalchemy as sa
from alembic import op

revision = "outcomes"
down_revision = "hints_about_groups"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
REPLIES = ("waiting", "told", "nothing", "refused")


def points(column: str, target: str, gone: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_outcome_questions_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.add_column("threads", sa.Column("outcome_post_id", ID, nullable=True))
    op.add_column("threads", sa.Column("outcome_at", TIME, nullable=True))
    op.create_index(op.f("ix_threads_outcome_at"), "threads", ["outcome_at"])
    words = ", ".join(f"'{reply}'" for reply in REPLIES)
    op.create_table(
        "outcome_questions",
        sa.Column("id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(length=40), nullable=False),
        sa.Column("post_id", ID, nullable=True),
        sa.Column("replied_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        points("thread_id", "threads.id"),
        points("account_id", "accounts.id"),
        points("post_id", "posts.id", "SET NULL"),
        sa.CheckConstraint(f"reply IN ({words})", name=op.f("ck_outcome_questions_reply")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_questions")),
        sa.UniqueConstraint(
            "thread_id", "step", name=op.f("uq_outcome_questions_thread_id_step")
        ),
    )
    op.create_index(
        op.f("ix_outcome_questions_account_id"), "outcome_questions", ["account_id"]
    )
    op.create_index(op.f("ix_outcome_questions_post_id"), "outcome_questions", ["post_id"])


def downgrade() -> None:
    op.drop_table("outcome_questions")
    op.drop_index(op.f("ix_threads_outcome_at"), "threads")
    op.drop_column("threads", "outcome_at")
    op.drop_column("threads", "outcome_post_id")
