"""The clock of unanswered questions.

Each question is one transaction: its rows and notifications are there together or not at
all. A worker that dies asks nobody twice, and the next run goes on where it stopped.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from huey import crontab

from inforo import clock
from inforo.config import settings
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.jobs import sweep
from inforo.offices.workdays import is_working_day, working_day_after
from inforo.rising import policy, queries, raising
from inforo.rising.models import HelpOutcome, HelpRequest

log = logging.getLogger(__name__)
BATCH = 200
PATIENCE = timedelta(days=30)


@sweep(crontab(minute="23", hour="6-16"))
def let_questions_rise() -> None:
    """Ask people who can help, and hand on what stayed without an answer; by day only."""
    each_due(queries.to_be_asked, settings.unanswered_working_days, ask_about)
    each_due(queries.to_be_raised, settings.unanswered_raise_days, hand_on)


def each_due(
    find: Callable[[int, int], list[Thread]], days: int, act: Callable[[int], None]
) -> None:
    """Do a step for every question whose working days have passed, batch after batch."""
    after = 0
    while threads := find(after, BATCH):
        after = threads[-1].id
        due = [thread.id for thread in threads if is_due(thread, days)]
        session.commit()
        for thread_id in due:
            attempt(act, thread_id)


def is_due(thread: Thread, days: int) -> bool:
    today, state_code = clock.today(), thread.state_code
    day = working_day_after(days, thread.created_at, state_code)
    return day <= today and is_working_day(today, state_code)


def attempt(act: Callable[[int], None], thread_id: int) -> None:
    try:
        act(thread_id)
        session.commit()
    except Exception:  # one broken question must not silence all behind it
        session.rollback()
        log.exception("question %s could not rise", thread_id)


def ask_about(thread_id: int) -> None:
    thread = queries.lock_question(thread_id)
    if thread is not None and policy.is_open(thread):
        raising.ask_helpers(thread, settings.unanswered_helpers)


def hand_on(thread_id: int) -> None:
    thread = queries.lock_question(thread_id)
    if thread is not None and policy.is_open(thread):
        raising.raise_question(thread)


@sweep(crontab(minute="41"))
def note_outcomes() -> None:
    """Note of everybody who was asked what came of it."""
    after = 0
    while requests := queries.waiting_requests(after, BATCH):
        after = requests[-1].id
        note(requests)
        session.commit()


def note(requests: list[HelpRequest]) -> None:
    helped = queries.writers_since_asked(request.id for request in requests)
    done = queries.answered_threads(request.thread_id for request in requests)
    for request in requests:
        if request.id in helped:
            raising.settle(request, HelpOutcome.ANSWERED)
        elif request.thread_id in done or not policy.is_open(request.thread):
            raising.settle(request, HelpOutcome.NEEDLESS)
        elif request.created_at < clock.now() - PATIENCE:
            raising.settle(request, HelpOutcome.SILENT)


@sweep(crontab(minute="35", hour="1"))
def measure_answers() -> None:
    """Compute once a night how long first answers take."""
    raising.note_answer_times(queries.first_answers())
    session.commit()
