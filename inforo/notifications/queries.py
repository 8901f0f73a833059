"""Every SELECT on notifications and wishes about mail."""

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.notifications.models import Event, MailChoice, Notification


def was_told(dedupe_key: str) -> bool:
    statement = select(Notification.id).where(Notification.dedupe_key == dedupe_key)
    return session.scalar(statement) is not None


def wants_mail(account_id: int, event: Event) -> bool:
    """Return the person's wish for one kind of event; mail is on until switched off."""
    statement = select(MailChoice.by_mail).where(
        MailChoice.account_id == account_id, MailChoice.event == event
    )
    return session.scalar(statement) is not False


def unread_about(actor: Actor, subject: str) -> list[Notification]:
    statement = select(Notification).where(
        Notification.account_id == actor.account_id,
        Notification.subject == subject,
        Notification.read_at.is_(None),
    )
    return list(session.scalars(statement))


def count_unread(actor: Actor) -> int:
    if not actor.is_signed_in:
        return 0
    statement = select(func.count(Notification.id)).where(
        Notification.account_id == actor.account_id, Notification.read_at.is_(None)
    )
    return session.scalar(statement) or 0


def unsubscribe_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="unsubscribe")


def unsubscribe_token(account_id: int, event: Event) -> str:
    """Return a signed token that may end mails of one kind to one person, nothing else."""
    return str(unsubscribe_signer().dumps([account_id, event.value]))
