"""sanctions.

Why: offices let people only read, or keep them out, until a day after which it ends by
itself; and they note facts about people, who may read them.
"""

import sqlalchemy as sa
from alembic import op

revision = "sanctions"
down_revision = "composing"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("accounts", sa.Column("silenced_until", sa.DateTime(timezone=True)))
    op.add_column("accounts", sa.Column("suspended_until", sa.DateTime(timezone=True)))
    op.add_column(
        "accounts", sa.Column("silence_reason", sa.Text(), nullable=False, server_default="")
    )
    op.create_table(
        "person_notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_person_notes_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["accounts.id"],
            name=op.f("fk_person_notes_author_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_notes")),
    )
    op.create_index(op.f("ix_person_notes_account_id"), "person_notes", ["account_id"])


def downgrade() -> None:
    op.drop_table("person_notes")
    with op.batch_alter_table("accounts") as batch_op:
        for column in ("silence_reason", "suspended_until", "silenced_until"):
            batch_op.drop_column(column)
