"""enquiries.

Why: municipalities and offices ask other municipalities some questions until a day. Each one
asked is a row with what became of the mail, each answer belongs to one of those rows.
Enquiries wait in the work basket, and people choose how they hear of them.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "enquiries"
down_revision = "harvesting"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
ADDED = "enquiry"
ENUMS = (
    ("notifications", "event", "event"),
    ("mail_choices", "event", "event"),
    ("work_items", "kind", "workkind"),
)


def known(table: str, name: str) -> list[str]:
    """Return the values a check allows so far, whoever added them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    [rule] = [check["sqltext"] for check in checks if check["name"] == f"ck_{table}_{name}"]
    return re.findall(r"'([a-z_]+)'", rule)


def allow(table: str, column: str, name: str, values: list[str]) -> None:
    words = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({words})")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def points(
    table: str, column: str, target: str, gone: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.create_table(
        "enquiries",
        sa.Column("id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("ags", sa.String(length=8), nullable=True),
        sa.Column("state_code", sa.String(length=2), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("purpose_html", sa.Text(), nullable=False),
        sa.Column("target", sa.JSON(), nullable=False),
        sa.Column("audience", one_of("audience", "respondents", "members"), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", TIME, nullable=True),
        sa.Column("returned_at", TIME, nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("approved_at", TIME, nullable=True),
        sa.Column("approved_by_id", ID, nullable=True),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("reminded_at", TIME, nullable=True),
        sa.Column("extended_at", TIME, nullable=True),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.Column("compiled_at", TIME, nullable=True),
        sa.Column("announced_at", TIME, nullable=True),
        sa.Column("archived_at", TIME, nullable=True),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("enquiries", "author_id", "accounts.id", "SET NULL"),
        points("enquiries", "approved_by_id", "accounts.id", "SET NULL"),
        points("enquiries", "ags", "municipalities.ags"),
        points("enquiries", "state_code", "states.code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
    )
    op.create_index(
        "ix_enquiries_running", "enquiries", ["approved_at", "closed_at", "ends_on"]
    )
    op.create_index("ix_enquiries_mine", "enquiries", ["author_id", "created_at"])
    op.create_index(op.f("ix_enquiries_ags"), "enquiries", ["ags"])
    op.create_index(op.f("ix_enquiries_state_code"), "enquiries", ["state_code"])
    op.create_table(
        "enquiry_questions",
        sa.Column("id", ID, nullable=False),
        sa.Column("enquiry_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            one_of("questionkind", "one", "many", "yes_no", "number", "line", "text"),
            nullable=False,
        ),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        points("enquiry_questions", "enquiry_id", "enquiries.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_questions")),
    )
    op.create_index(
        op.f("ix_enquiry_questions_enquiry_id"), "enquiry_questions", ["enquiry_id"]
    )
    op.create_table(
        "enquiry_invitations",
        sa.Column("id", ID, nullable=False),
        sa.Column("enquiry_id", ID, nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column(
            "outcome",
            one_of("outcome", "sent", "no_contact", "opted_out", "cap"),
            nullable=False,
        ),
        sa.Column("link_number", sa.Integer(), nullable=False),
        sa.Column("reminded_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        points("enquiry_invitations", "enquiry_id", "enquiries.id", "CASCADE"),
        points("enquiry_invitations", "ags", "municipalities.ags"),
        points("enquiry_invitations", "account_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_invitations")),
        sa.UniqueConstraint(
            "enquiry_id", "ags", name=op.f("uq_enquiry_invitations_enquiry_id_ags")
        ),
    )
    op.create_index("ix_enquiry_invitations_ags", "enquiry_invitations", ["ags", "created_at"])
    op.create_index(
        op.f("ix_enquiry_invitations_account_id"), "enquiry_invitations", ["account_id"]
    )
    op.create_table(
        "enquiry_answers",
        sa.Column("invitation_id", ID, nullable=False, autoincrement=False),
        sa.Column("enquiry_id", ID, nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("saved_by_id", ID, nullable=True),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("submitted_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("enquiry_answers", "invitation_id", "enquiry_invitations.id", "CASCADE"),
        points("enquiry_answers", "enquiry_id", "enquiries.id", "CASCADE"),
        points("enquiry_answers", "saved_by_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_enquiry_answers")),
    )
    op.create_index(
        "ix_enquiry_answers_counted", "enquiry_answers", ["enquiry_id", "submitted_at"]
    )
    op.create_index(op.f("ix_enquiry_answers_saved_by_id"), "enquiry_answers", ["saved_by_id"])
    op.create_table(
        "enquiry_results",
        sa.Column("enquiry_id", ID, nullable=False, autoincrement=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("enquiry_results", "enquiry_id", "enquiries.id", "CASCADE"),
        sa.PrimaryKeyConstraint("enquiry_id", name=op.f("pk_enquiry_results")),
    )
    for table, column, name in ENUMS:
        allow(table, column, name, [*known(table, name), ADDED])


def downgrade() -> None:
    for table, column, name in ENUMS:
        op.execute(sa.text(f"DELETE FROM {table} WHERE {column} = '{ADDED}'"))
        allow(table, column, name, [value for value in known(table, name) if value != ADDED])
    for table in (
        "enquiry_results",
        "enquiry_answers",
        "enquiry_invitations",
        "enquiry_questions",
        "enquiries",
    ):
        op.drop_table(table)
