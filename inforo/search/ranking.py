"""Ranks the documents that match, as far as the person asking may see them.

What decides, in this order (the page /hilfe/suche says the same to people): a title that is
the question itself; then how well the words match (`fulltext`), times what is known of the
document (`weight`), times how fresh it is and how near to the asker.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select, union_all

from inforo import clock
from inforo.authz import Actor
from inforo.db import session
from inforo.search import facets, fulltext
from inforo.search.ddl import MANY
from inforo.search.documents import SHIFT
from inforo.search.fulltext import Range
from inforo.search.german import sort_key
from inforo.search.models import SearchDocument
from inforo.search.policy import visible_to
from inforo.search.question import Question
from inforo.search.results import NO_FILTERS, Filters, Hit
from inforo.search.sources import of_kind

MOST_RANKED = 500
MOST_LOOSE = 100
MOST_SCORED = 600  # newest matches among posts, and among everything else
FEW: Range = (0, MANY - 1)
POSTS: Range = (MANY, MANY + (1 << SHIFT) - 1)
OF_POSTS = {"art", "land", "feld", "jahr"}  # facets posts have; others leave none of them
FRESH = ((365, 0.1), (3 * 365, 0.05))  # days, bonus
SAME_PLACE, SAME_DISTRICT, SAME_STATE = 0.15, 0.1, 0.05


def ranges_of(filters: Filters) -> list[Range]:
    """Return where to look: kinds that were not chosen are left aside by their ids."""
    kinds = filters.kinds
    if not kinds:
        return [FEW] if filters.chosen.keys() - OF_POSTS else [FEW, POSTS]
    sources = [source for kind in kinds for source in of_kind(kind)]
    few = [source for source in sources if not source.is_many]
    found = [POSTS] if len(few) < len(sources) else []
    if few:
        found.append(
            (min(source.first_id for source in few), max(source.last_id for source in few))
        )
    return found


def candidates(  # noqa: PLR0913 (what a search consists of)
    actor: Actor,
    question: Question,
    written: str,
    filters: Filters = NO_FILTERS,
    *,
    most: int = MOST_SCORED,
    in_title: bool = False,
) -> Any:
    """Return a SELECT of the newest matches: id, kind, parent, facets, place, score."""
    columns = (
        SearchDocument.id,
        SearchDocument.kind,
        SearchDocument.parent_id,
        SearchDocument.facets,
        SearchDocument.weight,
        is_named(question).label("place"),
        (freshness() + nearness(actor)).label("bonus"),
    )
    condition = visible_to(actor) & facets.condition(filters.chosen)
    parts = [
        select(
            fulltext.newest(
                written, condition, within, most, *columns, in_title=in_title
            ).subquery()
        )
        for within in ranges_of(filters)
    ]
    return union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()


def best_first(found: Any) -> tuple[Any, ...]:
    return (found.c.place, order_of(found), found.c.id)


def order_of(found: Any) -> ColumnElement[float]:
    """Return the score with all bonuses; smaller is better."""
    score: ColumnElement[float] = found.c.score * found.c.weight * (1 + found.c.bonus)
    return score


def is_named(question: Question) -> ColumnElement[int]:
    """Sort the document whose title is the question itself before all others."""
    return case((SearchDocument.title_key == sort_key(question.typed), 0), else_=1)


def freshness() -> ColumnElement[float]:
    """Return the bonus for what was changed or confirmed lately."""
    now = clock.now()
    return case(
        *(
            (SearchDocument.changed_at >= now - timedelta(days=days), literal(bonus))
            for days, bonus in FRESH
        ),
        else_=literal(0.0),
    )


def nearness(actor: Actor) -> ColumnElement[float]:
    """Return the bonus for the asker's municipality, else district, else Land."""
    if not actor.is_member:
        return literal(0.0)
    near = []
    if actor.municipality_ags:
        place, district = f"{actor.municipality_ags} ", actor.municipality_ags[:5]
        near.append((SearchDocument.facets.contains(f" ort:{place}"), literal(SAME_PLACE)))
        near.append(
            (SearchDocument.facets.contains(f" ort:{district}"), literal(SAME_DISTRICT))
        )
    if actor.state_code:
        same = SearchDocument.state_code == actor.state_code
        near.append((same, literal(SAME_STATE)))
    return case(*near, else_=literal(0.0)) if near else literal(0.0)


def ranked(  # noqa: PLR0913 (what a search consists of)
    actor: Actor,
    question: Question,
    written: str,
    *,
    filters: Filters = NO_FILTERS,
    limit: int = MOST_RANKED,
    in_title: bool = False,
) -> list[Hit]:
    """Return the best documents; one whose title is the question itself comes first."""
    found = candidates(actor, question, written, filters, in_title=in_title)
    statement: Select[Any] = select(found.c.id, found.c.kind, found.c.parent_id)
    rows = session.execute(statement.order_by(*best_first(found)).limit(limit))
    return [Hit(*row) for row in rows]


def ranked_in_steps(
    actor: Actor, question: Question, steps: Sequence[str], filters: Filters
) -> list[tuple[int, Hit]]:
    """Return the best documents of several questions, those of the first step first."""
    parts = []
    for step, written in enumerate(steps):
        found = candidates(actor, question, written, filters)
        best = select(literal(step).label("step"), found, order_of(found).label("rank"))
        parts.append(select(best.order_by(*best_first(found)).limit(MOST_LOOSE).subquery()))
    rows = session.execute(union_all(*parts)).all()
    rows = sorted(rows, key=lambda row: (row.step, row.place, row.rank, row.id))
    return [(row.step, Hit(row.id, row.kind, row.parent_id)) for row in rows]


def best_titles(actor: Actor, question: Question, written: str, limit: int) -> Select[Any]:
    """Return a SELECT (step 0) of the best documents whose titles have what is written."""
    found = candidates(actor, question, written, in_title=True)
    best = select(literal(0).label("step"), found.c.id, found.c.kind, found.c.parent_id)
    return select(best.order_by(*best_first(found)).limit(limit).subquery())
