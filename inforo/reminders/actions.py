"""Every write on reminders. Nothing here commits; the caller does."""

from datetime import date

from inforo.authz import Actor
from inforo.clock import now, today
from inforo.db import session
from inforo.notifications.actions import mark_subject_read
from inforo.reminders.models import Reminder


def remind(
    actor: Actor,
    due_on: date,
    note: str,
    *,
    thread_id: int | None = None,
    example_id: int | None = None,
) -> Reminder:
    """Note that the person wants to be reminded of a thread or an example."""
    reminder = Reminder(
        account_id=actor.account_id,
        thread_id=thread_id,
        example_id=example_id,
        due_on=due_on,
        note=note,
    )
    session.add(reminder)
    return reminder


def move(reminder: Reminder, due_on: date, note: str) -> None:
    """Set another day or note; a day to come is told of again."""
    if due_on != reminder.due_on and due_on >= today():
        reminder.told_at = None
    reminder.due_on, reminder.note = due_on, note


def finish(actor: Actor, reminder: Reminder) -> None:
    """Note as done; what was told about it is read."""
    reminder.done_at = reminder.done_at or now()
    mark_subject_read(actor, f"reminders:{reminder.id}")


def reopen(reminder: Reminder) -> None:
    reminder.done_at = None


def remove(actor: Actor, reminder: Reminder) -> None:
    mark_subject_read(actor, f"reminders:{reminder.id}")
    session.delete(reminder)
