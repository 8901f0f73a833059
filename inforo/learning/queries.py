"""Every SELECT on what members keep, and the examples that fit a criterion."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.learning.models import NewcomerStep, SelfCheck
from inforo.toolbox.example_parts import ExampleCriterion
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState

SHOWN = 3


def highlighting(keys: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """Return criterion → (id, title) of the newest public examples that highlight it."""
    newest = func.row_number().over(
        partition_by=ExampleCriterion.criterion_key,
        order_by=(Example.published_at.desc(), Example.id.desc()),
    )
    ranked = (
        select(
            ExampleCriterion.criterion_key.label("key"),
            Example.id,
            Example.title,
            newest.label("number"),
        )
        .join(Example, Example.id == ExampleCriterion.example_id)
        .where(
            ExampleCriterion.is_highlighted,
            ExampleCriterion.criterion_key.in_(keys),
            Example.state == ExampleState.PUBLISHED,
        )
        .subquery()
    )
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    statement = select(ranked.c.key, ranked.c.id, ranked.c.title)
    wanted = statement.where(ranked.c.number <= SHOWN).order_by(ranked.c.key, ranked.c.number)
    for key, example_id, title in session.execute(wanted):
        found[key].append((example_id, title))
    return found


def self_checks(actor: Actor, limit: int = 24) -> list[SelfCheck]:
    """Return the person's own checks, the newest first."""
    statement = select(SelfCheck).where(SelfCheck.account_id == actor.account_id)
    return list(session.scalars(statement.order_by(SelfCheck.id.desc()).limit(limit)))


def get_self_check(actor: Actor, check_id: int) -> SelfCheck:
    """Return one of the person's own checks; those of others are not there."""
    check = session.get(SelfCheck, check_id)
    if check is None or check.account_id != actor.account_id:
        raise NotFound(_("Diesen Selbstcheck gibt es nicht (mehr)."))
    return check


def newcomer_steps(actor: Actor) -> set[int]:
    """Return the numbers of the first steps this person has done."""
    if not actor.is_signed_in:
        return set()
    statement = select(NewcomerStep.number)
    return set(session.scalars(statement.where(NewcomerStep.account_id == actor.account_id)))
