"""objections.

Why: authors may contradict what moderators did with their words; a second person decides.
"""

import sqlalchemy as sa
from alembic import op

revision = "objections"
down_revision = "reminders"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def reference(column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_objections_{column}"), ondelete=ondelete
    )


def upgrade() -> None:
    op.create_table(
        "objections",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state_code", sa.String(length=2), nullable=True),
        sa.Column("programme_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("is_upheld", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        reference("entry_id", "log_entries.id", "CASCADE"),
        reference("author_id", "accounts.id", "CASCADE"),
        reference("state_code", "states.code"),
        reference("programme_key", "programmes.key"),
        reference("decided_by_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_objections_entry_id")),
    )
    op.create_index(op.f("ix_objections_author_id"), "objections", ["author_id"])


def downgrade() -> None:
    op.drop_table("objections")
