"""Reminders for tests."""

from datetime import timedelta
from typing import Any

from inforo import clock
from inforo.reminders.models import Reminder
from tests.factories import save


def make_reminder(account: Any, target: Any, *, days: int = 7, **values: Any) -> Reminder:
    """Remind somebody of a thread or an example in some days."""
    column = "thread_id" if target.__tablename__ == "threads" else "example_id"
    due_on = clock.today() + timedelta(days=days)
    return save(Reminder(account_id=account.id, due_on=due_on, **{column: target.id}, **values))
