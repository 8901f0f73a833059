"""reports of pages.

Why: members report pages of groups as they report posts; the office deletes them or lets
them be.
"""

import sqlalchemy as sa
from alembic import op

revision = "reports_of_pages"
down_revision = "links_of_pages"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TABLE = "page_reports"
REASON = sa.Enum(
    "personal_data",
    "rude",
    "advertising",
    "wrong",
    "other",
    name="reportreason",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def points(column: str, target: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{TABLE}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", ID, nullable=False),
        sa.Column("page_id", ID, nullable=False),
        sa.Column("reporter_id", ID, nullable=True),
        sa.Column("reason", REASON, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state_code", sa.String(length=2), nullable=True),
        sa.Column("programme_key", sa.Text(), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("page_id", "wiki_pages.id", "CASCADE"),
        points("reporter_id", "accounts.id", "SET NULL"),
        points("decided_by_id", "accounts.id", "SET NULL"),
        points("state_code", "states.code"),
        points("programme_key", "programmes.key"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "page_id", "reporter_id", name=op.f(f"uq_{TABLE}_page_id_reporter_id")
        ),
    )
    for column in ("page_id", "state_code"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])


def downgrade() -> None:
    op.drop_table(TABLE)
