"""Telling people: a row in the platform and, as they wish, a mail now or later.

`notify()` is called inside the transaction of what happened, `notify_all()` by jobs for many
people (not of service mails). Service mails leave at once; others wait some minutes for more
about the same, and are sent by `inforo.mailings`, which looks again who may see what.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import insert, update

from inforo import mail
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.i18n import LANGUAGES, written
from inforo.notifications import queries, schedule
from inforo.notifications.models import (
    Choice,
    Event,
    EventClass,
    MailOutcome,
    MailSettings,
    Notification,
    Wish,
)


def notify(recipient: Account, event: Event, **what: Any) -> Notification | None:
    """Tell one person once per `key`, see `prepare`; None if they were told before."""
    told = prepare([recipient], event, **what)
    session.add_all(told)
    if event.kind is EventClass.SERVICE:
        send(recipient, told)
    return told[0] if told else None


def notify_all(recipients: Iterable[Account], event: Event, **what: Any) -> None:
    """Tell many people once per `key`, see `prepare`; the rows go out in one statement."""
    rows = [row_of(told) for told in prepare(recipients, event, **what)]
    if rows:
        session.execute(insert(Notification), rows)


def row_of(told: Notification) -> dict[str, Any]:
    """Return what was set on a new notification, as values of a row."""
    return {name: value for name, value in vars(told).items() if not name.startswith("_")}


def prepare(  # noqa: PLR0913 (what a message consists of)
    recipients: Iterable[Account],
    event: Event,
    *,
    key: str,
    title: Any,
    url: str,
    text: Any = "",
    subject: str = "",
    about: str = "",
    actor: Actor | None = None,
) -> list[Notification]:
    """Return the rows that tell people once per `key`, in as many queries for one as for many.

    `key` names the occasion ("reply:17"); `title` and `text` are plain text, of `_l()` if they
    are ours, for they are kept in the recipient's language; `url` is a path on this platform;
    `subject` is the object ("threads:3"), mails about the same one are bundled and form a
    conversation; `about` is what must be visible ("posts:17"), if not the subject.
    """
    people = {f"{key}:account:{person.id}": person for person in recipients if person.is_active}
    for known in queries.told_keys(people):
        del people[known]
    words = {code: (written(title, code), written(text, code)) for code in LANGUAGES}
    told = []
    for dedupe_key, person in people.items():
        own_title, own_text = words.get(person.language, words["de"])
        told.append(
            Notification(
                account_id=person.id,
                event=event,
                dedupe_key=dedupe_key,
                title=own_title,
                text=own_text,
                url=url,
                subject=subject,
                about=about,
                actor_id=actor.account_id if actor else None,
            )
        )
    decide(event, subject, told)
    return told


def decide(event: Event, subject: str, told: list[Notification]) -> None:
    """Set the channels of new notifications about one event, as each person wishes."""
    ids = [each.account_id for each in told]
    wishes = queries.wishes(ids, event)
    waiting = queries.bundles_waiting(ids, subject)
    ready = now() + timedelta(minutes=settings.mail_bundle_minutes)
    for each in told:
        set_channels(each, wishes[each.account_id], waiting.get(each.account_id, ready))


def set_channels(told: Notification, wish: Wish, due_at: datetime) -> None:
    """Decide where one notification goes; a mail joins the bundle that waits already."""
    told.is_shown = wish.on_platform
    if wish.by_mail:
        told.mail_outcome, told.mail_due_at = MailOutcome.WAITING, due_at
    else:
        told.mail_outcome = MailOutcome.DIGEST if wish.in_digest else MailOutcome.UNWANTED


def send(recipient: Account, told: list[Notification]) -> None:
    """Put service mails into the outbox, one for each notification."""
    for each in told:
        ordered = mail.order(
            recipient.email,
            "notifications/notification",
            dedupe_key=each.dedupe_key,
            name=recipient.name,
            account_id=recipient.id,
            language=recipient.language,
            thread_key=each.subject,
            notification=each,
            url=url_for("pages.start", _external=True).rstrip("/") + each.url,
        )
        session.flush()
        each.settle(MailOutcome.SENT, ordered)


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


def choose(account_id: int, event: Event, wish: Wish) -> None:
    """Keep a wish; what is the default leaves a row too, so that it stays as it was chosen."""
    known = queries.choices(account_id).get(event)
    if known is None:
        known = Choice(account_id=account_id, event=event)
        session.add(known)
    known.on_platform, known.by_mail = wish.on_platform, wish.by_mail
    known.in_digest = wish.in_digest


def stop_mails(account_id: int, event: Event) -> None:
    """End the mails of one kind; platform and digest stay as they are."""
    wish = queries.wishes([account_id], event)[account_id]
    choose(account_id, event, Wish(wish.on_platform, False, wish.in_digest))


def settings_of(account_id: int) -> MailSettings:
    """Return when mails may come to somebody, as a row."""
    chosen = session.get(MailSettings, account_id)
    if chosen is None:
        chosen = MailSettings(account_id=account_id)
        session.add(chosen)
        session.flush()
    return chosen


def choose_times(account: Account, values: dict[str, Any]) -> None:
    """Keep when mails may come, and plan the next digest anew."""
    chosen = settings_of(account.id)
    is_introduced = values.pop("introduced")
    for name, value in values.items():
        setattr(chosen, name, value)
    chosen.introduced_at = (chosen.introduced_at or now()) if is_introduced else None
    chosen.digest_due_at = schedule.next_digest(chosen, account.state_code, now())
