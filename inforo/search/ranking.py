"""Ranks and counts the documents that match, as far as the person asking may see them."""

from sqlalchemy import ColumnElement, case, func, null, select, true, union_all

from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext
from inforo.search.german import sort_key
from inforo.search.models import SearchDocument
from inforo.search.policy import visible_to
from inforo.search.question import Question
from inforo.search.results import Filters, Hit, Results

MOST_RANKED = 500
COLUMNS = (
    SearchDocument.id,
    SearchDocument.kind,
    SearchDocument.parent_key,
    SearchDocument.state_code,
)


def ranked_and_counted(
    actor: Actor, question: Question, written: str, results: Results
) -> list[Hit]:
    """Rank and count in one statement, so that the matches are looked up once."""
    found = fulltext.at_once(
        fulltext.search(written, *COLUMNS, is_named(question).label("place")).where(
            visible_to(actor)
        ),
        "found",
    )
    best = (
        select(found)
        .where(results.filters.condition(found.c))
        .order_by(found.c.place, found.c.score, found.c.id)
        .limit(MOST_RANKED)
    ).subquery()
    number = func.count(found.c.parent_key.distinct())
    counted = select(null(), found.c.kind, null(), found.c.state_code, number, null()).group_by(
        found.c.kind, found.c.state_code
    )
    of_best = (best.c.id, best.c.kind, best.c.parent_key, best.c.state_code)
    ranking = select(*of_best, best.c.place, best.c.score)
    hits = []
    for document_id, kind, parent, state_code, place_or_number, score in session.execute(
        union_all(ranking, counted)
    ):
        if document_id is None:
            results.count(kind, state_code, place_or_number)
        else:
            hit = Hit(document_id, kind, parent, state_code)
            hits.append((place_or_number, score, document_id, hit))
    return [hit for *_order, hit in sorted(hits, key=lambda row: row[:3])]


def is_named(question: Question) -> ColumnElement[int]:
    """Sort the document whose title is the question itself before all others."""
    return case((SearchDocument.title_key == sort_key(question.typed), 0), else_=1)


def ranked(
    actor: Actor,
    question: Question,
    written: str,
    *,
    filters: Filters | None = None,
    limit: int = MOST_RANKED,
    in_title: bool = False,
) -> list[Hit]:
    """Return the best documents; one whose title is the question itself comes first."""
    statement = fulltext.search(written, *COLUMNS, in_title=in_title).where(
        visible_to(actor), filters.condition() if filters else true()
    )
    rows = session.execute(
        statement.order_by(is_named(question), "score", SearchDocument.id).limit(limit)
    )
    return [Hit(*row[:4]) for row in rows]


def count_all(actor: Actor, written: str, results: Results) -> None:
    """Count without ranking."""
    rows = session.execute(
        fulltext.matching_documents(
            written,
            SearchDocument.kind,
            SearchDocument.state_code,
            func.count(SearchDocument.parent_key.distinct()),
        )
        .where(visible_to(actor))
        .group_by(SearchDocument.kind, SearchDocument.state_code)
    )
    for kind, state_code, number in rows:
        results.count(kind, state_code, number)
