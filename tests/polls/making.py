"""Polls for tests."""

from datetime import timedelta
from typing import Any

from inforo import clock
from inforo.db import session
from inforo.polls import actions
from inforo.polls.models import Poll, PollOption
from inforo.polls.queries import option_ids
from tests.factories import actor, make_account, save


def make_poll(thread: Any, *labels: str, days: int = 7, **values: Any) -> Poll:
    """Put a poll under a thread, by default anonymous with one choice."""
    defaults = {"is_multiple": False, "is_named": False, "shows_early": False}
    ends_on = clock.today() + timedelta(days=days)
    question = values.pop("question", "Welche Uhrzeit?")
    poll = save(
        Poll(thread_id=thread.id, question=question, ends_on=ends_on, **(defaults | values))
    )
    for position, label in enumerate(labels or ("Vormittag", "Abend"), 1):
        save(PollOption(poll_id=poll.id, position=position, label=label))
    return poll


def vote_as(account: Any, poll: Poll, *numbers: int) -> None:
    """Let somebody choose the options with these numbers (1 is the first)."""
    ids = sorted(option_ids(poll))
    actions.vote(actor(account), poll.thread, [ids[number - 1] for number in numbers])
    session.commit()


def vote_many(poll: Poll, *, count: int, number: int = 1) -> None:
    for _ in range(count):
        vote_as(make_account("Stimme"), poll, number)
