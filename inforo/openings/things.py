"""What can be opened: which opening is about it, who wrote it, and what each of them wrote."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, func, select

from inforo.audit import subject_of
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.libraries.models import FileVersion, GroupFile
from inforo.openings import copying
from inforo.openings.models import OpenedPost, Opening, Thing
from inforo.versions import Version
from inforo.wiki import rendering

MOST_POSTS = 100


def is_about(thing: Thing) -> ColumnElement[bool]:
    """Return the condition on `Opening`: it is about this thing."""
    if isinstance(thing, Thread):
        return Opening.thread_id == thing.id
    column = Opening.group_file_id if isinstance(thing, GroupFile) else Opening.page_id
    return column == thing.id


def last_number(thing: Thing) -> int:
    """Return up to which post a thread would be opened; 0 for what has no posts."""
    return min(thing.post_count, MOST_POSTS) if isinstance(thing, Thread) else 0


def posts_until(thread: Thread, number: int) -> Sequence[Any]:
    """Return what would be copied of a thread."""
    return session.execute(
        select(Post.id, Post.number, Post.author_id, Post.body, Post.created_at)
        .where(
            Post.thread_id == thread.id,
            Post.number <= min(number, MOST_POSTS),
            Post.hidden_at.is_(None),
            Post.deleted_at.is_(None),
            Post.moved_to_id.is_(None),
        )
        .order_by(Post.number)
    ).all()


def copies(thread: Thread, number: int) -> list[OpenedPost]:
    """Return what others would read of a thread, not kept yet."""
    speakers: dict[int | None, int] = {}
    return [
        OpenedPost(
            post_id=row.id,
            number=row.number,
            speaker=speakers.setdefault(row.author_id, len(speakers) + 1),
            body_html=copying.for_others(row.body),
            written_at=row.created_at,
        )
        for row in posts_until(thread, number)
    ]


def copy_posts(opening: Opening, thread: Thread, number: int) -> None:
    """Keep what the authors will be asked about."""
    opening.thread_title, opening.posts = thread.title, copies(thread, number)


def writers(opening: Opening) -> dict[int | None, datetime]:
    """Return who must agree, and since when: of a thread the authors of what was copied."""
    if opening.thread_id is None:
        return authors(opening.thing)
    statement = (
        select(Post.author_id, func.max(OpenedPost.written_at))
        .join(OpenedPost, OpenedPost.post_id == Post.id)
        .where(OpenedPost.opening_id == opening.id)
        .group_by(Post.author_id)
    )
    rows: Sequence[Any] = session.execute(statement).all()
    return dict(rows)


def authors(thing: Thing, number: int = MOST_POSTS) -> dict[int | None, datetime]:
    """Return who wrote any version or post, and when last; None: people who are gone."""
    if isinstance(thing, Thread):
        rows = posts_until(thing, number)
        return {row.author_id: row.created_at for row in rows}
    if isinstance(thing, GroupFile):
        version: Any = FileVersion
        condition = FileVersion.group_file_id == thing.id
    else:
        version, condition = Version, Version.subject == subject_of(thing)
    statement = (
        select(version.author_id, func.max(version.created_at))
        .where(condition)
        .group_by(version.author_id)
    )
    found: Sequence[Any] = session.execute(statement).all()
    return dict(found)


def own_words(opening: Opening, account_id: int | None) -> Markup:
    """Return what somebody wrote last, for who is to agree, also by a link."""
    thing = opening.thing
    if isinstance(thing, Thread):
        return own_copies(opening, account_id)
    if isinstance(thing, GroupFile):
        return Markup("")
    newest = select(Version.fields).where(
        Version.subject == subject_of(thing), Version.author_id == account_id
    )
    fields = session.scalar(newest.order_by(Version.number.desc()).limit(1))
    return rendering.on_paper(rendering.rendered(fields["body"]) if fields else "")


def own_copies(opening: Opening, account_id: int | None) -> Markup:
    """Return exactly what others would read of somebody's posts."""
    statement = (
        select(OpenedPost.body_html)
        .join(Post, Post.id == OpenedPost.post_id)
        .where(OpenedPost.opening_id == opening.id, Post.author_id == account_id)
        .order_by(OpenedPost.number)
    )
    return Markup("<hr>".join(session.scalars(statement)))  # noqa: S704 (cleaned when copied)


def own_versions(thing: Thing, account_id: int | None) -> list[FileVersion]:
    """Return what somebody brought of a file."""
    if not isinstance(thing, GroupFile):
        return []
    statement = select(FileVersion).where(
        FileVersion.group_file_id == thing.id, FileVersion.author_id == account_id
    )
    return list(session.scalars(statement.order_by(FileVersion.number)))
