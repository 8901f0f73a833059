"""Who may read which notification. Pure rules: no request, no database."""

from sqlalchemy import ColumnElement

from inforo.authz import Actor
from inforo.notifications.models import Notification


def may_view(actor: Actor, told: Notification) -> bool:
    return actor.is_me(told.account_id)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs. A test keeps the two equal."""
    return Notification.account_id == actor.account_id
