"""Who follows posts, and how far people have read, once the posts are in another thread."""

from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import case, delete, literal, select

from inforo.clock import now
from inforo.db import bigint, session
from inforo.discussions.models import Thread
from inforo.positions.actions import read_all_of
from inforo.positions.models import Position
from inforo.watching.actions import watch_of
from inforo.watching.models import Level, Target, Watch

HEARING = (Level.WATCH, Level.FOLLOW)


def follow_along(source: Thread, target: Thread) -> list[int]:
    """Let the followers of one thread follow another; return who did not do so before."""
    chosen = select(Watch.account_id).where(Watch.thread_id == target.id)
    new = session.execute(
        select(Watch.account_id, Watch.level).where(
            Watch.thread_id == source.id,
            Watch.level.in_(HEARING),
            Watch.account_id.not_in(chosen),
        )
    ).all()
    session.add_all(
        watch_of(account_id, Target.THREAD, target.id, level) for account_id, level in new
    )
    return [account_id for account_id, _level in new]


def unfollow(target: Thread, account_ids: list[int]) -> None:
    """Let people who only followed along no longer hear of the target."""
    session.execute(
        delete(Watch).where(
            Watch.thread_id == target.id,
            Watch.account_id.in_(account_ids),
            Watch.level.in_(HEARING),
        )
    )


def read_along(source: Thread, target: Thread, numbers: list[int]) -> None:
    """Let what people had read in a thread count as read in the one split off from it."""
    read: Any = reduce(add, (case((Position.number >= each, 1), else_=0) for each in numbers))
    columns = Position.account_id, literal(target.id, bigint), read, literal(now())
    read_all_of(select(*columns).where(Position.thread_id == source.id, read > 0))
