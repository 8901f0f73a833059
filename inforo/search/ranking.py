"""Ranks what matches, as far as the person asking may see it.

What decides, in this order (the page /hilfe/suche says the same to people): a title that is
the question itself; then how well the words match (`scoring.py`), times what is known of the
document (`weight`), times how fresh it is and how near to the asker. Weighing costs more than
finding, so of each source those with a fitting title and the newest others are weighed; what
else was found follows, newest first.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import islice
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, case, literal, select

from inforo import clock
from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext
from inforo.search.catalogue import Catalogue
from inforo.search.documents import SHIFT
from inforo.search.facets import Chosen
from inforo.search.german import sort_key
from inforo.search.matches import Matches
from inforo.search.models import SearchDocument, SearchStems
from inforo.search.policy import visible_to
from inforo.search.question import Question
from inforo.search.results import Hit, unique
from inforo.search.scoring import Held, Scale
from inforo.search.sources import SOURCES
from inforo.search.statenames import STATE_OF_SPELLING

WEIGHED_TITLES = 50  # of each source
WEIGHED = 60
MOST_REACHED = 500
DIGITS = 6  # of a score; beyond them databases may disagree about their numbers
FRESH = ((365, 0.1), (3 * 365, 0.05))  # days, bonus
NAMED_KIND = 1.0  # bonus for the kind that the question names: Muster Geschäftsordnung
SAME_PLACE, SAME_DISTRICT, SAME_STATE = 0.15, 0.1, 0.05


@dataclass(frozen=True)
class Weighed:
    """A document, the terms of the question it holds, and its place in the order."""

    hit: Hit
    terms: frozenset[int]
    order: tuple[int, float, int]


@dataclass
class Library:
    """What is known of documents, for one person who has chosen some filters."""

    actor: Actor
    known: Catalogue
    chosen: Chosen

    @cached_property
    def flags(self) -> bytes:
        return self.known.flags(self.actor, self.chosen)

    def visible(self, ids: Iterable[int]) -> Iterator[int]:
        """Yield what this person may see and has the chosen properties."""
        return self.known.filter(self.flags, ids)


def candidates(library: Library, found: Sequence[Matches]) -> list[int]:
    """Return the documents worth weighing: fitting titles and the newest of each source."""
    picked: dict[int, None] = {}
    share = 1 if len(found) == 1 else 2 / (len(found) - 1)
    for place, matches in enumerate(found):
        part = share if place else 1
        picked.update(dict.fromkeys(matches.seen))
        for ids, most in ((matches.titles, WEIGHED_TITLES), (matches.few, WEIGHED)):
            for newest in by_source(ids):
                few = islice(library.visible(newest), ceil(most * min(1, part)))
                picked.update(dict.fromkeys(few))
    return list(picked)


def by_source(ids: Sequence[int]) -> Iterator[Iterable[int]]:
    """Yield the ids of each source, newest first, given all of them in order."""
    numbers = sorted({source.number for source in SOURCES}) if ids else []
    for number in reversed(numbers):
        first = bisect_left(ids, number << SHIFT)
        last = bisect_right(ids, ((number + 1) << SHIFT) - 1)
        if first < last:
            yield (ids[place] for place in range(last - 1, first - 1, -1))


def weigh(actor: Actor, question: Question, scale: Scale, ids: Sequence[int]) -> list[Weighed]:
    """Return these documents, the best first; visibility is asked for once more."""
    rows = session.execute(
        select(
            SearchDocument.id,
            SearchDocument.kind,
            SearchDocument.parent_id,
            is_named(question),
            SearchDocument.weight,
            freshness() + nearness(actor) + kindness(question),
            SearchStems.title_stems,
            SearchStems.body_stems,
            SearchStems.title_parts,
            SearchStems.body_parts,
        )
        .join(SearchStems, SearchStems.document_id == SearchDocument.id)
        .where(fulltext.among(SearchDocument.id, ids), visible_to(actor))
    ).all()
    held = [(row, found) for row in rows if (found := scale.held(row[6:])) is not None]
    usual = sum(found.length for _row, found in held) / max(1, len(held)) or 1.0
    weighed = [make_weighed(scale, row, found, usual) for row, found in held]
    return sorted(weighed, key=lambda one: one.order)


def make_weighed(scale: Scale, row: Any, held: Held, usual_length: float) -> Weighed:
    key, kind, parent, place, weight, bonus = row[:6]
    score = scale.score(held, usual_length) * weight * (1 + bonus)
    return Weighed(Hit(key, kind, parent), held.terms, (place, -round(score, DIGITS), key))


def rest(library: Library, matches: Matches, hits: Sequence[Hit]) -> list[Hit]:
    """Return what was found and not weighed, as far as anybody leafs."""
    kinds = {source.number: source.kind for source in SOURCES}
    known = {hit.parent for hit in hits}
    others = (
        Hit(key, kinds[key >> SHIFT], library.known.parent.get(key, key))
        for newest in by_source(matches.few)
        for key in library.visible(newest)
    )
    unknown = (hit for hit in others if hit.parent not in known)
    return unique(islice(unknown, MOST_REACHED))


def is_named(question: Question) -> ColumnElement[int]:
    """Sort the document whose title is the question itself before all others.

    Of a Land alone nothing is better than another: there the named kind comes next.
    """
    title = SearchDocument.title_key == sort_key(question.typed)
    is_of_land = all(term.word in STATE_OF_SPELLING for term in question.terms)
    if not (question.kinds and is_of_land):
        return case((title, 0), else_=1)
    return case((title, 0), (SearchDocument.kind.in_(question.kinds), 1), else_=2)


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


def kindness(question: Question) -> ColumnElement[float]:
    """Return the bonus for the kinds of results that the question names."""
    if not question.kinds:
        return literal(0.0)
    is_named_kind = SearchDocument.kind.in_(question.kinds)
    return case((is_named_kind, literal(NAMED_KIND)), else_=literal(0.0))


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
