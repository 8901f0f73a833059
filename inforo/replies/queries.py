"""Every SELECT on mails that came in, and on addresses that bounce."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inforo import clock
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import folded, session
from inforo.discussions.models import Thread
from inforo.errors import NotFound
from inforo.mail import Mail
from inforo.replies.models import BouncedAddress, ReceivedMail


def is_known(key: str) -> bool:
    statement = select(ReceivedMail.id).where(ReceivedMail.key == key)
    return session.scalar(statement) is not None


def count_today(account_id: int) -> int:
    """Return how many mails of one person came in within a day."""
    since = clock.now() - timedelta(days=1)
    statement = select(func.count(ReceivedMail.id)).where(
        ReceivedMail.account_id == account_id, ReceivedMail.created_at > since
    )
    return session.scalar(statement) or 0


def find_account(account_id: int) -> Account | None:
    """Return whose address it is, unless they left."""
    account = session.get(Account, account_id)
    return account if account is not None and account.closed_at is None else None


def find_thread(thread_id: int) -> Thread | None:
    """Return a thread whoever asks; the caller tells nobody more than they may see."""
    statement = select(Thread).where(Thread.id == thread_id)
    return session.scalar(statement.options(joinedload(Thread.group)))


def find_mail(message_id: str) -> Mail | None:
    """Return the mail of ours that a report names; nobody else knows its Message-ID."""
    return session.scalar(select(Mail).where(Mail.message_id == message_id).limit(1))


def find_bounced(address: str) -> BouncedAddress | None:
    statement = select(BouncedAddress).where(BouncedAddress.address_key == folded(address))
    return session.scalar(statement)


def list_bounced(page: int) -> Sequence[Any]:
    """Return addresses that refuse mails with the people they belong to, the newest first."""
    statement = (
        select(BouncedAddress, Account.name)
        .outerjoin(Account, Account.id == BouncedAddress.account_id)
        .order_by(BouncedAddress.last_at.desc(), BouncedAddress.id.desc())
        .limit(settings.page_size)
        .offset((page - 1) * settings.page_size)
    )
    return session.execute(statement).all()


def count_bounced() -> int:
    return session.scalar(select(func.count(BouncedAddress.id))) or 0


def get_bounced(bounced_id: int) -> BouncedAddress:
    found = session.get(BouncedAddress, bounced_id)
    if found is None:
        raise NotFound
    return found
