"""Every write on the agenda. Nothing here commits; the caller does."""

from inforo.agenda import queries
from inforo.agenda.models import SettledMention
from inforo.authz import Actor
from inforo.db import session
from inforo.notifications.actions import mark_read
from inforo.notifications.models import Notification


def settle(actor: Actor, told: Notification) -> None:
    """Note that a mention needs no answer; it is read with that."""
    if not queries.is_settled(told):
        session.add(SettledMention(notification_id=told.id))
    mark_read(actor, [told])
