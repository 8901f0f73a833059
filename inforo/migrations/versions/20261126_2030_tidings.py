"""tidings.

Why: what is new among the files and pages of a group is gathered for some minutes and told
once, to those who want to hear it. It is an event of its own, with its own channels.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "tidings"
down_revision = "edited_polls"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TABLES = ("notifications", "mail_choices")
ADDED = "material"


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


def points(table: str, column: str, target: str, gone: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


KIND = sa.Enum(
    "file",
    "version",
    "page",
    "edit",
    name="tidingkind",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.create_table(
        "tidings",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("thing_id", ID, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        points("tidings", "group_id", "groups.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tidings")),
    )
    op.create_index("ix_tidings_open", "tidings", ["group_id", "kind", "thing_id", "closed_at"])
    op.create_index(op.f("ix_tidings_created_at"), "tidings", ["created_at"])
    op.create_table(
        "tiding_parts",
        sa.Column("id", ID, nullable=False),
        sa.Column("tiding_id", ID, nullable=False),
        sa.Column("thing_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        points("tiding_parts", "tiding_id", "tidings.id", "CASCADE"),
        points("tiding_parts", "account_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tiding_parts")),
    )
    op.create_index(op.f("ix_tiding_parts_tiding_id"), "tiding_parts", ["tiding_id"])
    op.create_index(op.f("ix_tiding_parts_account_id"), "tiding_parts", ["account_id"])
    for table in TABLES:
        allow(table, [*known_events(table), ADDED])


def downgrade() -> None:
    for table in TABLES:
        left = [event for event in known_events(table) if event != ADDED]
        op.execute(sa.text(f"DELETE FROM {table} WHERE event = '{ADDED}'"))
        allow(table, left)
    op.drop_table("tiding_parts")
    op.drop_table("tidings")
