"""Let people keep several collections, and carry the bookmarks over to them.

The Merkliste becomes the default collection of a person: an ordered list with notes beside
others, shared by link, of a group, and as a file. Each bookmark becomes an entry, the last
one marked at the top, as the list showed them.

Revision ID: collections
Revises: learning
"""

import sqlalchemy as sa
from alembic import op

revision = "collections"
down_revision = "learning"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def foreign(table: str, column: str, target: str, ondelete: str | None) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def upgrade() -> None:
    make_collections()
    make_entries()
    make_links_and_exports()
    op.execute(
        "INSERT INTO collections (account_id, default_of_id, title, description, version,"
        " created_at, updated_at) SELECT account_id, account_id, '', '', 1, min(created_at),"
        " max(created_at) FROM bookmarks GROUP BY account_id"
    )
    op.execute(
        "INSERT INTO collection_entries (collection_id, example_id, tool_id, position, note,"
        " added_by_id, created_at) SELECT collections.id, example_id, tool_id,"
        " row_number() OVER (PARTITION BY bookmarks.account_id ORDER BY bookmarks.id DESC),"
        " '', bookmarks.account_id, bookmarks.created_at FROM bookmarks"
        " JOIN collections ON collections.default_of_id = bookmarks.account_id"
        " WHERE (example_id IS NULL) <> (tool_id IS NULL)"
    )
    op.drop_table("bookmarks")


def make_collections() -> None:
    op.create_table(
        "collections",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("default_of_id", ID, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (group_id IS NULL)", name=op.f("ck_collections_owner")
        ),
        sa.CheckConstraint(
            "default_of_id IS NULL OR default_of_id = account_id",
            name=op.f("ck_collections_default"),
        ),
        foreign("collections", "account_id", "accounts.id", "CASCADE"),
        foreign("collections", "group_id", "groups.id", "CASCADE"),
        foreign("collections", "default_of_id", "accounts.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
        sa.UniqueConstraint("default_of_id", name=op.f("uq_collections_default_of_id")),
    )
    op.create_index("ix_collections_account_id", "collections", ["account_id"])
    op.create_index("ix_collections_group_id", "collections", ["group_id"])


def make_entries() -> None:
    op.create_table(
        "collection_entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("collection_id", ID, nullable=False),
        sa.Column("example_id", ID, nullable=True),
        sa.Column("tool_id", ID, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_by_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.CheckConstraint(
            "(example_id IS NULL) <> (tool_id IS NULL)",
            name=op.f("ck_collection_entries_content"),
        ),
        foreign("collection_entries", "collection_id", "collections.id", "CASCADE"),
        foreign("collection_entries", "example_id", "examples.id", "CASCADE"),
        foreign("collection_entries", "tool_id", "tools.id", "CASCADE"),
        foreign("collection_entries", "added_by_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_entries")),
        sa.UniqueConstraint(
            "collection_id",
            "example_id",
            name=op.f("uq_collection_entries_collection_id_example_id"),
        ),
        sa.UniqueConstraint(
            "collection_id", "tool_id", name=op.f("uq_collection_entries_collection_id_tool_id")
        ),
    )
    for column in ("collection_id", "example_id", "tool_id"):
        op.create_index(f"ix_collection_entries_{column}", "collection_entries", [column])


def make_links_and_exports() -> None:
    op.create_table(
        "collection_links",
        sa.Column("id", ID, nullable=False),
        sa.Column("collection_id", ID, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        foreign("collection_links", "collection_id", "collections.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_links")),
        sa.UniqueConstraint("token", name=op.f("uq_collection_links_token")),
    )
    op.create_index("ix_collection_links_collection_id", "collection_links", ["collection_id"])
    op.create_table(
        "collection_exports",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("collection_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("link_id", ID, nullable=True),
        sa.Column(
            "format",
            sa.Enum(
                "pdf",
                "docx",
                name="exportformat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        foreign("collection_exports", "collection_id", "collections.id", "CASCADE"),
        foreign("collection_exports", "account_id", "accounts.id", "CASCADE"),
        foreign("collection_exports", "link_id", "collection_links.id", "CASCADE"),
        foreign("collection_exports", "file_id", "files.id", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_exports")),
        sa.UniqueConstraint("key", name=op.f("uq_collection_exports_key")),
    )
    for column in ("collection_id", "account_id", "created_at"):
        op.create_index(f"ix_collection_exports_{column}", "collection_exports", [column])


def downgrade() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("example_id", ID, nullable=True),
        sa.Column("tool_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        foreign("bookmarks", "account_id", "accounts.id", "CASCADE"),
        foreign("bookmarks", "example_id", "examples.id", "CASCADE"),
        foreign("bookmarks", "tool_id", "tools.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmarks")),
        sa.UniqueConstraint(
            "account_id", "example_id", name=op.f("uq_bookmarks_account_id_example_id")
        ),
        sa.UniqueConstraint(
            "account_id", "tool_id", name=op.f("uq_bookmarks_account_id_tool_id")
        ),
    )
    op.create_index("ix_bookmarks_account_id", "bookmarks", ["account_id"])
    op.execute(
        "INSERT INTO bookmarks (account_id, example_id, tool_id, created_at)"
        " SELECT default_of_id, example_id, tool_id, collection_entries.created_at"
        " FROM collection_entries JOIN collections ON collections.id = collection_id"
        " WHERE default_of_id IS NOT NULL ORDER BY position DESC"
    )
    op.drop_table("collection_exports")
    op.drop_table("collection_links")
    op.drop_table("collection_entries")
    op.drop_table("collections")
