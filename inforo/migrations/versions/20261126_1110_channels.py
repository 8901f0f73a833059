"""channels of notifications.

Why: people choose platform, mail and digest for each event; mails wait for others about the
same, and it is kept what became of each. Whoever is here today gets mails about new questions
and own work unless they switched them off: they keep that as a choice of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "channels"
down_revision = "rearrangements"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


OUTCOME = one_of(
    "mailoutcome",
    "waiting",
    "sent",
    "bundled",
    "unwanted",
    "no_right",
    "seen",
    "inactive",
    "cap",
    "digest",
    "digested",
)
KEEP = """
    INSERT INTO mail_choices (account_id, event, by_mail, on_platform, in_digest)
    SELECT accounts.id, CAST(:event AS VARCHAR(40)), :yes, :yes, :no FROM accounts
    WHERE accounts.closed_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM mail_choices
        WHERE mail_choices.account_id = accounts.id AND mail_choices.event = CAST(:event AS VARCHAR(40))
    )
"""


def flag(name: str, default: sa.ColumnElement[bool]) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=default)


def upgrade() -> None:
    op.add_column(
        "mails", sa.Column("thread_key", sa.Text(), nullable=False, server_default="")
    )
    op.create_index("ix_mails_account_id_thread_key", "mails", ["account_id", "thread_key"])
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.add_column(sa.Column("about", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(flag("is_shown", sa.true()))
        batch_op.add_column(sa.Column("mail_outcome", OUTCOME, nullable=True))
        batch_op.add_column(sa.Column("mail_due_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("mail_id", ID, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_notifications_mail_id"), "mails", ["mail_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(op.f("ix_notifications_about"), ["about"])
        batch_op.create_index(op.f("ix_notifications_mail_due_at"), ["mail_due_at"])
        batch_op.create_index(op.f("ix_notifications_mail_id"), ["mail_id"])
        batch_op.create_index(
            "ix_notifications_account_id_mail_outcome", ["account_id", "mail_outcome"]
        )
    op.add_column("mail_choices", flag("on_platform", sa.true()))
    op.add_column("mail_choices", flag("in_digest", sa.false()))
    keep = sa.text(KEEP)
    for event in ("question", "activity"):
        op.get_bind().execute(keep, {"event": event, "yes": True, "no": False})
    op.create_table(
        "mail_settings",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("rhythm", one_of("rhythm", "weekly", "daily", "never"), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("introduced_at", MOMENT, nullable=True),
        sa.Column("digest_due_at", MOMENT, nullable=True),
        sa.Column("digest_until", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 4", name=op.f("ck_mail_settings_weekday")),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_mail_settings_hour")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_mail_settings_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_mail_settings")),
    )
    op.create_index(op.f("ix_mail_settings_digest_due_at"), "mail_settings", ["digest_due_at"])


def downgrade() -> None:
    op.drop_table("mail_settings")
    with op.batch_alter_table("mail_choices") as batch_op:
        batch_op.drop_column("in_digest")
        batch_op.drop_column("on_platform")
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.drop_index("ix_notifications_account_id_mail_outcome")
        batch_op.drop_index(op.f("ix_notifications_mail_id"))
        batch_op.drop_index(op.f("ix_notifications_mail_due_at"))
        batch_op.drop_index(op.f("ix_notifications_about"))
        batch_op.drop_constraint(op.f("fk_notifications_mail_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_notifications_mailoutcome"), type_="check")
        for name in ("mail_id", "mail_due_at", "mail_outcome", "is_shown", "about"):
            batch_op.drop_column(name)
    op.drop_index("ix_mails_account_id_thread_key", "mails")
    op.drop_column("mails", "thread_key")
