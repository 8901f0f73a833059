"""Taking mails, and forgetting what was noted about them."""

import imaplib
import logging
from datetime import timedelta

from huey import crontab
from sqlalchemy import and_, delete, or_, select

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

    With an account goes its address; one that is not paused is forgiven in time.
    """
    until = clock.now() - timedelta(days=settings.keep_received_mails_days)
    closed = select(Account.id).where(Account.closed_at.is_not(None))
    forgiven = and_(BouncedAddress.paused_at.is_(None), BouncedAddress.last_at < until)
    session.execute(delete(ReceivedMail).where(ReceivedMail.created_at < until))
    session.execute(
        delete(BouncedAddress).where(or_(forgiven, BouncedAddress.account_id.in_(closed)))
    )
    session.commit()
