"""Every write on blocks and wishes. Nothing here commits, and nobody else is told."""

from sqlalchemy import update

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.contacts import queries
from inforo.contacts.models import Block, Circle, ContactWish
from inforo.db import session
from inforo.notifications.models import FOR_DIGEST, Event, MailOutcome, Notification


def choose(actor: Actor, circle: Circle) -> None:
    """Keep from whom somebody wants messages; conversations that began go on."""
    wish = queries.find_wish(actor.account_id)
    if wish is None:
        wish = ContactWish(account_id=actor.account_id, circle=circle)
        session.add(wish)
    wish.circle = circle


def block(actor: Actor, account: Account) -> None:
    """Keep somebody away; mails about what they wrote and that wait are not sent."""
    if queries.find_block(actor, account.id) is None:
        session.add(Block(account_id=actor.account_id, blocked_id=account.id))
    session.execute(
        update(Notification)
        .where(
            Notification.account_id == actor.account_id,
            Notification.actor_id == account.id,
            Notification.event == Event.MESSAGE,
            Notification.mail_outcome.in_([MailOutcome.WAITING, *FOR_DIGEST]),
        )
        .values(mail_outcome=MailOutcome.NO_RIGHT, mail_due_at=None, read_at=now())
    )


def unblock(actor: Actor, block: Block) -> None:
    session.delete(block)
