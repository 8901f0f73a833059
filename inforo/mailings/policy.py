"""Who may look up what became of mails."""

from sqlalchemy import ColumnElement, and_, true

from inforo.accounts.models import Account
from inforo.authz import Actor, coordinates_sql
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread
from inforo.people import policy as people


def may_look_up(actor: Actor, thread: Thread) -> bool:
    """Offices and admins, for discussions of their scope that they can read."""
    return actor.is_staff and actor.moderates(thread) and discussions.may_view(actor, thread)


def recipients_of(actor: Actor) -> ColumnElement[bool]:
    """Of the recipients, an office sees those of its own Länder only."""
    in_scope = true() if actor.is_admin else coordinates_sql(actor, Account.state_code)
    return and_(in_scope, people.visible_to(actor))
