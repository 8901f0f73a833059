"""Asks the full-text index of whichever database there is. Smaller scores are better.

FTS5 weighs title, body, title parts and body parts 4 : 1 : 1 : ¼ (bm25); ts_rank has the same
weights divided by four, with scores divided by the length of the document.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
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
VECTOR: ColumnElement[Any] = literal_column("search_stems.vector", TSVECTOR())
# The expression of the index of titles, to the letter.
TITLES: ColumnElement[Any] = literal_column(
    "to_tsvector('simple', search_stems.title_stems || ' ' || search_stems.title_parts)",
    TSVECTOR(),
)
FTS5_WEIGHTS = (4.0, 1.0, 1.0, 0.25)
TS_RANK_WEIGHTS = [0.0625, 0.25, 0.25, 1.0]  # D, C, B, A
DIVIDE_BY_LENGTH = 2


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


def beginnings(stems: Sequence[str], *alternatives: Sequence[str]) -> str:
    """Write a search in titles: all stems, and one of: whole words, beginnings of words."""
    write = matching.sqlite_beginnings if is_sqlite() else matching.postgres_beginnings
    return write(stems, alternatives)


def search(written: str, *columns: Any, in_title: bool = False) -> Select[Any]:
    """Return a SELECT of columns of the documents that match, with `score` as the last one.

    `in_title`: what is written asks for titles (`expression`, `beginnings`).
    """
    if is_sqlite():
        score: Any = func.bm25(literal_column("search_index"), *FTS5_WEIGHTS)
        return matching_documents(written, *columns, score.label("score"))
    query = cast(literal(written), TSQUERY())
    score = -func.ts_rank(cast(TS_RANK_WEIGHTS, ARRAY(REAL)), VECTOR, query, DIVIDE_BY_LENGTH)
    matches = at_once(
        select(SearchStems.document_id, score.label("score")).where(
            (TITLES if in_title else VECTOR).op("@@")(query)
        ),
        "matches",
    )
    return (
        select(*columns, matches.c.score)
        .select_from(matches)
        .join(SearchDocument, SearchDocument.id == matches.c.document_id)
    )


def at_once(statement: Select[Any], name: str) -> CTE:
    """Let the database evaluate a SELECT first and once; its planner guesses worse."""
    return statement.cte(name).prefix_with("MATERIALIZED")


def matching_documents(written: str, *columns: Any) -> Select[Any]:
    """Return a SELECT of columns of the documents that match, without a score."""
    if is_sqlite():
        source = INDEX.join(SearchDocument, SearchDocument.id == INDEX.c.rowid)
        return (
            select(*columns)
            .select_from(source)
            .where(literal_column("search_index").op("MATCH")(written))
        )
    return (
        select(*columns)
        .select_from(SearchStems)
        .join(SearchDocument, SearchDocument.id == SearchStems.document_id)
        .where(VECTOR.op("@@")(cast(literal(written), TSQUERY())))
    )


def has_match(written: str, visible: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether any visible document matches, as a column."""
    return exists(matching_documents(written, SearchDocument.id).where(visible))
