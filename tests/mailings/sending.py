"""Letting the minutes pass that mails wait for others about the same."""

from datetime import timedelta

from sqlalchemy import select

from inforo import clock
from inforo.config import settings
from inforo.db import session
from inforo.mail import Mail
from inforo.mailings.jobs import send_bundles


def wait_for_mails(minutes: int | None = None) -> list[Mail]:
    """Move the clock until all mails ordered so far are in the outbox; return those."""
    waited = settings.mail_bundle_minutes if minutes is None else minutes
    clock.shift(clock.offset + timedelta(minutes=waited, seconds=1))
    session.commit()
    send_bundles()
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def mails_to(account) -> list[Mail]:
    statement = select(Mail).where(Mail.account_id == account.id).order_by(Mail.id)
    return list(session.scalars(statement))
