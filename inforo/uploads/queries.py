"""Every SELECT on files of texts. Who asks comes first."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.contents.models import FilePreview
from inforo.contents.queries import WANTED
from inforo.db import session
from inforo.drafts.models import Draft
from inforo.errors import NotFound
from inforo.files import StoredFile
from inforo.groups.models import Group
from inforo.uploads.models import Attachment

LINK = re.compile(r"\]\(/anhaenge/(\d{1,18})\)")
WANTED.append(Attachment.file_id)
# What takes up space in a group: slices above add a SELECT of bytes for the number of a group.
GROUP_USES: list[Callable[[int], Select[Any]]] = []

WITH_FILE = (
    select(Attachment)
    .join(StoredFile, StoredFile.id == Attachment.file_id)
    .options(contains_eager(Attachment.file))
    .where(Attachment.removed_at.is_(None))
    .order_by(Attachment.id)
)


def pending(account_id: int | None, target: str) -> list[Attachment]:
    """Return the files somebody added to a text that is not sent yet."""
    mine = Attachment.account_id == account_id, Attachment.target == target
    return list(session.scalars(WITH_FILE.where(*mine, Attachment.post_id.is_(None))))


def get_pending(actor: Actor, attachment_id: int) -> Attachment:
    """Return a file of a text of one's own that is not sent yet."""
    mine = Attachment.account_id == actor.account_id, Attachment.post_id.is_(None)
    found = session.scalar(WITH_FILE.where(Attachment.id == attachment_id, *mine))
    if found is None or not actor.is_signed_in:
        raise NotFound
    return found


def find_same(account_id: int | None, target: str, name: str, digest: str) -> Attachment | None:
    """Return the same file if it was added to the same text before: a form sent twice."""
    mine = Attachment.account_id == account_id, Attachment.target == target
    same = StoredFile.name == name, StoredFile.sha256 == digest
    return session.scalar(WITH_FILE.where(*mine, *same, Attachment.post_id.is_(None)).limit(1))


def attached_to(post_id: int | None) -> list[Attachment]:
    """Return the files of a post."""
    if post_id is None:
        return []
    return list(session.scalars(WITH_FILE.where(Attachment.post_id == post_id)))


def linked_in(body: str) -> list[int]:
    """Return the numbers of the files a text links or shows."""
    return [int(number) for number in LINK.findall(body)]


def unsent(account_id: int | None, ids: Iterable[int]) -> list[Attachment]:
    """Return those of some files that the person added and that belong to no post yet."""
    mine = Attachment.account_id == account_id, Attachment.post_id.is_(None)
    return list(session.scalars(WITH_FILE.where(Attachment.id.in_(set(ids)), *mine)))


def removed_since(post_id: int, moment: datetime) -> list[Attachment]:
    statement = select(Attachment).where(
        Attachment.post_id == post_id, Attachment.removed_at >= moment
    )
    return list(session.scalars(statement))


ROWS = (
    select(
        Attachment.id,
        Attachment.post_id,
        Attachment.target,
        Attachment.description,
        StoredFile.name,
        StoredFile.content_type,
        StoredFile.size,
        FilePreview.width,
        FilePreview.height,
    )
    .join(StoredFile, StoredFile.id == Attachment.file_id)
    .outerjoin(FilePreview, FilePreview.file_id == Attachment.file_id)
    .where(Attachment.removed_at.is_(None))
    .order_by(Attachment.id)
)


def rows_of(ids: Iterable[int]) -> Sequence[Any]:
    """Return some files as plain rows."""
    return session.execute(ROWS.where(Attachment.id.in_(list(ids)))).all()


def descriptions(account_id: int | None, ids: Iterable[int]) -> dict[int, str]:
    """Return what some files show, as far as the person added them."""
    statement = select(Attachment.id, Attachment.description).where(
        Attachment.id.in_(list(ids)), Attachment.account_id == account_id
    )
    return {row.id: row.description for row in session.execute(statement)}


def files_on_page(
    post_ids: Iterable[int], account_id: int | None, target: str
) -> dict[int | None, list[Any]]:
    """Return post → its files, and None → those of one's unsent text, with one statement."""
    mine = and_(Attachment.account_id == account_id, Attachment.target == target)
    unsent = and_(mine, Attachment.post_id.is_(None))
    shown = Attachment.post_id.in_(list(post_ids))
    wanted = or_(shown, unsent) if account_id is not None and target else shown
    found: dict[int | None, list[Any]] = {}
    for row in session.execute(ROWS.where(wanted)):
        found.setdefault(row.post_id, []).append(row)
    return found


def files_of_posts(post_ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return post → its files as plain rows, for a page of posts, with one statement."""
    found: dict[int, list[Any]] = {}
    for row in session.execute(ROWS.where(Attachment.post_id.in_(list(post_ids)))):
        found.setdefault(row.post_id, []).append(row)
    return found


def files_of_target(account_id: int | None, target: str) -> Sequence[Any]:
    """Return the files of a text that waits, as plain rows."""
    mine = Attachment.account_id == account_id, Attachment.target == target
    return session.execute(ROWS.where(*mine, Attachment.post_id.is_(None))).all()


def used_by_group(group_id: int) -> int:
    """Return how many bytes the files of a group take up."""
    return sum(int(session.scalar(use(group_id)) or 0) for use in GROUP_USES)


def lock_account(account_id: int | None) -> None:
    """Let nobody else count the files of this person until the transaction ends."""
    locked = select(Account.id).where(Account.id == account_id)
    session.scalar(locked.with_for_update(key_share=True))


def lock_group(group_id: int) -> None:
    """Let nobody else count the files of this group until the transaction ends."""
    locked = select(Group.id).where(Group.id == group_id)
    session.scalar(locked.with_for_update(key_share=True))


def files_by(account_id: int) -> Sequence[Any]:
    """Return all a person added to texts, for the copy of their data."""
    return session.execute(ROWS.where(Attachment.account_id == account_id)).all()


def abandoned(until: datetime, limit: int) -> list[Attachment]:
    """Return old files of texts that were never sent and are no drafts any more.

    Files of a closed account go at once; those that wait for approval stay.
    """
    has_draft = exists().where(
        Draft.account_id == Attachment.account_id, Draft.target == Attachment.target
    )
    is_left = and_(Attachment.created_at < until, ~has_draft)
    is_closed = exists().where(
        Account.id == Attachment.account_id, Account.closed_at.is_not(None)
    )
    statement = select(Attachment).where(
        Attachment.post_id.is_(None),
        Attachment.target.not_like("held:%"),
        or_(is_left, is_closed, Attachment.account_id.is_(None)),
    )
    return list(session.scalars(statement.order_by(Attachment.id).limit(limit)))


def removed_before(until: datetime, limit: int) -> list[Attachment]:
    statement = select(Attachment).where(Attachment.removed_at < until)
    return list(session.scalars(statement.order_by(Attachment.id).limit(limit)))


def count_pending(account_id: int | None, target: str) -> int:
    statement = select(func.count(Attachment.id)).where(
        Attachment.account_id == account_id,
        Attachment.target == target,
        Attachment.post_id.is_(None),
        Attachment.removed_at.is_(None),
    )
    return session.scalar(statement) or 0
