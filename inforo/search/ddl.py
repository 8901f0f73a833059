"""What only one of the databases understands: FTS5 with its triggers, tsvector with GIN.

Used twice: when the tables are made from the models (tests), and by the migration, which
carries a copy of these statements. The tables and columns made here are not in the models;
`is_unmapped` tells Alembic's comparison to leave them alone.
"""

COLUMNS = ("title_stems", "body_stems", "title_parts", "body_parts")
LIST = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)

FORGET = f"INSERT INTO search_index (search_index, rowid, {LIST}) VALUES ('delete', old.document_id, {OLD});"  # noqa: E501, S608 (column names of ours)
LEARN = f"INSERT INTO search_index (rowid, {LIST}) VALUES (new.document_id, {NEW});"  # noqa: S608

SQLITE_CREATE = (
    f"CREATE VIRTUAL TABLE search_index USING fts5({LIST}, "
    "content='search_stems', content_rowid='document_id', tokenize='ascii')",
    f"CREATE TRIGGER search_stems_insert AFTER INSERT ON search_stems BEGIN {LEARN} END",
    f"CREATE TRIGGER search_stems_delete AFTER DELETE ON search_stems BEGIN {FORGET} END",
    f"CREATE TRIGGER search_stems_update AFTER UPDATE ON search_stems "
    f"BEGIN {FORGET} {LEARN} END",
)
SQLITE_DROP = ("DROP TABLE IF EXISTS search_index",)

# Weights as in `fulltext.py`. The vector stays inside its row (MAIN, long rows allowed):
# ranking reads it for every match, and fetching it from elsewhere cost fourteen times as much.
POSTGRES_CREATE = (
    "ALTER TABLE search_stems ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', title_stems), 'A') || "
    "setweight(to_tsvector('simple', body_stems), 'B') || "
    "setweight(to_tsvector('simple', title_parts), 'C') || "
    "setweight(to_tsvector('simple', body_parts), 'D')) STORED",
    "ALTER TABLE search_stems ALTER COLUMN vector SET STORAGE MAIN",
    "ALTER TABLE search_stems SET (toast_tuple_target = 8160)",
    "CREATE INDEX ix_search_stems_vector ON search_stems USING gin (vector)",
    "CREATE INDEX ix_search_stems_titles ON search_stems USING gin ("
    "to_tsvector('simple', title_stems || ' ' || title_parts))",
)

UNMAPPED = frozenset(
    {"vector", "ix_search_stems_vector", "ix_search_stems_titles", "search_index"}
)


def is_unmapped(name: str | None) -> bool:
    """Tell whether a table, column or index belongs to the full-text search alone."""
    return name in UNMAPPED or (name or "").startswith("search_index_")
