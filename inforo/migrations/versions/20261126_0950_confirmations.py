"""Ask once a year whether published examples still hold.

Why: rounds, their mails and the answers are a history of their own; an example nobody
confirms any more says so on its page, in lists and in the ranking.
"""

import sqlalchemy as sa
from alembic import op

revision = "confirmations"
down_revision = "7a51c0de2b01"

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def respondent() -> sa.Enum:
    return choice("respondent", "contact", "deputy", "author", "office")


def upgrade() -> None:
    op.add_column("examples", sa.Column("unconfirmed_since", MOMENT, nullable=True))
    op.create_table(
        "confirmation_rounds",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("example_id", BIGINT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["example_id"],
            ["examples.id"],
            name=op.f("fk_confirmation_rounds_example_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_rounds")),
        sa.UniqueConstraint(
            "example_id", "number", name=op.f("uq_confirmation_rounds_example_id_number")
        ),
    )
    op.create_index(
        op.f("ix_confirmation_rounds_example_id"), "confirmation_rounds", ["example_id"]
    )
    op.create_index(
        "ix_confirmation_rounds_open", "confirmation_rounds", ["ended_at", "due_at"]
    )
    op.create_table(
        "confirmation_mails",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("round_id", BIGINT, nullable=False),
        sa.Column("mailing", sa.Integer(), nullable=False),
        sa.Column("respondent", respondent(), nullable=False),
        sa.Column("account_id", BIGINT, nullable=True),
        sa.Column("address_digest", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("unreachable", choice("unreachable", "missing", "refused"), nullable=True),
        sa.Column("mail_id", BIGINT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["confirmation_rounds.id"],
            name=op.f("fk_confirmation_mails_round_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_confirmation_mails_account_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["mails.id"],
            name=op.f("fk_confirmation_mails_mail_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_mails")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_confirmation_mails_token_hash")),
        sa.UniqueConstraint(
            "round_id",
            "mailing",
            "respondent",
            name=op.f("uq_confirmation_mails_round_id_mailing_respondent"),
        ),
    )
    op.create_index(op.f("ix_confirmation_mails_round_id"), "confirmation_mails", ["round_id"])
    op.create_index(op.f("ix_confirmation_mails_mail_id"), "confirmation_mails", ["mail_id"])
    op.create_table(
        "confirmations",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("example_id", BIGINT, nullable=False),
        sa.Column("answer", choice("answer", "confirmed", "change", "ended"), nullable=False),
        sa.Column("respondent", respondent(), nullable=False),
        sa.Column("account_id", BIGINT, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["example_id"],
            ["examples.id"],
            name=op.f("fk_confirmations_example_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_confirmations_account_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
    )
    op.create_index(op.f("ix_confirmations_example_id"), "confirmations", ["example_id"])
    op.create_table(
        "confirmation_refusals",
        sa.Column("address_digest", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("address_digest", name=op.f("pk_confirmation_refusals")),
    )


def downgrade() -> None:
    op.drop_table("confirmation_refusals")
    op.drop_table("confirmations")
    op.drop_table("confirmation_mails")
    op.drop_table("confirmation_rounds")
    op.drop_column("examples", "unconfirmed_since")
