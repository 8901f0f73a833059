"""What only one of the databases understands: FTS5 with its triggers, tsvector with GIN.

Used twice: when the tables are made from the models (tests), and by the migration, which
carries a copy of these statements. The tables and columns made here are not in the models;
`is_unmapped` tells Alembic's comparison to leave them alone.

Titles have an index of their own: most posts have none, so it stays small, and what is being
typed is looked up there by beginnings. Posts, of which there may be millions, have the
highest ids (`MANY` and above); the few others are searched without touching them.
"""

MANY = 100 << 40  # the first document id of the source with number 100, see `documents.py`
COLUMNS = ("title_stems", "body_stems", "title_parts", "body_parts")
LIST = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)

FORGET = f"INSERT INTO search_index (search_index, rowid, {LIST}) VALUES ('delete', old.document_id, {OLD});"  # noqa: E501, S608 (column names of ours)
LEARN = f"INSERT INTO search_index (rowid, {LIST}) VALUES (new.document_id, {NEW});"  # noqa: S608
FORGET_TITLE = "DELETE FROM search_titles WHERE rowid = old.document_id;"
LEARN_TITLE = (
    "INSERT INTO search_titles (rowid, title_stems, title_parts) "
    "SELECT new.document_id, new.title_stems, new.title_parts WHERE new.title_stems != '';"
)

SQLITE_CREATE = (
    f"CREATE VIRTUAL TABLE search_index USING fts5({LIST}, "
    "content='search_stems', content_rowid='document_id', tokenize='ascii')",
    "CREATE VIRTUAL TABLE search_titles USING fts5(title_stems, title_parts, "
    "content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4 5')",
    f"CREATE TRIGGER search_stems_insert AFTER INSERT ON search_stems "
    f"BEGIN {LEARN} {LEARN_TITLE} END",
    f"CREATE TRIGGER search_stems_delete AFTER DELETE ON search_stems "
    f"BEGIN {FORGET} {FORGET_TITLE} END",
    f"CREATE TRIGGER search_stems_update AFTER UPDATE ON search_stems "
    f"BEGIN {FORGET} {FORGET_TITLE} {LEARN} {LEARN_TITLE} END",
)
SQLITE_DROP = ("DROP TABLE IF EXISTS search_index", "DROP TABLE IF EXISTS search_titles")

# Nobody reads the vector, the index answers; so long rows leave their texts outside, and
# looking up which rows of a match are still there touches few pages. `PLACE` is the id in words
# that the primary key does not understand: the planner took it and read each row of the range.
PLACE = "(document_id + 0)"
POSTGRES_CREATE = (
    "ALTER TABLE search_stems ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', title_stems), 'A') || "
    "setweight(to_tsvector('simple', body_stems), 'B') || "
    "setweight(to_tsvector('simple', title_parts), 'C') || "
    "setweight(to_tsvector('simple', body_parts), 'D')) STORED",
    "ALTER TABLE search_stems SET (toast_tuple_target = 128)",
    f"CREATE INDEX ix_search_stems_few ON search_stems USING gin (vector) "
    f"WHERE {PLACE} < {MANY}",
    f"CREATE INDEX ix_search_stems_many ON search_stems USING gin (vector) "
    f"WHERE {PLACE} >= {MANY}",
    "CREATE INDEX ix_search_stems_titles ON search_stems USING gin ("
    "to_tsvector('simple', title_stems || ' ' || title_parts)) WHERE title_stems != ''",
)

UNMAPPED = frozenset(
    {
        "vector",
        "ix_search_stems_few",
        "ix_search_stems_many",
        "ix_search_stems_titles",
        "search_index",
        "search_titles",
    }
)


def is_unmapped(name: str | None) -> bool:
    """Tell whether a table, column or index belongs to the full-text search alone."""
    return name in UNMAPPED or (name or "").startswith(("search_index_", "search_titles_"))
