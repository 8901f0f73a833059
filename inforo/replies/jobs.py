"""Taking mails, and forgetting what was noted about them."""

import imaplib
import logging
from datetime import timedelta

from huey import crontab
from sqlalchemy import delete, or_, select

from inforo import clock
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import session
from inforo.jobs import sweep
from inforo.replies import fetching
from inforo.replies.answers import TryLater
from inforo.replies.models import BouncedAddress, Outcome, ReceivedMail
from inforo.replies.receiving import receive

log = logging.getLogger(__name__)


def take(raw: bytes) -> Outcome:
    """Deal with one mail in a transaction of its own."""
    try:
        outcome = receive(raw)
        session.commit()
    except TryLater:
        session.rollback()
        return Outcome.LATER
    except Exception:
        session.rollback()
        raise
    return outcome


@sweep(crontab())
def fetch_mails() -> None:
    """Look into the mailbox; if it does not answer, the next minute tries again."""
    if not settings.imap_host:
        return
    try:
        fetching.fetch(take)
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("the mailbox did not answer: %s", error)


@sweep(crontab(minute="37", hour="2"))
def forget_received_mails() -> None:
    """Delete notes of mails so old that no server delivers them again.

    An address that refused mails goes then too, or with its account; a paused one is tried
    again, and paused again if it still refuses.
    """
    until = clock.now() - timedelta(days=settings.keep_received_mails_days)
    closed = select(Account.id).where(Account.closed_at.is_not(None))
    session.execute(delete(ReceivedMail).where(ReceivedMail.created_at < until))
    session.execute(
        delete(BouncedAddress).where(
            or_(BouncedAddress.last_at < until, BouncedAddress.account_id.in_(closed))
        )
    )
    session.commit()
