"""What members keep of their learning."""

from collections.abc import Mapping

from inforo.authz import Actor
from inforo.contributions import actions as contributions
from inforo.db import session
from inforo.i18n import _
from inforo.learning import queries
from inforo.learning.models import NewcomerStep, SelfCheck
from inforo.municipalities.models import Municipality
from inforo.toolbox.models import Example

Levels = Mapping[str, int]


def keep(actor: Actor, title: str, levels: Levels) -> SelfCheck:
    """Keep a self-check for the person alone, to be compared with later ones."""
    check = SelfCheck(account_id=actor.account_id, title=title, levels=dict(levels))
    session.add(check)
    session.flush()
    return check


def forget(check: SelfCheck) -> None:
    session.delete(check)


def begin_example(actor: Actor, title: str, levels: Levels) -> Example:
    """Begin a draft with the levels of a self-check as the author's own rating."""
    place = (
        session.get(Municipality, actor.municipality_ags) if actor.municipality_ags else None
    )
    example = contributions.begin(actor, {"title": title}, place)
    rows = [
        {"criterion_key": key, "position": position, "level": level, "reason": ""}
        for position, (key, level) in enumerate(levels.items())
    ]
    note = _("aus dem Selbstcheck übernommen")
    contributions.save_criteria(actor, example, rows, note=contributions.Note(note))
    return example


def take_step(actor: Actor, number: int) -> None:
    """Remember that a first step is done; twice is once."""
    if number not in queries.newcomer_steps(actor):
        session.add(NewcomerStep(account_id=actor.account_id, number=number))
        session.flush()
