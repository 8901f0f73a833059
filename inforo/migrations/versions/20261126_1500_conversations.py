"""conversations.

Why: members write to each other, choose from whom they want messages, block and report. What
they are told of it is an event of its own.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "conversations"
down_revision = "group_files"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TABLES = ("notifications", "mail_choices")


def known_events(table: str) -> list[str]:
    """Return the events allowed so far, whoever added them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    [rule] = [check["sqltext"] for check in checks if check["name"] == f"ck_{table}_event"]
    return re.findall(r"'([a-z_]+)'", rule)


def allow(table: str, events: list[str]) -> None:
    words = ", ".join(f"'{event}'" for event in events)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_event"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_event"), f"event IN ({words})")


def points(
    table: str, column: str, target: str = "accounts", gone: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=gone)


def chosen(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        "contact_wishes",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("circle", chosen("circle", "members", "near", "nobody"), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("contact_wishes", "account_id"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_contact_wishes")),
    )
    op.create_table(
        "contact_blocks",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("blocked_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("contact_blocks", "account_id"),
        points("contact_blocks", "blocked_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_blocks")),
        sa.UniqueConstraint(
            "account_id", "blocked_id", name=op.f("uq_contact_blocks_account_id_blocked_id")
        ),
        sa.CheckConstraint("account_id <> blocked_id", name=op.f("ck_contact_blocks_other")),
    )
    index("contact_blocks", "blocked_id")
    op.create_table(
        "conversations",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.Column("started_by_id", ID, nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("message_count", sa.Integer(), nullable=False),
        sa.Column("last_message_at", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("conversations", "started_by_id", gone="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    index("conversations", "started_by_id")
    index("conversations", "last_message_at")
    op.create_table(
        "conversation_people",
        sa.Column("id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("read_number", sa.Integer(), nullable=False),
        sa.Column("cleared_number", sa.Integer(), nullable=False),
        sa.Column("muted_at", TIME, nullable=True),
        sa.Column("archived_at", TIME, nullable=True),
        sa.Column("left_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        points("conversation_people", "conversation_id", "conversations"),
        points("conversation_people", "account_id", gone="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_people")),
        sa.UniqueConstraint(
            "conversation_id",
            "account_id",
            name=op.f("uq_conversation_people_conversation_id_account_id"),
        ),
    )
    index("conversation_people", "account_id")
    op.create_table(
        "messages",
        sa.Column("id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("body_key", sa.Text(), nullable=False),
        sa.Column("hidden_at", TIME, nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("messages", "conversation_id", "conversations"),
        points("messages", "author_id", gone="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint(
            "conversation_id", "number", name=op.f("uq_messages_conversation_id_number")
        ),
    )
    index("messages", "author_id")
    op.create_table(
        "message_reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("reporter_id", ID, nullable=True),
        sa.Column(
            "reason",
            chosen("reportreason", "personal_data", "rude", "advertising", "wrong", "other"),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("message_reports", "message_id", "messages"),
        points("message_reports", "reporter_id", gone="SET NULL"),
        points("message_reports", "decided_by_id", gone="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_reports")),
        sa.UniqueConstraint(
            "message_id", "reporter_id", name=op.f("uq_message_reports_message_id_reporter_id")
        ),
    )
    index("message_reports", "decided_at")
    for table in TABLES:
        allow(table, [*known_events(table), "message"])


def downgrade() -> None:
    for table in TABLES:
        left = [event for event in known_events(table) if event != "message"]
        op.execute(sa.text(f"DELETE FROM {table} WHERE event = 'message'"))
        allow(table, left)
    for table in (
        "message_reports",
        "messages",
        "conversation_people",
        "conversations",
        "contact_blocks",
        "contact_wishes",
    ):
        op.drop_table(table)
