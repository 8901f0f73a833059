"""received mails, their attachments, bounced addresses.

Why: answers come in by mail, each once; addresses that refuse mails are found by Message-ID.
"""

import sqlalchemy as sa
from alembic import op

revision = "replies_by_mail"
down_revision = "sanctions"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "received_mails",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_received_mails_account_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_mails")),
        sa.UniqueConstraint("key", name=op.f("uq_received_mails_key")),
    )
    op.create_index(op.f("ix_received_mails_account_id"), "received_mails", ["account_id"])
    op.create_index(op.f("ix_received_mails_created_at"), "received_mails", ["created_at"])
    op.create_table(
        "reply_attachments",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_reply_attachments_account_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["files.id"],
            name=op.f("fk_reply_attachments_file_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_attachments")),
    )
    op.create_index(
        op.f("ix_reply_attachments_account_id"), "reply_attachments", ["account_id"]
    )
    op.create_index(op.f("ix_reply_attachments_file_id"), "reply_attachments", ["file_id"])
    op.create_table(
        "bounced_addresses",
        sa.Column("id", ID, nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.Column("paused_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_bounced_addresses_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounced_addresses")),
        sa.UniqueConstraint("address_key", name=op.f("uq_bounced_addresses_address_key")),
    )
    op.create_index(
        op.f("ix_bounced_addresses_account_id"), "bounced_addresses", ["account_id"]
    )
    op.create_index(op.f("ix_mails_message_id"), "mails", ["message_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_mails_message_id"), "mails")
    op.drop_table("bounced_addresses")
    op.drop_table("reply_attachments")
    op.drop_table("received_mails")
