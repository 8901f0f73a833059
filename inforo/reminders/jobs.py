"""Telling people on the day, and forgetting what is long done."""

from datetime import timedelta
from typing import Any

from huey import crontab
from sqlalchemy import delete

from inforo import clock
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import session
from inforo.i18n import _l
from inforo.jobs import sweep
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.people.queries import actor_of
from inforo.reminders import queries
from inforo.reminders.models import Reminder

BATCH = 200


@sweep(crontab(minute="10", hour="5-17"))
def tell_due() -> None:
    """Tell of what is due today, by day only, some hundred per commit.

    Run twice, it tells nobody twice: a reminder notes that it was told.
    """
    while reminders := queries.untold(clock.today(), BATCH):
        for reminder in reminders:
            tell(reminder)
        session.commit()


def tell(reminder: Reminder) -> None:
    """Tell the person; what they may not see any more is not named."""
    reminder.told_at = clock.now()
    account = session.get(Account, reminder.account_id)
    actor = actor_of(account) if account else None
    if account is None or actor is None or not actor.is_member:
        return
    row = queries.get_named(actor, reminder)
    notify(
        account,
        Event.REMINDER,
        key=f"reminder:{reminder.id}:{reminder.due_on}",
        title=title_of(row.thread_title or row.example_title),
        url=f"/konto/wiedervorlage/{reminder.id}",
        text=reminder.note,
        subject=f"reminders:{reminder.id}",
        about=about(reminder) if row.thread_title or row.example_title else "",
    )


def about(reminder: Reminder) -> str:
    """Return what must still be visible when the mail leaves."""
    if reminder.thread_id:
        return f"threads:{reminder.thread_id}"
    return f"examples:{reminder.example_id}"


def title_of(title: str | None) -> Any:
    return _l("Wiedervorlage: %(title)s", title=title) if title else _l("Eine Wiedervorlage")


@sweep(crontab(minute="17", hour="2"))
def forget_done() -> None:
    """Delete reminders some time after they were done."""
    until = clock.now() - timedelta(days=settings.keep_done_reminders_days)
    session.execute(delete(Reminder).where(Reminder.done_at < until))
    session.commit()
