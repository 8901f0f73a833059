"""Taking work, and handing it over from one office to another.

Nobody takes what they may not decide: their own, that of their municipality or organisation.
A seat of a review is more than an item: who takes it becomes the reader.
"""

from inforo.authz import Actor
from inforo.clock import now
from inforo.errors import Forbidden
from inforo.i18n import _
from inforo.moderation import queries
from inforo.moderation.jobs import tell_office
from inforo.offices import actions as offices
from inforo.offices.models import CoordinationOffice, WorkItem, WorkKind
from inforo.readings import actions as readings
from inforo.reviews import queries as reviews
from inforo.reviews.models import Reading


def take(actor: Actor, items: list[WorkItem], *, instead_of: int | None = None) -> None:
    """Take over items together, or none of them."""
    if reviews.conflicts_among(actor, items):
        raise Forbidden(
            _(
                "Darunter ist ein Beitrag, über den Sie nicht entscheiden dürfen: Er ist von "
                "Ihnen, aus Ihrer Kommune oder Organisation, oder Sie sind befangen. Es wurde "
                "nichts übernommen."
            )
        )
    for item in items:
        if item.kind is WorkKind.READING:
            number = int(item.subject.partition(":")[2])
            readings.take_reading(actor, reviews.get_reading(actor, number))
    offices.take(actor, items, instead_of=instead_of)


def give_back(actor: Actor, item: WorkItem) -> None:
    """Let colleagues take the item again; a reader leaves the seat."""
    if item.kind is WorkKind.READING:
        number = int(item.subject.partition(":")[2])
        readings.give_back_reading(actor, reviews.get_reading(actor, number))
    offices.give_back(actor, item)


def hand_over(actor: Actor, item: WorkItem, office: CoordinationOffice, reason: str) -> None:
    """Give an item to another office, which may then decide, and tell its staff."""
    offices.hand_over(actor, item, office, reason)
    content = queries.find_content(item)
    if isinstance(content, Reading):
        readings.offer_elsewhere(content, office)
    elif content is not None:
        content.office_id = office.id
    tell_office.later(
        item_id=item.id,
        office_id=office.id,
        actor_id=actor.account_id,
        occasion=now().isoformat(),
    )
