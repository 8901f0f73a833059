"""Every SELECT on polls. Who asks comes first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Text, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.queries import get_thread
from inforo.errors import NotFound
from inforo.polls import policy
from inforo.polls.ballots import key_of
from inforo.polls.models import Ballot, Choice, Poll, PollOption

MOST_NAMES = 200


@dataclass
class State:
    """A poll as one reader sees it: options with numbers, and what they chose.

    `names` are (id or None, name) per option, empty where they are not shown.
    """

    poll: Poll
    count: int
    options: Sequence[Any]
    mine: set[int] = field(default_factory=set)
    shows_result: bool = False
    names: dict[int, list[Any]] = field(default_factory=dict)
    has_more_names: bool = False

    @property
    def from_elsewhere(self) -> Thread | None:
        """The thread the poll was made in, if that was merged into the one it is read in."""
        return None if self.poll.place is self.poll.thread else self.poll.thread

    @property
    def chosen(self) -> list[str]:
        return [str(option.id) for option in self.options if option.id in self.mine]

    @property
    def has_voted(self) -> bool:
        return bool(self.mine)

    def may_show_names(self, actor: Actor) -> bool:
        return self.shows_result and policy.may_see_names(actor, self.poll)

    @property
    def rows(self) -> list[tuple[str, int]]:
        return [(option.label, option.number) for option in self.options]


def find_poll(thread: Thread) -> Poll | None:
    return session.scalar(select(Poll).where(Poll.thread_id == thread.id))


def states(actor: Actor, place: Thread) -> list[State]:
    """Return the polls read in a thread, its own first: one statement, two with others."""
    found: dict[int, list[Any]] = {}
    for row in session.execute(READ_IN, asked(actor, place.id)):
        found.setdefault(row.Poll.id, []).append(row)
    polls = [rows[0].Poll for rows in found.values()]
    others = [key_of(actor, poll.thread_id) for poll in polls if poll.thread_id != place.id]
    mine = chosen_on(others) if others and actor.is_member else set()
    shown = [state_of(rows, mine) for rows in found.values()]
    return sorted(shown, key=lambda state: state.poll.thread_id != place.id)


def find_state(actor: Actor, thread: Thread) -> State | None:
    """Return the poll made in a thread, wherever the actor may read it: one statement."""
    found = session.execute(MADE_IN, asked(actor, thread.id)).all()
    return state_of(found, set()) if found else None


def get_state(actor: Actor, thread_id: int) -> State:
    """Return the same by its number, if the thread it is read in is there for the actor."""
    get_thread(actor, thread_id)
    state = find_state(actor, session.get_one(Thread, thread_id))
    if state is None:
        raise NotFound
    return state


def state_of(rows: Sequence[Any], mine: set[int]) -> State:
    own = {row.id for row in rows if row.is_mine or row.id in mine}
    state = State(rows[0].Poll, rows[0].voters, rows, own)
    state.shows_result = policy.may_see_result(
        state.poll, state.count, has_voted=state.has_voted
    )
    return state


def get_state_with_names(actor: Actor, thread_id: int) -> State:
    """Return the same, in a named poll with who chose what, for members."""
    state = get_state(actor, thread_id)
    if state.may_show_names(actor):
        named = voters(state.poll)
        state.has_more_names = len(named) > MOST_NAMES
        for row in named[:MOST_NAMES]:
            state.names.setdefault(row.option_id, []).append(row)
    return state


def asked(actor: Actor, thread_id: int) -> dict[str, Any]:
    return {"thread_id": thread_id, "own_key": key_of(actor, thread_id)}


def homes() -> Any:
    """Return the ids of a thread and of all that were merged into it."""
    place = select(Thread.id).where(Thread.id == bindparam("thread_id"))
    found = place.cte("homes", recursive=True)
    return found.union(select(Thread.id).where(Thread.merged_into_id == found.c.id))


def chosen_on(keys: Sequence[str]) -> set[int]:
    return set(session.scalars(select(Choice.option_id).where(Choice.ballot_key.in_(keys))))


def counted() -> Any:
    """Return polls with their options and numbers, and what is on the ballot `own_key`."""
    key = bindparam("own_key", type_=Text)
    chosen = select(Choice.option_id).where(Choice.option_id == PollOption.id)
    number = select(func.count(Choice.option_id)).where(Choice.option_id == PollOption.id)
    everybody = select(func.count(Ballot.key)).where(Ballot.poll_id == Poll.id)
    return (
        select(
            Poll,
            PollOption.id,
            PollOption.label,
            number.correlate(PollOption).scalar_subquery().label("number"),
            everybody.correlate(Poll).scalar_subquery().label("voters"),
            chosen.where(Choice.ballot_key == key).exists().label("is_mine"),
        )
        .join(PollOption, PollOption.poll_id == Poll.id)
        .join(Poll.thread)
        .options(contains_eager(Poll.thread))
        .order_by(Poll.id, PollOption.position)
    )


# Asked by every thread page: built once.
READ_IN = counted().where(Poll.thread_id.in_(select(homes().c.id)))
MADE_IN = counted().where(Poll.thread_id == bindparam("thread_id"))


def voters(poll: Poll) -> Sequence[Any]:
    """Return who chose what in a named poll, by name; one row more than is shown."""
    statement = (
        select(Choice.option_id, Account.id, Account.name, Account.closed_at)
        .join(Ballot, Ballot.key == Choice.ballot_key)
        .outerjoin(Account, Account.id == Ballot.account_id)
        .where(Ballot.poll_id == poll.id)
        .order_by(Account.name, Account.id)
        .limit(MOST_NAMES + 1)
    )
    return session.execute(statement).all()


def lock(thread: Thread) -> None:
    """Hold a thread and the one it is read in until the commit, as they are now."""
    fresh = (
        select(Thread)
        .where(or_(Thread.id == thread.id, Thread.id == merged_into(thread)))
        .order_by(Thread.id)
        .with_for_update()
    )
    session.scalars(fresh.execution_options(populate_existing=True)).all()


def merged_into(thread: Thread) -> Any:
    return select(Thread.merged_into_id).where(Thread.id == thread.id).scalar_subquery()


def labels(poll: Poll) -> list[str]:
    statement = select(PollOption.label).where(PollOption.poll_id == poll.id)
    return list(session.scalars(statement.order_by(PollOption.position)))


def option_ids(poll: Poll) -> set[int]:
    return set(session.scalars(select(PollOption.id).where(PollOption.poll_id == poll.id)))


def count_ballots(poll: Poll) -> int:
    return session.scalar(select(func.count(Ballot.key)).where(Ballot.poll_id == poll.id)) or 0
