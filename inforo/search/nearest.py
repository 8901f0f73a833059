"""Finds what comes nearest when nothing was found: titles that begin alike, else new ones."""

from typing import Any

from sqlalchemy import Select, func, literal, select, true, union_all

from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext
from inforo.search.analysis import Analyzer
from inforo.search.fulltext import Range, matching_documents, newest_first
from inforo.search.matches import FEW, POSTS
from inforo.search.models import Kind, SearchDocument
from inforo.search.policy import visible_to
from inforo.search.question import Question
from inforo.search.results import Result
from inforo.search.showing import make_result, whole_documents

NEAREST = 5
MOST_LIKE = 200  # titles
SHORTEST_BEGINNING = 4
LIKE, OF_STATE, NEW = range(3)


def nearest(actor: Actor, analyzer: Analyzer, question: Question) -> list[Result]:
    """Return results that begin like the question, else new examples, of the own Land first."""
    begun = [
        term.stem[: max(SHORTEST_BEGINNING, len(term.stem) - 3)]
        for term in question.terms
        if len(term.stem) >= SHORTEST_BEGINNING
    ]
    parts = [newest_examples(actor, None)]
    if actor.state_code:
        parts.append(newest_examples(actor, actor.state_code))
    if begun:
        written = fulltext.beginnings([], [], begun)
        parts += [like_titles(actor, written, within) for within in (FEW, POSTS)]
    some = union_all(*parts).subquery()
    statement = whole_documents(actor).join(some, some.c.id == SearchDocument.id)
    rows = session.execute(statement.add_columns(some.c.step)).all()
    found = sorted((row for row in rows if row.step == LIKE), key=by_length)
    found = found or sorted((row for row in rows if row.step != LIKE), key=by_age)
    best: dict[int, Any] = {}
    for *shown, _step in found:
        best.setdefault(shown[0].parent_id, shown)
    return [make_result(analyzer, question, *row) for row in [*best.values()][:NEAREST]]


def by_length(row: Any) -> tuple[int, int]:
    return len(row.SearchDocument.title_key), row.SearchDocument.id


def by_age(row: Any) -> tuple[int, float, int]:
    document = row.SearchDocument
    return row.step, -document.changed_at.timestamp(), -document.id


def newest_examples(actor: Actor, state_code: str | None) -> Select[Any]:
    """Return a SELECT of new examples, of one Land or of all."""
    is_there = SearchDocument.state_code == state_code if state_code else true()
    step = literal(OF_STATE if state_code else NEW).label("step")
    newest = (
        select(step, SearchDocument.id)
        .where(
            SearchDocument.kind == Kind.EXAMPLE,
            SearchDocument.changed_at.is_not(None),
            is_there,
            visible_to(actor),
        )
        .order_by(SearchDocument.changed_at.desc(), SearchDocument.id.desc())
        .limit(NEAREST)
    )
    return select(newest.subquery())


def like_titles(actor: Actor, written: str, within: Range) -> Select[Any]:
    """Return a SELECT of the shortest new titles that match."""
    length = func.length(SearchDocument.title_key).label("length")
    found = matching_documents(written, within, SearchDocument.id, length, in_title=True)
    new = newest_first(found.where(visible_to(actor)), MOST_LIKE, in_title=True).subquery()
    best = select(literal(LIKE).label("step"), new.c.id)
    return select(best.order_by(new.c.length, new.c.id).limit(NEAREST).subquery())
