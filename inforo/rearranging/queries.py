"""Every SELECT on threads that are rearranged."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from inforo import text
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.discussions.naming import relayed_name
from inforo.discussions.queries import get_thread
from inforo.errors import DomainError, NotFound
from inforo.rearranging.models import MovedPost, Rearrangement

ADDRESS = re.compile(r"(?:.*/diskussionen/)?(\d{1,18})(?:[-?#/].*)?")
MOST = 500  # posts offered for choice
EXCERPT = 160


def outline(thread: Thread) -> list[dict[str, Any]]:
    """Return number, author and first words of the posts of a thread."""
    statement = (
        select(Post.id, Post.number, Post.body_html, Post.created_at, Account.name)
        .add_columns(Post.relayed_by_id)
        .outerjoin(Account, Account.id == Post.author_id)
        .where(Post.thread_id == thread.id, Post.moved_to_id.is_(None))
        .order_by(Post.number)
        .limit(MOST)
    )
    return [
        {
            "id": row.id,
            "number": row.number,
            "author": relayed_name(row.number) if row.relayed_by_id else row.name,
            "created_at": row.created_at,
            "words": text.excerpt(text.plain(row.body_html), EXCERPT),
        }
        for row in session.execute(statement)
    ]


def find_target(actor: Actor, typed: str) -> Thread | None:
    """Return the thread whose address or number was typed, if it is there for the person."""
    match = ADDRESS.fullmatch(typed.strip())
    if match is None:
        return None
    try:
        return get_thread(actor, int(match[1]))
    except DomainError:
        return None


def lock(*threads: Thread) -> None:
    """Let nobody else write in these threads until the commit; always in the same order."""
    ids = sorted(thread.id for thread in threads)
    session.scalars(
        select(Thread)
        .where(Thread.id.in_(ids))
        .order_by(Thread.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def posts_of(thread: Thread, ids: Sequence[int] | None = None) -> list[Post]:
    """Return posts of a thread in order; those that left it meanwhile are missing."""
    statement = select(Post).where(Post.thread_id == thread.id).order_by(Post.number)
    if ids is not None:
        statement = statement.where(Post.id.in_(ids), Post.moved_to_id.is_(None))
    return list(session.scalars(statement.options(joinedload(Post.author))))


def recent_of(thread: Thread) -> list[Rearrangement]:
    """Return what was moved into or out of a thread and can still be taken back."""
    since = now() - timedelta(days=settings.undo_rearranging_days)
    statement = (
        select(Rearrangement)
        .where(
            or_(Rearrangement.source_id == thread.id, Rearrangement.target_id == thread.id),
            Rearrangement.undone_at.is_(None),
            Rearrangement.created_at > since,
        )
        .options(
            joinedload(Rearrangement.source).joinedload(Thread.group),
            joinedload(Rearrangement.target).joinedload(Thread.group),
            joinedload(Rearrangement.by),
        )
        .order_by(Rearrangement.id.desc())
    )
    return list(session.scalars(statement))


def get_rearrangement(done_id: int) -> Rearrangement:
    """Return one decision, locked until the commit; the policy says for whom it is there."""
    done = session.scalar(
        select(Rearrangement).where(Rearrangement.id == done_id).with_for_update()
    )
    if done is None:
        raise NotFound
    return done


def moved_by(done: Rearrangement) -> list[MovedPost]:
    statement = (
        select(MovedPost)
        .where(MovedPost.rearrangement_id == done.id)
        .options(joinedload(MovedPost.post), joinedload(MovedPost.holder))
        .order_by(MovedPost.number)
    )
    return list(session.scalars(statement))
