"""search by source.

Why: document ids name their source, so that millions of posts can be left aside by their ids;
facets, weights and digests stand beside them. The index is made from the other tables, so its
tables begin anew and are filled by the next `inforo search rebuild` (or the nightly one).
"""

import sqlalchemy as sa
from alembic import op

revision = "e1a7c3f09b52"
down_revision = "merged_terms"

MANY = 100 << 40
COLUMNS = "title_stems, body_stems, title_parts, body_parts"
NEW = "new.title_stems, new.body_stems, new.title_parts, new.body_parts"
OLD = "old.title_stems, old.body_stems, old.title_parts, old.body_parts"
FORGET = f"INSERT INTO search_index (search_index, rowid, {COLUMNS}) VALUES ('delete', old.document_id, {OLD});"  # noqa: S608
LEARN = f"INSERT INTO search_index (rowid, {COLUMNS}) VALUES (new.document_id, {NEW});"  # noqa: S608
FORGET_TITLE = "DELETE FROM search_titles WHERE rowid = old.document_id;"
LEARN_TITLE = "INSERT INTO search_titles (rowid, title_stems, title_parts) SELECT new.document_id, new.title_stems, new.title_parts WHERE new.title_stems != '';"
INDEX = f"CREATE VIRTUAL TABLE search_index USING fts5({COLUMNS}, content='search_stems', content_rowid='document_id', tokenize='ascii')"

SQLITE_SEARCH = (
    INDEX,
    "CREATE VIRTUAL TABLE search_titles USING fts5(title_stems, title_parts, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4 5')",
    f"CREATE TRIGGER search_stems_insert AFTER INSERT ON search_stems BEGIN {LEARN} {LEARN_TITLE} END",
    f"CREATE TRIGGER search_stems_delete AFTER DELETE ON search_stems BEGIN {FORGET} {FORGET_TITLE} END",
    f"CREATE TRIGGER search_stems_update AFTER UPDATE ON search_stems BEGIN {FORGET} {FORGET_TITLE} {LEARN} {LEARN_TITLE} END",
)
SQLITE_BEFORE = (
    INDEX,
    f"CREATE TRIGGER search_stems_insert AFTER INSERT ON search_stems BEGIN {LEARN} END",
    f"CREATE TRIGGER search_stems_delete AFTER DELETE ON search_stems BEGIN {FORGET} END",
    f"CREATE TRIGGER search_stems_update AFTER UPDATE ON search_stems BEGIN {FORGET} {LEARN} END",
)
POSTGRES_VECTOR = (
    "ALTER TABLE search_stems ADD COLUMN vector tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', title_stems), 'A') || setweight(to_tsvector('simple', body_stems), 'B') || setweight(to_tsvector('simple', title_parts), 'C') || setweight(to_tsvector('simple', body_parts), 'D')) STORED",
    "ALTER TABLE search_stems ALTER COLUMN vector SET STORAGE MAIN",
    "ALTER TABLE search_stems SET (toast_tuple_target = 8160)",
)
POSTGRES_SEARCH = (
    *POSTGRES_VECTOR,
    f"CREATE INDEX ix_search_stems_few ON search_stems USING gin (vector) WHERE document_id < {MANY}",
    f"CREATE INDEX ix_search_stems_many ON search_stems USING gin (vector) WHERE document_id >= {MANY}",
    "CREATE INDEX ix_search_stems_titles ON search_stems USING gin (to_tsvector('simple', title_stems || ' ' || title_parts)) WHERE title_stems != ''",
)
POSTGRES_BEFORE = (
    *POSTGRES_VECTOR,
    "CREATE INDEX ix_search_stems_vector ON search_stems USING gin (vector)",
    "CREATE INDEX ix_search_stems_titles ON search_stems USING gin (to_tsvector('simple', title_stems || ' ' || title_parts))",
)


def bigint() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def audience() -> sa.Enum:
    return sa.Enum(
        "public",
        "members",
        "group",
        name="audience",
        native_enum=False,
        create_constraint=True,
        length=40,
    )


def upgrade() -> None:
    drop_tables("search_index")
    op.create_table(
        "search_documents",
        sa.Column("id", bigint(), autoincrement=False, nullable=False),
        sa.Column("parent_id", bigint(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("audience", audience(), nullable=False),
        sa.Column("group_id", bigint(), nullable=True),
        sa.Column("state_code", sa.Text(), nullable=True),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "title_key",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "audience != 'group' OR group_id IS NOT NULL",
            name=op.f("ck_search_documents_group_named"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
    )
    for columns in (
        ["parent_id"],
        ["group_id"],
        ["written_at"],
        ["title_key"],
        ["kind", "changed_at"],
    ):
        name = f"ix_search_documents_{'_'.join(columns)}"
        op.create_index(op.f(name), "search_documents", columns)
    create_stems()
    create_texts(sa.Column("found_in", sa.Text(), nullable=False))
    op.create_table(
        "search_rebuilds",
        sa.Column("id", bigint(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("after_id", bigint(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_rebuilds")),
    )
    for statement in SQLITE_SEARCH if is_sqlite() else POSTGRES_SEARCH:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("search_rebuilds")
    drop_tables("search_index", "search_titles")
    op.create_table(
        "search_documents",
        sa.Column("id", bigint(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "example",
                "tool",
                "thread",
                "municipality",
                "person",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("parent_key", sa.Text(), nullable=False),
        sa.Column("audience", audience(), nullable=False),
        sa.Column("group_id", bigint(), nullable=True),
        sa.Column("state_code", sa.Text(), nullable=True),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "audience != 'group' OR group_id IS NOT NULL",
            name=op.f("ck_search_documents_group_named"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
        sa.UniqueConstraint(
            "kind", "object_key", name=op.f("uq_search_documents_kind_object_key")
        ),
    )
    for columns in (["group_id"], ["kind", "parent_key"], ["title_key"]):
        name = f"ix_search_documents_{'_'.join(columns)}"
        op.create_index(op.f(name), "search_documents", columns)
    create_stems()
    create_texts()
    for statement in SQLITE_BEFORE if is_sqlite() else POSTGRES_BEFORE:
        op.execute(statement)


def drop_tables(*virtual: str) -> None:
    if is_sqlite():
        for name in virtual:
            op.execute(f"DROP TABLE {name}")
    for name in ("search_texts", "search_stems", "search_documents"):
        op.drop_table(name)
    op.execute("DELETE FROM search_words")


def create_stems() -> None:
    op.create_table(
        "search_stems",
        sa.Column("document_id", bigint(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in COLUMNS.split(", ")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["search_documents.id"],
            name=op.f("fk_search_stems_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_search_stems")),
    )


def create_texts(*more: sa.Column[str]) -> None:
    op.create_table(
        "search_texts",
        sa.Column("document_id", bigint(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        *more,
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["search_documents.id"],
            name=op.f("fk_search_texts_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_search_texts")),
    )
