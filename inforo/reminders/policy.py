"""Who may see a reminder: nobody but who set it, whatever their role."""

from sqlalchemy import ColumnElement, false

from inforo.authz import Actor
from inforo.reminders.models import Reminder


def may_remind(actor: Actor, _: object = None) -> bool:
    return actor.is_member


def may_view(actor: Actor, reminder: Reminder) -> bool:
    return actor.is_member and actor.is_me(reminder.account_id)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs. A test keeps the two equal."""
    return Reminder.account_id == actor.account_id if actor.is_member else false()
