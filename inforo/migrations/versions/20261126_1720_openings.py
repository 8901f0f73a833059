"""openings.

Why: a protected group may let others read a single page, if all agree who wrote it.
"""

import sqlalchemy as sa
from alembic import op

revision = "openings"
down_revision = "signoffs"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
AUDIENCES = ("public", "members", "closed", "hidden")
ENDINGS = ("refused", "taken_back", "author_gone", "changed")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def points(
    table: str, column: str, target: str, gone: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.create_table(
        "openings",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("page_id", ID, nullable=False),
        sa.Column("audience", one_of("groupaudience", *AUDIENCES), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", ID, nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ending", one_of("ending", *ENDINGS), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("openings", "group_id", "groups.id"),
        points("openings", "page_id", "wiki_pages.id"),
        points("openings", "proposed_by_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
    )
    for column in ("group_id", "page_id", "proposed_by_id", "ended_at"):
        op.create_index(op.f(f"ix_openings_{column}"), "openings", [column])
    op.create_table(
        "opening_consents",
        sa.Column("id", ID, nullable=False),
        sa.Column("opening_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("granted_at", MOMENT, nullable=True),
        sa.Column("refused_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        points("opening_consents", "opening_id", "openings.id"),
        points("opening_consents", "account_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_consents")),
        sa.UniqueConstraint(
            "opening_id", "account_id", name=op.f("uq_opening_consents_opening_id_account_id")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_opening_consents_token_hash")),
    )
    for column in ("opening_id", "account_id"):
        op.create_index(op.f(f"ix_opening_consents_{column}"), "opening_consents", [column])


def downgrade() -> None:
    op.drop_table("opening_consents")
    op.drop_table("openings")
