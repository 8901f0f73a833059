"""wiki.

Why: groups write pages together. `opened_to` is who reads a page beyond its group, empty for
all that is not opened.
"""

import sqlalchemy as sa
from alembic import op

revision = "wiki"
down_revision = "confidences"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
AUDIENCE = sa.Enum(
    "public",
    "members",
    "closed",
    "hidden",
    name="groupaudience",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def points(
    table: str, column: str, target: str, gone: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.create_table(
        "wiki_pages",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("opened_to", AUDIENCE, nullable=True),
        sa.Column("protected_at", MOMENT, nullable=True),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.Column("deleted_reason", sa.Text(), nullable=False),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("edited_by_id", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("wiki_pages", "group_id", "groups.id"),
        points("wiki_pages", "parent_id", "wiki_pages.id", "SET NULL"),
        points("wiki_pages", "created_by_id", "accounts.id", "SET NULL"),
        points("wiki_pages", "edited_by_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wiki_pages")),
        sa.UniqueConstraint(
            "group_id", "title_key", name=op.f("uq_wiki_pages_group_id_title_key")
        ),
    )
    op.create_index("ix_wiki_pages_group_edited", "wiki_pages", ["group_id", "edited_at"])
    for column in ("parent_id", "deleted_at", "created_by_id", "edited_by_id"):
        op.create_index(op.f(f"ix_wiki_pages_{column}"), "wiki_pages", [column])
    op.create_table(
        "wiki_former_titles",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("page_id", ID, nullable=False),
        points("wiki_former_titles", "group_id", "groups.id"),
        points("wiki_former_titles", "page_id", "wiki_pages.id"),
        sa.PrimaryKeyConstraint("group_id", "title_key", name=op.f("pk_wiki_former_titles")),
    )
    op.create_index(op.f("ix_wiki_former_titles_page_id"), "wiki_former_titles", ["page_id"])
    op.create_table(
        "wiki_rules",
        sa.Column("group_id", ID, autoincrement=False, nullable=False),
        sa.Column("only_managers", sa.Boolean(), nullable=False),
        sa.Column("start_page_id", ID, nullable=True),
        points("wiki_rules", "group_id", "groups.id"),
        points("wiki_rules", "start_page_id", "wiki_pages.id", "SET NULL"),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_wiki_rules")),
    )
    op.create_index(op.f("ix_wiki_rules_start_page_id"), "wiki_rules", ["start_page_id"])


def downgrade() -> None:
    for table in ("wiki_rules", "wiki_former_titles", "wiki_pages"):
        op.drop_table(table)
