"""Asks the full-text index of whichever database there is. Smaller scores are better.

FTS5 weighs title, body, title parts and body parts 4 : 1 : 1 : ¼ (bm25); ts_rank has the same
weights divided by four, with scores divided by the length of the document. Scores are asked
for the newest matches only: they cost more than finding, and matches may be half a million.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSQUERY, TSVECTOR

from inforo.db import session
from inforo.search import matching
from inforo.search.models import SearchDocument, SearchStems
from inforo.search.question import Question, Term

INDEX = table("search_index", column("rowid"))
TITLE_INDEX = table("search_titles", column("rowid"))
VECTOR: ColumnElement[Any] = literal_column("search_stems.vector", TSVECTOR())
# The expression and condition of the index of titles, to the letter.
TITLES: ColumnElement[Any] = literal_column(
    "to_tsvector('simple', search_stems.title_stems || ' ' || search_stems.title_parts)",
    TSVECTOR(),
)
HAS_TITLE: ColumnElement[Any] = literal_column("search_stems.title_stems != ''")
FTS5_WEIGHTS = (4.0, 1.0, 1.0, 0.25)
FTS5_TITLE_WEIGHTS = (4.0, 1.0)
TS_RANK_WEIGHTS = [0.0625, 0.25, 0.25, 1.0]  # D, C, B, A
DIVIDE_BY_LENGTH = 2
Range = tuple[int, int]  # document ids, the last one included


def is_sqlite() -> bool:
    return session.get_bind().dialect.name == "sqlite"


def expression(
    question: Question,
    terms: Sequence[Term] | None = None,
    *,
    any_of: bool = False,
    in_title: bool = False,
) -> str:
    """Write a question, or some terms of it, in the language of this database."""
    write = matching.sqlite if is_sqlite() else matching.postgres
    terms = question.terms if terms is None else terms
    return write(question, terms, any_of=any_of, in_title=in_title)


def any_group(question: Question, groups: Sequence[Sequence[Term]]) -> str:
    """Write that all terms of one of these groups are wanted."""
    word = " OR " if is_sqlite() else " | "
    return word.join(f"({expression(question, group)})" for group in groups)


def beginnings(stems: Sequence[str], *alternatives: Sequence[str]) -> str:
    """Write a search in titles: all stems, and one of: whole words, beginnings of words."""
    write = matching.sqlite_beginnings if is_sqlite() else matching.postgres_beginnings
    return write(stems, alternatives)


def newest(
    written: str,
    visible: ColumnElement[bool],
    within: Range,
    limit: int,
    *columns: Any,
    in_title: bool = False,
) -> Select[Any]:
    """Return a SELECT of columns of the newest visible matches, with `score` as the last.

    `in_title`: what is written asks for titles (`expression`, `beginnings`).
    """
    if is_sqlite():
        index = TITLE_INDEX if in_title else INDEX
        weights = FTS5_TITLE_WEIGHTS if in_title else FTS5_WEIGHTS
        score: Any = func.bm25(literal_column(index.name), *weights)
        return (
            sqlite_matches(written, within, *columns, score.label("score"), index=index)
            .where(visible)
            .order_by(index.c.rowid.desc())
            .limit(limit)
        )
    query = cast(literal(written), TSQUERY())
    score = -func.ts_rank(cast(TS_RANK_WEIGHTS, ARRAY(REAL)), VECTOR, query, DIVIDE_BY_LENGTH)
    found = at_once(postgres_matches(written, within, in_title=in_title))
    some = (
        select(SearchDocument.id.label("some_id"))
        .join(found, found.c.document_id == SearchDocument.id)
        .where(visible)
        .order_by(SearchDocument.id.desc())
        .limit(limit)
        .subquery()
    )
    return (
        select(*columns, score.label("score"))
        .select_from(some)
        .join(SearchDocument, SearchDocument.id == some.c.some_id)
        .join(SearchStems, SearchStems.document_id == some.c.some_id)
    )


def matching_documents(
    written: str, within: Range, *columns: Any, in_title: bool = False
) -> Select[Any]:
    """Return a SELECT of columns of the documents that match, without a score."""
    if is_sqlite():
        index = TITLE_INDEX if in_title else INDEX
        return sqlite_matches(written, within, *columns, index=index)
    found = at_once(postgres_matches(written, within, in_title=in_title))
    return select(*columns).join(found, found.c.document_id == SearchDocument.id)


def newest_first(found: Select[Any], limit: int) -> Select[Any]:
    """Let `matching_documents` stop after the newest; FTS5 reads backwards without sorting."""
    order = INDEX.c.rowid if is_sqlite() else SearchDocument.id
    return found.order_by(order.desc()).limit(limit)


def sqlite_matches(written: str, within: Range, *columns: Any, index: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(index.join(SearchDocument, SearchDocument.id == index.c.rowid))
        .where(
            literal_column(index.name).op("MATCH")(written),
            index.c.rowid >= within[0],
            index.c.rowid <= within[1],
        )
    )


def postgres_matches(written: str, within: Range, *, in_title: bool) -> Select[Any]:
    """The limits are written out, so that the index of few or of many documents is used."""
    query = query_of(written)
    first: ColumnElement[int] = literal_column(str(within[0]))
    last: ColumnElement[int] = literal_column(str(within[1]))
    return select(SearchStems.document_id).where(
        and_(HAS_TITLE, TITLES.op("@@")(query)) if in_title else VECTOR.op("@@")(query),
        SearchStems.document_id >= first,
        SearchStems.document_id <= last,
    )


def query_of(written: str) -> ColumnElement[Any]:
    return cast(literal(written), TSQUERY())


def at_once(statement: Select[Any], name: str | None = None) -> CTE:
    """Let the database evaluate a SELECT first and once; its planner guesses worse."""
    return statement.cte(name).prefix_with("MATERIALIZED")


def joined(ids: ColumnElement[int]) -> ColumnElement[Any]:
    """Return all ids as one text with commas: a row each would take ten times as long."""
    if is_sqlite():
        return func.group_concat(ids)
    return func.string_agg(cast(ids, Text), ",")


def has_match(written: str, visible: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether any visible document matches, as a column."""
    everywhere = (0, 2**62)
    if is_sqlite():
        found = sqlite_matches(written, everywhere, SearchDocument.id, index=INDEX)
    else:
        found = (
            select(SearchDocument.id)
            .join(SearchStems, SearchStems.document_id == SearchDocument.id)
            .where(VECTOR.op("@@")(query_of(written)))
        )
    return exists(found.where(visible))
