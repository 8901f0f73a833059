"""Handing work over from one office to another, with a word to the colleagues there."""

from inforo.authz import Actor
from inforo.clock import now
from inforo.moderation import queries
from inforo.moderation.jobs import tell_office
from inforo.offices import actions as offices
from inforo.offices.models import CoordinationOffice, WorkItem


def hand_over(actor: Actor, item: WorkItem, office: CoordinationOffice, reason: str) -> None:
    """Give an item to another office, which may then decide, and tell its staff."""
    offices.hand_over(actor, item, office, reason)
    content = queries.find_content(item)
    if content is not None:
        content.office_id = office.id
    tell_office.later(
        item_id=item.id,
        office_id=office.id,
        actor_id=actor.account_id,
        occasion=now().isoformat(),
    )
