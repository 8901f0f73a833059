"""The SELECTs on threads and posts that are no list and no page. Who asks comes first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor, Scope
from inforo.db import session
from inforo.discussions import policy
from inforo.discussions.models import Post, Thread, ThreadExample
from inforo.errors import NotFound
from inforo.groups import queries as groups
from inforo.groups.models import Group, GroupAudience
from inforo.i18n import _l
from inforo.municipalities.models import Municipality
from inforo.toolbox.models import Example
from inforo.toolbox.places import FIGURES, Figure
from inforo.toolbox.states import ExampleState

OPEN_AUDIENCES = (GroupAudience.PUBLIC, GroupAudience.MEMBERS)

# Statements of the thread page are built once: building and hashing them anew for each
# request took longer than running them.
THREAD = (
    select(Thread).where(Thread.id == bindparam("thread_id")).options(joinedload(Thread.group))
)


def get_thread(actor: Actor, thread_id: int) -> Thread:
    """Return the thread with its group, or raise NotFound if it is not there for them.

    A thread that was merged into another is that other thread.
    """
    thread = session.scalar(THREAD, {"thread_id": thread_id})
    if thread is not None and thread.merged_into_id is not None:
        return get_thread(actor, thread.merged_into_id)
    if thread is None or not policy.may_view(actor, thread):
        raise groups.refusal(actor, thread is not None and members_may_view(thread))
    return thread


def members_may_view(thread: Thread) -> bool:
    return thread.group.audience in OPEN_AUDIENCES and not thread.is_hidden


def get_post(actor: Actor, post_id: int) -> Post:
    """Return a post with its thread and group, if the thread is there for the person.

    The place holder of a post that was moved is that post.
    """
    post = session.scalar(
        select(Post)
        .where(Post.id == post_id)
        .options(joinedload(Post.thread).joinedload(Thread.group), joinedload(Post.author))
    )
    if post is None:
        raise NotFound
    if post.moved_to_id is not None:
        return get_post(actor, post.moved_to_id)
    get_thread(actor, post.thread_id)
    return post


def lock_thread(thread: Thread) -> int:
    """Let nobody else add posts until this transaction ends; return the next number."""
    session.scalar(select(Thread.id).where(Thread.id == thread.id).with_for_update())
    last = session.scalar(select(func.max(Post.number)).where(Post.thread_id == thread.id))
    return (last or 0) + 1


def count_published(account_id: int | None, limit: int) -> int:
    """Count the visible posts of a person, at most `limit`."""
    some = (
        select(Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(
            Post.author_id == account_id,
            Post.hidden_at.is_(None),
            Post.deleted_at.is_(None),
            Thread.hidden_at.is_(None),
        )
        .limit(limit)
    )
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def is_open() -> ColumnElement[bool]:
    return and_(Thread.locked_at.is_(None), Thread.hidden_at.is_(None))


def find_post(post_id: int) -> Post | None:
    """Return a post for a job, whoever asked for it."""
    return session.scalar(
        select(Post)
        .where(Post.id == post_id)
        .options(
            joinedload(Post.thread).joinedload(Thread.group),
            joinedload(Post.author).joinedload(Account.municipality),
            joinedload(Post.author).joinedload(Account.organisation),
        )
    )


def accounts(ids: Sequence[int]) -> list[Account]:
    return list(session.scalars(select(Account).where(Account.id.in_(ids))))


def scope_in(group: Group, author_state: str | None) -> Scope:
    """Return what a thread of such an author belongs to in a group."""
    return Scope(group.state_code or author_state, group.programme_key)


def examples_by_id(ids: Sequence[int]) -> list[Example]:
    """Return the published examples with these ids."""
    published = Example.state == ExampleState.PUBLISHED
    return list(session.scalars(select(Example).where(Example.id.in_(ids), published)))


def municipalities(keys: Sequence[str]) -> list[Municipality]:
    return list(session.scalars(select(Municipality).where(Municipality.ags.in_(keys))))


def last_visible_post(thread: Thread) -> Any:
    """Return (created_at, author_id) of the newest post that is shown.

    By time: what was moved in from another thread has the highest number, but is older.
    """
    return session.execute(
        select(Post.created_at, Post.author_id)
        .where(Post.thread_id == thread.id, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
        .order_by(Post.created_at.desc(), Post.number.desc())
        .limit(1)
    ).one_or_none()


def count_threads_about(example: Example) -> int:
    """Return how many discussions all members may read point to an example."""
    statement = (
        select(func.count(Thread.id))
        .join(ThreadExample, ThreadExample.thread_id == Thread.id)
        .join(Group, Group.id == Thread.group_id)
        .where(
            ThreadExample.example_id == example.id,
            Group.audience.in_((GroupAudience.PUBLIC, GroupAudience.MEMBERS)),
            Thread.hidden_at.is_(None),
        )
    )
    return session.scalar(statement) or 0


FIGURES.append(Figure(_l("Diskussionen, die darauf verweisen"), count_threads_about))
