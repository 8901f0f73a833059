"""What can be found of threads a protected group opened: the copies, never the posts.

The documents name no group, so that nothing a group lends to its threads reaches them.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from inforo import text
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.openings.models import OpenedPost, Opening, opened_thread_path
from inforo.openings.policy import is_still_shown
from inforo.search.documents import Document, Key, Source, Watch, in_table
from inforo.search.models import Kind
from inforo.search.source_talk import AUDIENCES

FINDABLE = (
    select(Opening.id)
    .join(Thread, Thread.id == Opening.thread_id)
    .where(
        Opening.opened_at.is_not(None),
        Opening.ended_at.is_(None),
        Thread.group_id == Opening.group_id,
        Thread.hidden_at.is_(None),
        Thread.merged_into_id.is_(None),
    )
)


def describe(keys: Sequence[Key]) -> list[Document]:
    bodies = copies(keys)
    statement = FINDABLE.where(Opening.id.in_(keys)).add_columns(
        Opening.thread_title, Opening.audience, Opening.opened_at
    )
    return [
        Document(
            kind=Kind.THREAD,
            key=row.id,
            audience=AUDIENCES[row.audience],
            title=row.thread_title,
            body=" ".join(bodies[row.id]),
            path=opened_thread_path(row.id, row.thread_title),
            changed_at=row.opened_at,
        )
        for row in session.execute(statement)
    ]


def copies(keys: Sequence[Key]) -> dict[Any, list[str]]:
    """Return opening → the texts of its posts that nobody took out, in their order."""
    found: dict[Any, list[str]] = defaultdict(list)
    statement = (
        select(OpenedPost.opening_id, OpenedPost.body_html)
        .join(Opening, Opening.id == OpenedPost.opening_id)
        .join(Post, Post.id == OpenedPost.post_id)
        .where(Opening.id.in_(keys), is_still_shown())
        .order_by(OpenedPost.opening_id, OpenedPost.number)
    )
    for row in session.execute(statement):
        found[row.opening_id].append(text.plain(row.body_html))
    return found


def with_posts(post_ids: set[Any]) -> list[int]:
    statement = select(OpenedPost.opening_id).where(OpenedPost.post_id.in_(post_ids))
    return list(session.scalars(statement))


def of_threads(thread_ids: set[Any]) -> list[int]:
    return list(session.scalars(select(Opening.id).where(Opening.thread_id.in_(thread_ids))))


OPENED_THREADS = Source(
    number=76,
    kind=Kind.THREAD,
    keys=in_table(FINDABLE, Opening.id),
    describe=describe,
    watched=(
        Watch(Opening, "id", frozenset({"opened_at", "ended_at"})),
        Watch(
            Post,
            "id",
            frozenset({"hidden_at", "deleted_at", "moved_to_id", "moderated_at", "thread_id"}),
            follow=with_posts,
        ),
        Watch(
            Thread,
            "id",
            frozenset({"hidden_at", "group_id", "merged_into_id"}),
            follow=of_threads,
        ),
    ),
)
