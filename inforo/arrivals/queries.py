"""What has arrived for somebody. Who asks comes first."""

from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, literal, select

from inforo.authz import Actor
from inforo.clock import now
from inforo.db import UTCDateTime, session
from inforo.discussions import policy
from inforo.discussions.models import Post, Thread
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.notifications.models import Event, Notification
from inforo.positions.queries import number_read

ACCOUNT_ID = bindparam("account_id", type_=BigInteger)
THREAD_ID = bindparam("thread_id", type_=BigInteger)
MINE = (Notification.account_id == ACCOUNT_ID, Notification.read_at.is_(None))
UNREAD = (
    select(func.count(Notification.id)).where(*MINE, Notification.is_shown).scalar_subquery()
)
MESSAGES = (
    select(func.count(Notification.subject.distinct()))
    .where(*MINE, Notification.event == Event.MESSAGE)
    .scalar_subquery()
)


def arrived(actor: Actor, thread_id: int | None) -> tuple[int, int, int]:
    """Return the unread notifications, conversations, and the posts of a thread (or 0).

    One statement, asked every half minute by every open window: so it is built once per actor.
    Raises NotFound where the thread is not there for the person (any more).
    """
    values = {"account_id": actor.account_id, "thread_id": thread_id}
    unread, talks, posts = session.execute(numbers(actor, thread_id is None), values).one()
    if thread_id is not None and posts is None:
        raise NotFound
    return unread, talks, posts or 0


@lru_cache(maxsize=256)
def numbers(actor: Actor, is_alone: bool) -> Any:
    if is_alone:
        return select(UNREAD, MESSAGES, literal(0))
    posts = (
        select(Thread.post_count)
        .where(Thread.id == THREAD_ID, policy.visible_to(actor))
        .scalar_subquery()
    )
    return select(UNREAD, MESSAGES, posts)


def next_unread(actor: Actor, post: Post) -> int:
    """Return the number of the first post the person has not read, at most that of `post`."""
    return min(number_read(actor, post.thread_id) + 1, post.number)


def threads_to_read(actor: Actor, group: Group) -> Any:
    """Select the threads of a group as positions at their ends, for `read_all_of`."""
    return select(
        literal(actor.account_id, BigInteger),
        Thread.id,
        Thread.post_count,
        literal(now(), UTCDateTime),
    ).where(Thread.group_id == group.id, policy.visible_to(actor))
