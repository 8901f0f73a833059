"""Asks the full-text index of whichever database there is for the documents that match.

It answers with bare ids, newest first: that is what FTS5 and GIN are quick at, and what both
do alike. How good a match is decides `scoring.py`, for both in the same way.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR

from inforo.db import session
from inforo.search import matching
from inforo.search.ddl import MANY
from inforo.search.models import SearchDocument, SearchStems
from inforo.search.question import Question
from inforo.search.terms import Term

INDEX = table("search_index", column("rowid"))
TITLE_INDEX = table("search_titles", column("rowid"))
VECTOR: ColumnElement[Any] = literal_column("search_stems.vector", TSVECTOR())
# The expression and condition of the index of titles, to the letter.
TITLES: ColumnElement[Any] = literal_column(
    "to_tsvector('simple', search_stems.title_stems || ' ' || search_stems.title_parts)",
    TSVECTOR(),
)
HAS_TITLE: ColumnElement[Any] = literal_column("search_stems.title_stems != ''")
PLACE: ColumnElement[Any] = literal_column("(search_stems.document_id + 0)", BigInteger())
Range = tuple[int, int]  # document ids, the last one included


def is_sqlite() -> bool:
    return session.get_bind().dialect.name == "sqlite"


def expression(
    question: Question, terms: Sequence[Term] | None = None, *, in_title: bool = False
) -> str:
    """Write that all of a question, or some terms of it, is wanted, for this database."""
    write = matching.sqlite if is_sqlite() else matching.postgres
    terms = question.terms if terms is None else terms
    return write(question, terms, in_title=in_title)


def any_group(
    question: Question, groups: Sequence[Sequence[Term]], *, in_title: bool = False
) -> str:
    """Write that all terms of one of these groups are wanted."""
    word = " OR " if is_sqlite() else " | "
    return word.join(f"({expression(question, group, in_title=in_title)})" for group in groups)


def beginnings(stems: Sequence[str], *alternatives: Sequence[str]) -> str:
    """Write a search in titles: all stems, and one of: whole words, beginnings of words."""
    write = matching.sqlite_beginnings if is_sqlite() else matching.postgres_beginnings
    return write(stems, alternatives)


def newest(written: Any, within: Range, limit: int, *, in_title: bool = False) -> Select[Any]:
    """Return a SELECT of the `id` of the newest matches, whoever may see them.

    `in_title`: what is written asks for titles (`expression`, `beginnings`).
    """
    if is_sqlite():  # FTS5 reads backwards without sorting
        index = TITLE_INDEX if in_title else INDEX
        return (
            select(index.c.rowid.label("id"))
            .where(sqlite_match(written, within, index))
            .order_by(index.c.rowid.desc())
            .limit(limit)
        )
    found = at_once(postgres_matches(written, within, in_title=in_title))
    key = found.c.document_id
    return select(key.label("id")).order_by(key.desc()).limit(limit)


def matching_documents(
    written: Any, within: Range, *columns: Any, in_title: bool = False
) -> Select[Any]:
    """Return a SELECT of columns of the documents that match."""
    if is_sqlite():
        index = TITLE_INDEX if in_title else INDEX
        return (
            select(*columns)
            .select_from(index.join(SearchDocument, SearchDocument.id == index.c.rowid))
            .where(sqlite_match(written, within, index))
        )
    found = at_once(postgres_matches(written, within, in_title=in_title))
    return select(*columns).join(found, found.c.document_id == SearchDocument.id)


def newest_first(found: Select[Any], limit: int, *, in_title: bool = False) -> Select[Any]:
    """Let `matching_documents` stop after the newest."""
    index = TITLE_INDEX if in_title else INDEX
    order = index.c.rowid if is_sqlite() else SearchDocument.id
    return found.order_by(order.desc()).limit(limit)


def sqlite_match(written: Any, within: Range, index: Any) -> ColumnElement[bool]:
    return and_(
        literal_column(index.name).op("MATCH")(written),
        index.c.rowid >= within[0],
        index.c.rowid <= within[1],
    )


def postgres_matches(written: Any, within: Range, *, in_title: bool = False) -> Select[Any]:
    """Select matching ids."""
    return select(SearchStems.document_id).where(
        postgres_match(written, within, in_title=in_title)
    )


def postgres_match(
    written: Any, within: Range, *, in_title: bool = False
) -> ColumnElement[bool]:
    """Return what matches. The range stands in the text, so that a partial index is chosen.

    For whole documents it is asked for in the words of the index (`ddl.PLACE`), not in those
    of the primary key; titles have one index for all, the two together are quickest.
    """
    first: ColumnElement[int] = literal_column(str(within[0]))
    last: ColumnElement[int] = literal_column(str(within[1]))
    place = SearchStems.document_id if in_title else PLACE
    query = query_of(written)
    return and_(
        HAS_TITLE & TITLES.op("@@")(query) if in_title else VECTOR.op("@@")(query),
        place >= first,
        place <= last,
    )


def query_of(written: Any) -> ColumnElement[Any]:
    return cast(written, TSQUERY())


def at_once(statement: Select[Any], name: str | None = None) -> CTE:
    """Let the database evaluate a SELECT first and once; its planner guesses worse."""
    return statement.cte(name).prefix_with("MATERIALIZED")


def joined(ids: ColumnElement[int]) -> ColumnElement[Any]:
    """Return all ids as one text with commas: a row each would take ten times as long."""
    if is_sqlite():
        return func.group_concat(ids)
    return func.string_agg(cast(ids, Text), ",")


def among(key: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Return that a column is one of these ids; one parameter, however many there are."""
    written = ",".join(map(str, ids))
    if is_sqlite():
        listed = func.json_each(f"[{written}]").table_valued("value")
        return key.in_(select(listed.c.value))  # type: ignore[no-any-return]
    of_text = func.string_to_array(written, ",")
    return key == func.any(cast(of_text, ARRAY(BigInteger)))  # type: ignore[no-any-return]


def has_match(written: str, visible: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether any visible document matches, as a column."""
    if is_sqlite():
        everywhere = (0, 2**62)
        return exists(matching_documents(written, everywhere, SearchDocument.id).where(visible))
    found = select(SearchDocument.id).where(visible)
    found = found.join(SearchStems, SearchStems.document_id == SearchDocument.id)
    halves = ((0, MANY - 1), (MANY, 2**62))  # each has an index of its own
    return or_(*(exists(found.where(postgres_match(written, half))) for half in halves))
