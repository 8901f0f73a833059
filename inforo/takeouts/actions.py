"""Ordering the file with everything about oneself."""

from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, language
from inforo.takeouts import queries
from inforo.takeouts.jobs import make_takeout
from inforo.takeouts.models import Takeout


def order(actor: Actor) -> Takeout:
    """Have the file made, once a day at most."""
    queries.lock_orders(actor)
    if not queries.is_due(queries.latest(actor)):
        raise DomainError(_("Sie haben Ihre Daten heute schon zusammenstellen lassen."))
    takeout = Takeout(account_id=actor.account_id, language=language())
    session.add(takeout)
    session.flush()
    make_takeout.later(takeout_id=takeout.id)
    return takeout
