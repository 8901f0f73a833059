"""Finds where the index has drifted from the objects: missing, superfluous, outdated."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select, text

from inforo.db import session
from inforo.search import writing
from inforo.search.documents import Document, Key, Source
from inforo.search.fulltext import is_sqlite
from inforo.search.models import SearchDocument
from inforo.search.sources import SOURCES

AT_ONCE = 500
ADVICE = "run `inforo search rebuild`"
Row = tuple[str, str, int | None]  # digest, audience, group


def batches(source: Source, after: int = 0) -> Iterator[list[Key]]:
    """Yield all keys that may be found, in pieces; asks anew for each piece."""
    while keys := source.keys(after, AT_ONCE):
        yield keys
        after = int(keys[-1])


def drift() -> list[str]:
    """Return a sentence for each way in which the index differs from the objects."""
    problems = [line for source in SOURCES for line in drift_of(source)]
    return problems + strangers() + outdated_analysis() + broken_index()


def drift_of(source: Source) -> Iterator[str]:
    """Compare all documents of a source with what they should be."""
    ids: set[int] = set()
    missing = outdated = misplaced = 0
    for keys in batches(source):
        known = rows_of(source, keys)
        for document in source.describe(keys):
            document_id = source.document_id(document.key)
            ids.add(document_id)
            row = known.get(document_id)
            missing += row is None
            outdated += row is not None and not is_current(document, row)
            misplaced += row is not None and not is_placed(document, row)
    indexed = session.scalar(select(func.count(SearchDocument.id)).where(of_source(source)))
    surplus = (indexed or 0) - (len(ids) - missing)
    if missing or surplus:
        yield (
            f"search index, {source.name}: {missing} missing, {surplus} surplus documents; "
            f"{ADVICE}"
        )
    if outdated:
        yield f"search index, {source.name}: {outdated} outdated documents; {ADVICE}"
    if misplaced:
        yield (
            f"search index, {source.name}: {misplaced} documents have another audience "
            f"than their object; {ADVICE}"
        )


def of_source(source: Source) -> ColumnElement[bool]:
    return SearchDocument.id.between(source.first_id, source.last_id)


def rows_of(source: Source, keys: list[Key]) -> dict[int, Row]:
    """Return what the index knows of these objects."""
    found = session.execute(
        select(
            SearchDocument.id,
            SearchDocument.digest,
            SearchDocument.audience,
            SearchDocument.group_id,
        ).where(SearchDocument.id.in_([source.document_id(key) for key in keys]))
    )
    return {key: (digest, audience, group_id) for key, digest, audience, group_id in found}


def is_current(document: Document, row: Row) -> bool:
    """Tell whether a document is what it was, whoever may read it and whatever analysed it."""
    return row[0].partition(":")[2] == document.digest


def is_placed(document: Document, row: Row) -> bool:
    return row[1:] == (document.audience, document.group_id)


def strangers() -> list[str]:
    """Find documents whose source is no more."""
    known = [~SearchDocument.id.between(source.first_id, source.last_id) for source in SOURCES]
    count = session.scalar(select(func.count(SearchDocument.id)).where(*known))
    return [f"search index: {count} documents of no source; {ADVICE}"] if count else []


def outdated_analysis() -> list[str]:
    """Count the documents that another version of the German analysis wrote."""
    current = SearchDocument.digest.startswith(f"{writing.analysis_version()}:")
    count = session.scalar(select(func.count(SearchDocument.id)).where(~current))
    if not count:
        return []
    return [f"search index: {count} documents have an outdated analysis; {ADVICE}"]


def broken_index() -> list[str]:
    """Let FTS5 compare itself with its content; PostgreSQL's index cannot differ."""
    if not is_sqlite():
        return []
    problems = []
    for table, rank in (("search_index", 1), ("search_titles", 0)):
        session.rollback()  # who has read something may not write after somebody else
        try:
            session.execute(
                text(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', {rank})")  # noqa: S608
            )
        except Exception as error:  # the driver's class for a malformed index
            problems.append(f"search index: {error}")
    session.rollback()
    return problems
