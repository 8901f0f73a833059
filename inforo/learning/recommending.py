"""What editors recommend for an age phase or a step of the process, and where it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from inforo import audit, versions
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError, NotFound
from inforo.i18n import _
from inforo.learning.models import Recommendation
from inforo.text import slug
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool
from inforo.vocabularies import queries as vocabularies
from inforo.vocabularies.models import Term

VOCABULARIES = ("age_phase", "process_step")
MOST_SHOWN = 6


class Twice(DomainError):
    """The thing is recommended here already."""


@dataclass(frozen=True)
class Recommended:
    """A recommendation as pages show it."""

    id: int
    term_id: int
    title: str
    address: str
    reason: str


def recommended(*conditions: ColumnElement[bool]) -> list[Recommended]:
    """Return recommendations of published things in their order, in one query."""
    statement = (
        select(Recommendation, Example.title, Tool.title)
        .join(Term, Term.id == Recommendation.term_id)
        .outerjoin(Example, Example.id == Recommendation.example_id)
        .outerjoin(Tool, Tool.id == Recommendation.tool_id)
        .where(
            or_(Example.state == ExampleState.PUBLISHED, Tool.published_at.is_not(None)),
            *conditions,
        )
        .order_by(Term.position, Recommendation.position, Recommendation.id)
    )
    return [shown(row[0], row[1] or row[2]) for row in session.execute(statement)]


def shown(row: Recommendation, title: str) -> Recommended:
    part, key = ("beispiele", row.example_id) if row.example_id else ("werkzeuge", row.tool_id)
    address = f"/werkzeugkiste/{part}/{key}-{slug(title)}"
    return Recommended(row.id, row.term_id, title, address, row.reason)


def for_phases(keys: Sequence[str]) -> list[Recommended]:
    """Return what is recommended for these age phases."""
    wanted = (Term.vocabulary == "age_phase", Term.key.in_(keys))
    return recommended(*wanted)[:MOST_SHOWN]


def tools_for_steps(keys: Sequence[str]) -> list[Recommended]:
    """Return the tools recommended for these steps of the process."""
    wanted = (Term.vocabulary == "process_step", Term.key.in_(keys))
    return recommended(*wanted, Recommendation.tool_id.is_not(None))[:MOST_SHOWN]


def terms() -> list[Term]:
    """Return the phases and steps something can be recommended for."""
    found = vocabularies.terms_of(*VOCABULARIES)
    return [term for name in VOCABULARIES for term in found[name]]


def get_recommendation(recommendation_id: int) -> Recommendation:
    row = session.get(Recommendation, recommendation_id)
    if row is None:
        raise NotFound(_("Diese Empfehlung gibt es nicht (mehr)."))
    return row


def get_shown(row: Recommendation) -> Recommended:
    """Return it as pages show it; of what is not public any more pages show nothing."""
    found = recommended(Recommendation.id == row.id)
    if not found:
        raise NotFound(_("Diese Empfehlung gibt es nicht (mehr)."))
    return found[0]


def add(actor: Actor, term: Term, thing: Example | Tool, reason: str) -> Recommendation:
    """Recommend something at the end of its list."""
    key = {"tool_id": thing.id} if isinstance(thing, Tool) else {"example_id": thing.id}
    here = select(Recommendation).where(Recommendation.term_id == term.id)
    if session.scalar(here.filter_by(**key)) is not None:
        raise Twice(_("Das ist hier schon empfohlen."))
    last = session.scalar(
        select(func.max(Recommendation.position)).where(Recommendation.term_id == term.id)
    )
    row = Recommendation(term_id=term.id, reason=reason, position=(last or 0) + 1, **key)
    session.add(row)
    session.flush()
    audit.record(actor, "create", row, reason, title=thing.title)
    return row


def move_up(row: Recommendation) -> None:
    """Let a recommendation change places with the one before it."""
    before = session.scalar(
        select(Recommendation)
        .where(Recommendation.term_id == row.term_id, Recommendation.position < row.position)
        .order_by(Recommendation.position.desc())
        .limit(1)
    )
    if before is not None:
        before.position, row.position = row.position, before.position


def ids_beside(row: Recommendation) -> list[int]:
    """Return the ids of what pages show in the same list, in its order."""
    return [one.id for one in recommended(Recommendation.term_id == row.term_id)]


def edit(actor: Actor, row: Recommendation, reason: str, place: int, version: Any) -> None:
    """Change the sentence and the place, counted from 1 among those that pages show."""
    versions.check(row, version)
    row.reason = reason
    shown_ids = ids_beside(row)
    shown_ids.remove(row.id)
    shown_ids.insert(place - 1, row.id)
    everything = session.scalars(
        select(Recommendation)
        .where(Recommendation.term_id == row.term_id)
        .order_by(Recommendation.position, Recommendation.id)
    )
    last = len(shown_ids)
    places = {one: number for number, one in enumerate(shown_ids)}
    ordered = sorted(everything, key=lambda one: places.get(one.id, last))
    for position, one in enumerate(ordered, start=1):
        one.position = position
    session.flush()
    audit.record(actor, "edit", row, reason)


def remove(actor: Actor, row: Recommendation) -> None:
    audit.record(actor, "delete", row, title=row.reason)
    session.delete(row)
