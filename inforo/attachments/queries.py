"""Every SELECT on files of posts. Who asks comes first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.approvals.queries import get_held
from inforo.attachments import policy
from inforo.authz import Actor
from inforo.config import settings
from inforo.contents.models import FilePreview
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.errors import NotFound
from inforo.files import StoredFile
from inforo.groups.models import Group
from inforo.uploads.models import Attachment
from inforo.uploads.queries import GROUP_USES
from inforo.web import given_id


def get_attachment(actor: Actor, attachment_id: int) -> Attachment:
    """Return a file to who added it to a text, and to who may read that text now."""
    found = session.scalar(
        select(Attachment)
        .where(Attachment.id == attachment_id, Attachment.removed_at.is_(None))
        .options(joinedload(Attachment.file))
    )
    if found is None or not may_read(actor, found):
        raise NotFound
    return found


def may_read(actor: Actor, attachment: Attachment) -> bool:
    if attachment.post_id is not None:
        post = session.scalar(
            select(Post)
            .where(Post.id == attachment.post_id)
            .options(joinedload(Post.thread).joinedload(Thread.group))
        )
        return post is not None and policy.may_view(actor, post)
    return actor.is_me(attachment.account_id) or decides_about(actor, attachment)


def decides_about(actor: Actor, attachment: Attachment) -> bool:
    """Tell whether the file waits with a text for approval that this person sees."""
    kind, _, number = attachment.target.partition(":")
    held_id = given_id(number) if kind == "held" else None
    if held_id is None or not actor.is_member:
        return False
    try:
        return get_held(actor, held_id) is not None
    except NotFound:
        return False


def find_preview(attachment: Attachment) -> FilePreview | None:
    found = session.get(FilePreview, attachment.file_id)
    return found if found is not None and found.has_picture else None


def in_posts_of_group(group_id: int, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Attachment)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .join(Post, Post.id == Attachment.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Thread.group_id == group_id)
    )


def files_of_group(
    actor: Actor, group: Group, page: int = 1, size: int | None = None
) -> Sequence[Any]:
    """Return a page of the files in posts of a group the person may read, the newest first.

    Rows: id, description, name, content_type, size, created_at, author_id, author,
    thread_id, title, number (of the post), post_id.
    """
    size = size or settings.page_size
    statement = (
        in_posts_of_group(
            group.id,
            Attachment.id,
            Attachment.description,
            StoredFile.name,
            StoredFile.content_type,
            StoredFile.size,
            Attachment.created_at,
            Post.id.label("post_id"),
            Post.number,
            Post.author_id,
            Account.name.label("author"),
            Thread.id.label("thread_id"),
            Thread.title,
        )
        .outerjoin(Account, Account.id == Post.author_id)
        .where(policy.listed_for(actor), Attachment.removed_at.is_(None))
        .order_by(Attachment.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return session.execute(statement).all()


def count_files_of_group(actor: Actor, group: Group) -> int:
    statement = in_posts_of_group(group.id, func.count(Attachment.id)).where(
        policy.listed_for(actor), Attachment.removed_at.is_(None)
    )
    return session.scalar(statement) or 0


def bytes_in_posts(group_id: int) -> Select[Any]:
    return in_posts_of_group(group_id, func.sum(StoredFile.size))


GROUP_USES.append(bytes_in_posts)


def of_deleted_posts(until: datetime, limit: int) -> list[Attachment]:
    """Return the files of posts whose authors took them back before a moment."""
    statement = (
        select(Attachment)
        .join(Post, Post.id == Attachment.post_id)
        .where(Post.deleted_at < until, Post.moved_to_id.is_(None))
    )
    return list(session.scalars(statement.order_by(Attachment.id).limit(limit)))
