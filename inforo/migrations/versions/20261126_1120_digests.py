"""digests.

Why: once a week, or on every working day, people get a mail with what is worth a look. What
stood in it is kept, so that nobody is told the same twice.
"""

import sqlalchemy as sa
from alembic import op

revision = "digests"
down_revision = "channels"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def of_account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id")
    return sa.ForeignKeyConstraint(
        ["account_id"], ["accounts.id"], name=name, ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("mail_id", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        of_account("digests"),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["mails.id"], name=op.f("fk_digests_mail_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("account_id", "day", name=op.f("uq_digests_account_id_day")),
    )
    op.create_index(op.f("ix_digests_mail_id"), "digests", ["mail_id"])
    op.create_index(op.f("ix_digests_created_at"), "digests", ["created_at"])
    op.create_table(
        "digest_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        of_account("digest_items"),
        sa.ForeignKeyConstraint(
            ["digest_id"],
            ["digests.id"],
            name=op.f("fk_digest_items_digest_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_items")),
        sa.UniqueConstraint(
            "account_id", "subject", name=op.f("uq_digest_items_account_id_subject")
        ),
    )
    op.create_index(op.f("ix_digest_items_digest_id"), "digest_items", ["digest_id"])


def downgrade() -> None:
    op.drop_table("digest_items")
    op.drop_table("digests")
