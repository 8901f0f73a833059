"""words of discussions for examples.

Why: an example may be made of a discussion; each author is asked about the exact words.
"""

import sqlalchemy as sa
from alembic import op

revision = "harvesting"
down_revision = "file_names"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
CONSENTS = ("waiting", "agreed", "declined", "dropped", "unreachable")


def points(column: str, target: str, gone: str = "SET NULL") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_example_quotes_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.add_column("examples", sa.Column("origin_thread_id", ID, nullable=True))
    op.create_index(op.f("ix_examples_origin_thread_id"), "examples", ["origin_thread_id"])
    words = ", ".join(f"'{consent}'" for consent in CONSENTS)
    op.create_table(
        "example_quotes",
        sa.Column("id", ID, nullable=False),
        sa.Column("example_id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=True),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("asked_by_id", ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_question", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("agreed_to", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("written_at", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("example_id", "examples.id", "CASCADE"),
        points("post_id", "posts.id"),
        points("author_id", "accounts.id"),
        points("asked_by_id", "accounts.id"),
        sa.CheckConstraint(f"consent IN ({words})", name=op.f("ck_example_quotes_consent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example_quotes")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_example_quotes_token_hash")),
        sa.UniqueConstraint(
            "example_id", "post_id", name=op.f("uq_example_quotes_example_id_post_id")
        ),
    )
    op.create_index(op.f("ix_example_quotes_post_id"), "example_quotes", ["post_id"])
    op.create_index(op.f("ix_example_quotes_author_id"), "example_quotes", ["author_id"])


def downgrade() -> None:
    op.drop_table("example_quotes")
    op.drop_index(op.f("ix_examples_origin_thread_id"), "examples")
    op.execute("ALTER TABLE examples DROP COLUMN origin_thread_id")
