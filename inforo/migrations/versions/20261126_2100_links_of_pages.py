"""links of pages.

Why: a page names those that link to it, in one statement and without reading their texts. The
links of the pages there are so far are taken from their Markdown.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "links_of_pages"
down_revision = "opened_threads"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LINK = re.compile(r"\[\[([^\[\]\n|]{1,200})(?:\|[^\[\]\n|]{1,200})?\]\]")
BATCH = 200
PAGES = sa.table("wiki_pages", sa.column("id"), sa.column("body"))


def upgrade() -> None:
    links = op.create_table(
        "wiki_links",
        sa.Column("page_id", ID, nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"],
            ["wiki_pages.id"],
            name=op.f("fk_wiki_links_page_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("page_id", "title_key", name=op.f("pk_wiki_links")),
    )
    op.create_index(op.f("ix_wiki_links_title_key"), "wiki_links", ["title_key"])
    after = 0
    while pages := batch_after(after):
        after = pages[-1].id
        rows = [
            {"page_id": page.id, "title_key": key}
            for page in pages
            for key in sorted({folded(title) for title in LINK.findall(page.body)} - {""})
        ]
        if rows:
            op.get_bind().execute(sa.insert(links), rows)


def batch_after(after: int) -> list[sa.Row]:
    statement = sa.select(PAGES.c.id, PAGES.c.body).where(PAGES.c.id > after)
    return list(op.get_bind().execute(statement.order_by(PAGES.c.id).limit(BATCH)))


def folded(title: str) -> str:
    return unicodedata.normalize("NFKC", title).casefold().strip()


def downgrade() -> None:
    op.drop_table("wiki_links")
