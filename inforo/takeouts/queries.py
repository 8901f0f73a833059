"""Orders of a person, and whether another one is due."""

from datetime import timedelta

from sqlalchemy import select

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.takeouts.models import KEPT_FOR, Takeout

AGAIN_AFTER = timedelta(days=1)


def lock_orders(actor: Actor) -> None:
    """Let nobody else order for this person until this transaction ends."""
    session.scalar(select(Account.id).where(Account.id == actor.account_id).with_for_update())


def latest(actor: Actor) -> Takeout | None:
    """Return the last order that has not been forgotten."""
    statement = select(Takeout).where(
        Takeout.account_id == actor.account_id, Takeout.created_at > now() - KEPT_FOR
    )
    return session.scalar(statement.order_by(Takeout.id.desc()).limit(1))


def is_due(takeout: Takeout | None) -> bool:
    return takeout is None or takeout.created_at < now() - AGAIN_AFTER


def get_takeout(actor: Actor, takeout_id: int) -> Takeout:
    """Return one's own order while it is kept, or raise NotFound."""
    found = session.get(Takeout, takeout_id)
    if found is None or found.account_id != actor.account_id or found.expires_at <= now():
        raise NotFound(_("Diese Datei gibt es nicht (mehr)."))
    return found
