"""Every SELECT on mails that wait, or were sent, about notifications."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from inforo.accounts.models import Account, search_key
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.discussions.hearing import may_hear
from inforo.discussions.models import Thread
from inforo.groups import queries as groups
from inforo.mail import Mail
from inforo.mailings import policy
from inforo.notifications.models import Choice, MailOutcome, MailSettings, Notification
from inforo.notifications.policy import visible_to
from inforo.watching.models import Watch


def due_people(moment: datetime, limit: int) -> list[int]:
    """Return whose mails have waited long enough, the longest waiting first."""
    statement = (
        select(Notification.account_id)
        .where(
            Notification.mail_due_at <= moment,
            Notification.mail_outcome == MailOutcome.WAITING,
        )
        .group_by(Notification.account_id)
        .order_by(func.min(Notification.mail_due_at), Notification.account_id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def due_notifications(account_ids: Sequence[int], moment: datetime) -> list[Notification]:
    """Return what is due for these people, hidden from other workers until the commit."""
    statement = (
        select(Notification)
        .where(
            Notification.account_id.in_(account_ids),
            Notification.mail_due_at <= moment,
            Notification.mail_outcome == MailOutcome.WAITING,
        )
        .order_by(Notification.account_id, Notification.id)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(statement))


def people(ids: Iterable[int]) -> list[Account]:
    """Return accounts as they are now, whatever the transaction has read before."""
    statement = select(Account).where(Account.id.in_(set(ids)))
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def settings_by_person(account_ids: Sequence[int]) -> dict[int, MailSettings]:
    statement = select(MailSettings).where(MailSettings.account_id.in_(account_ids))
    return {chosen.account_id: chosen for chosen in session.scalars(statement)}


def choices_by_person(account_ids: Sequence[int]) -> dict[tuple[int, str], Choice]:
    statement = select(Choice).where(Choice.account_id.in_(account_ids))
    return {(choice.account_id, choice.event): choice for choice in session.scalars(statement)}


def notifications_in(mail: Mail) -> list[Notification]:
    """Return what a mail tells, in the order in which it tells it; not of digests."""
    statement = select(Notification).where(
        Notification.mail_id == mail.id, Notification.mail_outcome != MailOutcome.DIGESTED
    )
    return list(session.scalars(statement.order_by(Notification.id)))


# Why there is a mail, or none -------------------------------------------------------------

FATE = (
    select(
        Notification.id,
        Notification.event,
        Notification.title,
        Notification.about,
        Notification.created_at,
        Notification.mail_outcome,
        Notification.mail_id,
        Mail.sent_at,
        Mail.given_up_at,
        Account.id.label("account_id"),
        Account.name,
    )
    .join(Account, Account.id == Notification.account_id)
    .outerjoin(Mail, Mail.id == Notification.mail_id)
    .order_by(Notification.id.desc())
)


def own_fates(actor: Actor, page: int) -> Sequence[Any]:
    """Return what became of the mails about what somebody was told, the newest first."""
    told = FATE.add_columns(Notification).where(visible_to(actor))
    statement = told.limit(settings.page_size)
    return session.execute(statement.offset((page - 1) * settings.page_size)).all()


def count_own(actor: Actor) -> int:
    statement = select(func.count(Notification.id)).where(visible_to(actor))
    return session.scalar(statement) or 0


def outcomes_about(actor: Actor, subject: str) -> list[tuple[Any, int]]:
    """Return outcome and number of people of one's own scope, for mails about an object."""
    statement = (
        select(Notification.mail_outcome, func.count(Notification.id))
        .join(Account, Account.id == Notification.account_id)
        .where(Notification.subject == subject, policy.recipients_of(actor))
        .group_by(Notification.mail_outcome)
        .order_by(func.count(Notification.id).desc())
    )
    return [(outcome, number) for outcome, number in session.execute(statement)]


def fates_about(actor: Actor, subject: str, name: str, limit: int) -> Sequence[Any]:
    """Return what became of each mail about an object, for people of one's own scope."""
    statement = FATE.where(Notification.subject == subject, policy.recipients_of(actor))
    for word in search_key(name).split():
        statement = statement.where(Account.name_key.contains(word, autoescape=True))
    return session.execute(statement.limit(limit)).all()


def untold(actor: Actor, thread: Thread, name: str, limit: int) -> Sequence[Any]:
    """Return people of that name who read a thread but were told nothing of it.

    Fan-outs leave no row for them; what they chose says why, with the day since when.
    """
    own, around = aliased(Watch), aliased(Watch)
    told = select(Notification.account_id).where(Notification.subject == subject_of(thread))
    statement = (
        select(
            Account.id.label("account_id"),
            Account.name,
            own.level.label("thread_level"),
            own.created_at.label("thread_since"),
            around.level.label("group_level"),
            around.created_at.label("group_since"),
        )
        .outerjoin(own, and_(own.account_id == Account.id, own.thread_id == thread.id))
        .outerjoin(
            around, and_(around.account_id == Account.id, around.group_id == thread.group_id)
        )
        .where(
            Account.id.not_in(told),
            policy.recipients_of(actor),
            may_hear(thread.group),
            *groups.ACTIVE,
        )
        .order_by(Account.name_key, Account.id)
        .limit(limit)
    )
    for word in search_key(name).split():
        statement = statement.where(Account.name_key.contains(word, autoescape=True))
    return session.execute(statement).all()
