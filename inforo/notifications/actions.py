"""Telling people: a row in the platform and, unless they opted out, a mail.

`notify()` is called inside the transaction of what happened, or by a job for many people.
"""

from typing import Any

from flask import url_for
from sqlalchemy import update

from inforo import mail
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.i18n import written
from inforo.notifications import queries
from inforo.notifications.models import Event, MailChoice, Notification

# Decisions about oneself and interventions in one's texts are service mails: always sent.
ALWAYS_MAILED = frozenset({Event.DECISION, Event.MODERATION})


def notify(  # noqa: PLR0913 (what a message consists of)
    recipient: Account,
    event: Event,
    *,
    key: str,
    title: Any,
    url: str,
    text: Any = "",
    subject: str = "",
    actor: Actor | None = None,
    thread_key: str = "",
) -> Notification | None:
    """Tell one person once per `key`; return None if they were told before.

    `key` names the occasion ("reply:17"); `title` and `text` are plain text, of `_l()` if they
    are ours, for they are kept in the recipient's language; `url` is a path on this platform;
    `subject` is the object ("posts:17"); `thread_key` groups mails to a conversation.
    """
    dedupe_key = f"{key}:account:{recipient.id}"
    if queries.was_told(dedupe_key) or not recipient.is_active:
        return None
    told = Notification(
        account_id=recipient.id,
        event=event,
        dedupe_key=dedupe_key,
        title=written(title, recipient.language),
        text=written(text, recipient.language),
        url=url,
        subject=subject,
        actor_id=actor.account_id if actor else None,
    )
    session.add(told)
    if event in ALWAYS_MAILED or queries.wants_mail(recipient.id, event):
        send(recipient, told, thread_key)
    return told


def send(recipient: Account, told: Notification, thread_key: str) -> None:
    """Put the notification into the outbox as a mail."""
    optional = told.event not in ALWAYS_MAILED
    mail.order(
        recipient.email,
        "notifications/notification",
        dedupe_key=told.dedupe_key,
        name=recipient.name,
        account_id=recipient.id,
        language=recipient.language,
        unsubscribe_url=unsubscribe_url(recipient, told.event) if optional else "",
        thread_key=thread_key,
        notification=told,
        url=url_for("pages.start", _external=True).rstrip("/") + told.url,
    )


def unsubscribe_url(recipient: Account, event: Event) -> str:
    """Return the signed address that ends mails of one kind without signing in."""
    return url_for(
        "notifications.unsubscribe",
        token=queries.unsubscribe_token(recipient.id, event),
        _external=True,
    )


def mark_read(actor: Actor, notifications: list[Notification]) -> None:
    for told in notifications:
        told.read_at = told.read_at or now()


def mark_subject_read(actor: Actor, subject: str) -> None:
    """Note that somebody saw what the notifications about an object point to."""
    mark_read(actor, queries.unread_about(actor, subject))


def mark_all_read(actor: Actor) -> None:
    session.execute(
        update(Notification)
        .where(Notification.account_id == actor.account_id, Notification.read_at.is_(None))
        .values(read_at=now())
    )


def choose_mail(account_id: int, event: Event, *, by_mail: bool) -> None:
    known = queries.mail_choices(account_id).get(event)
    if known is not None:
        known.by_mail = by_mail
    elif not by_mail:  # mail is on without a row
        session.add(MailChoice(account_id=account_id, event=event, by_mail=False))
