"""When a question rises: working days, without the public holidays of its Land."""

from datetime import date, timedelta

from inforo import clock
from inforo.config import settings
from inforo.discussions.models import Thread
from inforo.offices.workdays import is_working_day, working_day_after


def ask_day(thread: Thread) -> date:
    """Return the day on which people who can help are asked, today at the earliest."""
    return coming(thread, settings.unanswered_working_days)


def raise_day(thread: Thread) -> date:
    """Return the day on which who looks after the question gets it."""
    return coming(thread, settings.unanswered_raise_days)


def answer_day(thread: Thread, since: date) -> date:
    """Return by when the coordination office should have done something."""
    return working_day_after(settings.unanswered_office_days, since, thread.state_code)


def coming(thread: Thread, days: int) -> date:
    day = working_day_after(days, thread.created_at, thread.state_code)
    return working_day_from(max(day, clock.today()), thread.state_code)


def working_day_from(day: date, state_code: str | None) -> date:
    while not is_working_day(day, state_code):
        day += timedelta(days=1)
    return day
