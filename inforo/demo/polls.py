"""Polls of the demo: one anonymous, one with names, one that has ended."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.demo.source import Catalogue, read
from inforo.discussions.models import Thread
from inforo.groups.models import Membership
from inforo.polls.ballots import key_for
from inforo.polls.models import Ballot, Choice, Poll, PollOption


def load_polls(catalogue: Catalogue) -> None:
    for row in read("polls.json"):
        thread = session.scalars(select(Thread).where(Thread.title == row["thread"])).one()
        poll = Poll(
            thread=thread,
            question=row["question"],
            is_multiple=row["is_multiple"],
            is_named=row["is_named"],
            shows_early=row["shows_early"],
            ends_on=clock.today() + timedelta(days=row["days_left"]),
        )
        session.add(poll)
        session.flush()
        cast(poll, add_options(poll, row), voters(catalogue, thread, row))


def add_options(poll: Poll, row: dict[str, Any]) -> list[tuple[PollOption, int]]:
    """Add the options; return each with the number of its votes."""
    added = [
        (PollOption(poll_id=poll.id, position=position, label=label), number)
        for position, (label, number) in enumerate(row["options"], 1)
    ]
    session.add_all(option for option, _number in added)
    session.flush()
    return added


def voters(catalogue: Catalogue, thread: Thread, row: dict[str, Any]) -> list[int]:
    """Return members of the group, without those who shall still be able to vote."""
    undecided = {catalogue.people[key].id for key in row["undecided"]}
    members = select(Membership.account_id).where(Membership.group_id == thread.group_id)
    found = session.scalars(members.order_by(Membership.account_id))
    return [account_id for account_id in found if account_id not in undecided]


def cast(poll: Poll, options: list[tuple[PollOption, int]], people: list[int]) -> None:
    chosen = [option for option, number in options for _vote in range(number)]
    for account_id, option in zip(people, chosen, strict=False):
        key = key_for(account_id, poll.thread_id)
        voter = account_id if poll.is_named else None
        session.add(Ballot(key=key, poll_id=poll.id, account_id=voter))
        session.flush()
        session.add(Choice(ballot_key=key, option_id=option.id))
    session.flush()
