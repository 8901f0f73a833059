"""Who hears of a post or of a thread: may read it now, and wants to be told."""

from sqlalchemy import ColumnElement, select, true

from inforo.accounts.models import Account
from inforo.db import session
from inforo.discussions.models import Post, Thread, ThreadTerm
from inforo.discussions.queries import OPEN_AUDIENCES
from inforo.groups import queries as groups
from inforo.groups.models import Group, Membership
from inforo.watching import queries as watching
from inforo.watching.models import Level, Target


def may_hear(group: Group) -> ColumnElement[bool]:
    """Tell which accounts read the group now, as a condition on `Account`."""
    if group.audience in OPEN_AUDIENCES:
        return true()
    return belongs_to(group)


def belongs_to(group: Group) -> ColumnElement[bool]:
    """Tell which accounts are members of the group, as a condition on `Account`."""
    members = select(Membership.account_id).where(Membership.group_id == group.id)
    return Account.id.in_(members)


def listeners(post: Post, after: int, limit: int) -> list[Account]:
    """Return the next people to be told of a post: by id, after the given one.

    Who wants to hear of it by their levels (`watching`), may read it now, and did not write it.
    """
    thread = post.thread
    wanted = watching.wants_to_hear(
        Account.id,
        thread.id,
        thread.group_id,
        topics_of(thread),
        post.created_at,
        in_group=belongs_to(thread.group),
        is_question=post.number == 1,
    )
    return hearers(thread, wanted, post.author_id, after, limit)


def watchers(thread: Thread, besides: int | None, after: int, limit: int) -> list[Account]:
    """Return the next people who watch a thread itself and may read it now."""
    chosen = watching.those_who_chose(Target.THREAD, [thread.id], Level.WATCH)
    return hearers(thread, Account.id.in_(chosen), besides, after, limit)


def hearers(
    thread: Thread, wanted: ColumnElement[bool], besides: int | None, after: int, limit: int
) -> list[Account]:
    statement = (
        select(Account)
        .where(
            wanted,
            Account.id > after,
            Account.id != (besides or 0),
            may_hear(thread.group),
            *groups.ACTIVE,
        )
        .order_by(Account.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def topics_of(thread: Thread) -> list[int]:
    tagged = select(ThreadTerm.term_id).where(ThreadTerm.thread_id == thread.id)
    return list(session.scalars(tagged))
