"""Every SELECT on notifications and wishes about mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import bindparam, func, select

from inforo import clock
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.mail import Mail
from inforo.notifications.models import (
    DEFAULTS,
    HOUR,
    WEEKDAY,
    Choice,
    Event,
    EventClass,
    MailOutcome,
    MailSettings,
    Notification,
    Rhythm,
    Wish,
)
from inforo.notifications.policy import visible_to


def told_keys(keys: Iterable[str]) -> list[str]:
    """Return those of the keys under which somebody was told already."""
    known = select(Notification.dedupe_key).where(Notification.dedupe_key.in_(list(keys)))
    return list(session.scalars(known))


def wishes(account_ids: Sequence[int], event: Event) -> dict[int, Wish]:
    """Return the channels of each person for one event: what they chose, or the default."""
    found = dict.fromkeys(account_ids, DEFAULTS[event.kind])
    if event.kind is not EventClass.SERVICE:
        chosen = select(Choice).where(Choice.account_id.in_(account_ids), Choice.event == event)
        found |= {choice.account_id: choice.wish for choice in session.scalars(chosen)}
    return found


def bundles_waiting(account_ids: Sequence[int], subject: str) -> dict[int, datetime]:
    """Return account → when the mail about an object leaves that waits for more about it."""
    if not subject:
        return {}
    statement = select(Notification.account_id, func.min(Notification.mail_due_at)).where(
        Notification.account_id.in_(account_ids),
        Notification.subject == subject,
        Notification.mail_outcome == MailOutcome.WAITING,
    )
    rows = session.execute(statement.group_by(Notification.account_id))
    return {account_id: due_at for account_id, due_at in rows if due_at}


# The kinds of mails of which a person gets only so many a day.
CAPPED: set[str] = set()


def mails_today(account_ids: Sequence[int]) -> dict[int, int]:
    """Return how many mails that count each person got since midnight in Berlin."""
    midnight = datetime.combine(clock.today(), time(), clock.BERLIN)
    statement = (
        select(Mail.account_id, func.count(Mail.id).label("mails"))
        .where(
            Mail.account_id.in_(account_ids),
            Mail.event.in_(CAPPED),
            Mail.created_at >= midnight,
        )
        .group_by(Mail.account_id)
    )
    return {row.account_id: row.mails for row in session.execute(statement)}


UNREAD = select(Notification).where(
    Notification.account_id == bindparam("account_id"),
    Notification.read_at.is_(None),
)
UNREAD_ABOUT = UNREAD.where(Notification.subject == bindparam("subject"))
IS_MESSAGE = Notification.event == Event.MESSAGE
UNREAD_COUNTS = UNREAD.with_only_columns(
    func.count(Notification.id).filter(Notification.is_shown),
    func.count(Notification.subject.distinct()).filter(IS_MESSAGE),
)


def unread_about(actor: Actor, subject: str) -> list[Notification]:
    values = {"account_id": actor.account_id, "subject": subject}
    return list(session.scalars(UNREAD_ABOUT, values))


def count_unread(actor: Actor) -> tuple[int, int]:
    """Return unread notifications, and conversations with messages one was told of."""
    if not actor.is_signed_in:
        return 0, 0
    counts = session.execute(UNREAD_COUNTS, {"account_id": actor.account_id}).one()
    return counts[0], counts[1]


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
    shown = select(Notification).where(visible_to(actor), Notification.is_shown)
    statement = shown.order_by(Notification.id.desc())
    offset = (page - 1) * settings.page_size
    return session.scalars(statement.limit(settings.page_size).offset(offset)).all()


def count_notifications(actor: Actor) -> int:
    shown = select(func.count(Notification.id)).where(visible_to(actor), Notification.is_shown)
    return session.scalar(shown) or 0


def get_notification(actor: Actor, notification_id: int) -> Notification:
    told = session.scalar(
        select(Notification).where(Notification.id == notification_id, visible_to(actor))
    )
    if told is None:
        raise NotFound
    return told


def choices(account_id: int | None) -> dict[Event, Choice]:
    """Return the wishes a person has expressed; for other events the default counts."""
    statement = select(Choice).where(Choice.account_id == account_id)
    return {choice.event: choice for choice in session.scalars(statement)}


def wishes_of(actor: Actor, events: Iterable[Event]) -> dict[Event, Wish]:
    """Return the channels of one person for each event."""
    chosen = choices(actor.account_id)
    return {
        event: chosen[event].wish if event in chosen else DEFAULTS[event.kind]
        for event in events
    }


def find_settings(actor: Actor) -> MailSettings:
    """Return when mails may come to somebody; who never chose gets what ships, unsaved."""
    chosen = session.get(MailSettings, actor.account_id)
    return chosen or MailSettings(rhythm=Rhythm.WEEKLY, weekday=WEEKDAY, hour=HOUR)


def get_account(actor: Actor) -> Account:
    account = session.get(Account, actor.account_id)
    if account is None:
        raise NotFound
    return account


def account_exists(account_id: int) -> bool:
    statement = select(Account.id).where(Account.id == account_id, Account.closed_at.is_(None))
    return session.scalar(statement) is not None
