"""Every SELECT on reminders. Who asks comes first.

What a reminder is about is named only as long as the person may see it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread
from inforo.errors import NotFound
from inforo.reminders import policy
from inforo.reminders.models import Reminder
from inforo.toolbox import policy as toolbox
from inforo.toolbox.models import Example


def get_reminder(actor: Actor, reminder_id: int) -> Reminder:
    mine = policy.visible_to(actor)
    reminder = session.scalar(select(Reminder).where(Reminder.id == reminder_id, mine))
    if reminder is None:
        raise NotFound
    return reminder


def named(actor: Actor) -> Any:
    """Select the person's reminders, with the titles they may see now (else None)."""
    thread = and_(Thread.id == Reminder.thread_id, discussions.visible_to(actor))
    example = and_(Example.id == Reminder.example_id, toolbox.visible_to(actor))
    return (
        select(
            Reminder, Thread.title.label("thread_title"), Example.title.label("example_title")
        )
        .select_from(Reminder)
        .outerjoin(Thread, thread)
        .outerjoin(Example, example)
        .where(policy.visible_to(actor))
    )


def list_open(actor: Actor, page: int) -> Sequence[Any]:
    """Return one page of what is not done, the earliest first; one row more than it shows."""
    statement = named(actor).where(Reminder.done_at.is_(None))
    return paged(statement.order_by(Reminder.due_on, Reminder.id), page)


def list_done(actor: Actor, page: int) -> Sequence[Any]:
    statement = named(actor).where(Reminder.done_at.is_not(None))
    return paged(statement.order_by(Reminder.done_at.desc(), Reminder.id.desc()), page)


def paged(statement: Any, page: int) -> Sequence[Any]:
    size = settings.page_size
    return session.execute(statement.limit(size + 1).offset((page - 1) * size)).all()


def get_named(actor: Actor, reminder: Reminder) -> Any:
    """Return a reminder with the title of what it is about, if that may be seen."""
    return session.execute(named(actor).where(Reminder.id == reminder.id)).one()


def open_about(
    actor: Actor, *, thread_id: int | None = None, example_id: int | None = None
) -> list[Reminder]:
    """Return the person's open reminders of a thread or an example."""
    statement = select(Reminder).where(
        policy.visible_to(actor),
        Reminder.done_at.is_(None),
        Reminder.thread_id.is_not_distinct_from(thread_id),
        Reminder.example_id.is_not_distinct_from(example_id),
    )
    return list(session.scalars(statement.order_by(Reminder.due_on, Reminder.id)))


def untold(day: date, limit: int) -> list[Reminder]:
    """Return reminders nobody was told of though their day has come."""
    statement = (
        select(Reminder)
        .where(Reminder.told_at.is_(None), Reminder.done_at.is_(None), Reminder.due_on <= day)
        .order_by(Reminder.due_on, Reminder.id)
        .limit(limit)
    )
    return list(session.scalars(statement))
