"""Every SELECT on notifications and wishes about mail."""

from collections.abc import Sequence

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import bindparam, func, select

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.notifications.models import Event, MailChoice, Notification
from inforo.notifications.policy import visible_to


def was_told(dedupe_key: str) -> bool:
    statement = select(Notification.id).where(Notification.dedupe_key == dedupe_key)
    return session.scalar(statement) is not None


def wants_mail(account_id: int, event: Event) -> bool:
    """Return the person's wish for one kind of event; mail is on until switched off."""
    statement = select(MailChoice.by_mail).where(
        MailChoice.account_id == account_id, MailChoice.event == event
    )
    return session.scalar(statement) is not False


UNREAD = select(Notification).where(
    Notification.account_id == bindparam("account_id"), Notification.read_at.is_(None)
)
UNREAD_ABOUT = UNREAD.where(Notification.subject == bindparam("subject"))
UNREAD_COUNT = UNREAD.with_only_columns(func.count(Notification.id))


def unread_about(actor: Actor, subject: str) -> list[Notification]:
    values = {"account_id": actor.account_id, "subject": subject}
    return list(session.scalars(UNREAD_ABOUT, values))


def count_unread(actor: Actor) -> int:
    if not actor.is_signed_in:
        return 0
    return session.scalar(UNREAD_COUNT, {"account_id": actor.account_id}) or 0


def unsubscribe_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="unsubscribe")


def unsubscribe_token(account_id: int, event: Event) -> str:
    """Return a signed token that may end mails of one kind to one person, nothing else."""
    return str(unsubscribe_signer().dumps([account_id, event.value]))


def read_unsubscribe_token(token: str) -> tuple[int, Event]:
    """Return account and event of a token, or raise NotFound if it is not ours or too old."""
    age = settings.token_unsubscribe_days * 24 * 60 * 60
    try:
        account_id, event = unsubscribe_signer().loads(token, max_age=age)
        return int(account_id), Event(event)
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error


def list_notifications(actor: Actor, page: int) -> Sequence[Notification]:
    """Return one page of what the person was told, the newest first."""
    statement = select(Notification).where(visible_to(actor)).order_by(Notification.id.desc())
    offset = (page - 1) * settings.page_size
    return session.scalars(statement.limit(settings.page_size).offset(offset)).all()


def count_notifications(actor: Actor) -> int:
    return session.scalar(select(func.count(Notification.id)).where(visible_to(actor))) or 0


def get_notification(actor: Actor, notification_id: int) -> Notification:
    told = session.scalar(
        select(Notification).where(Notification.id == notification_id, visible_to(actor))
    )
    if told is None:
        raise NotFound
    return told


def mail_choices(account_id: int | None) -> dict[Event, MailChoice]:
    """Return the wishes a person has expressed; without one, mail is on."""
    statement = select(MailChoice).where(MailChoice.account_id == account_id)
    return {choice.event: choice for choice in session.scalars(statement)}


def account_exists(account_id: int) -> bool:
    statement = select(Account.id).where(Account.id == account_id, Account.closed_at.is_(None))
    return session.scalar(statement) is not None
