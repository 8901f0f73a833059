"""One list of all files of a group: its own, and those of the posts in its discussions.

Both kinds are one SELECT with the same columns, so that they are ordered, narrowed and paged
together. What `place` is empty for is a file of the group itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, null, or_, select, union_all

from inforo.accounts.models import Account
from inforo.attachments import policy as attachments
from inforo.attachments.queries import in_posts_of_group
from inforo.authz import Actor
from inforo.config import settings
from inforo.contents.models import FilePreview
from inforo.db import folded, session
from inforo.discussions.models import Post, Thread
from inforo.file_checks import OFFICE, PLAIN
from inforo.files import StoredFile
from inforo.groups.models import Group
from inforo.i18n import _l
from inforo.libraries import policy, queries
from inforo.libraries.models import FileVersion, GroupFile
from inforo.uploads.models import Attachment

# What people look for, and how the types that are meant begin.
KINDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "pdf": (_l("PDF"), ("application/pdf",)),
    "text": (_l("Text"), (OFFICE["docx"], OFFICE["odt"], PLAIN["txt"])),
    "tabelle": (_l("Tabelle"), (OFFICE["xlsx"], OFFICE["ods"], PLAIN["csv"])),
    "folien": (_l("Folien"), (OFFICE["pptx"], OFFICE["odp"])),
    "bild": (_l("Bild"), ("image/",)),
}
ORDERS: dict[str, Any] = {
    "": _l("Neueste zuerst"),
    "name": _l("Name"),
    "groesse": _l("Größte zuerst"),
}


@dataclass(frozen=True)
class Filters:
    """What the list of files is narrowed to, and how it is ordered."""

    q: str = ""
    kind: str = ""
    order: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.q or self.kind)


def own_files(actor: Actor, group: Group) -> Select[Any]:
    return queries.newest(
        GroupFile.id,
        GroupFile.title,
        GroupFile.title_key.label("order_key"),
        GroupFile.description,
        GroupFile.words_key.label("words"),
        GroupFile.number,
        GroupFile.uploader_id,
        FileVersion.file_id,
        FileVersion.alternative,
        FileVersion.created_at,
        FileVersion.author_id,
        null().label("post_id"),
        literal("").label("place"),
    ).where(GroupFile.group_id == group.id, policy.visible_to(actor))


def files_of_posts(actor: Actor, group: Group) -> Select[Any]:
    """Select the files of posts this person may read, as the slice of attachments says.

    What their pictures show is their description; it is not said twice.
    """
    words = StoredFile.name_key + " " + func.lower(Attachment.description)
    return in_posts_of_group(
        group.id,
        Attachment.id,
        StoredFile.name.label("title"),
        StoredFile.name_key.label("order_key"),
        Attachment.description,
        words.label("words"),
        literal(1).label("number"),
        null().label("uploader_id"),
        Attachment.file_id,
        literal("").label("alternative"),
        Attachment.created_at,
        Post.author_id,
        Post.id.label("post_id"),
        Thread.title.label("place"),
    ).where(attachments.listed_for(actor), Attachment.removed_at.is_(None))


def narrowed(actor: Actor, group: Group, filters: Filters) -> tuple[Any, Select[Any]]:
    """Return all files of a group as a table, and a SELECT of those that are wanted."""
    every = union_all(own_files(actor, group), files_of_posts(actor, group)).subquery("listed")
    statement = select(every).join(StoredFile, StoredFile.id == every.c.file_id)
    if filters.q:
        needle = folded(filters.q)
        statement = statement.where(every.c.words.contains(needle, autoescape=True))
    if filters.kind in KINDS:
        beginnings = KINDS[filters.kind][1]
        is_kind = (StoredFile.content_type.startswith(start) for start in beginnings)
        statement = statement.where(or_(*is_kind))
    return every, statement


def count_files(actor: Actor, group: Group, filters: Filters) -> int:
    _every, statement = narrowed(actor, group, filters)
    return session.scalar(statement.with_only_columns(func.count())) or 0


def list_files(actor: Actor, group: Group, filters: Filters, page: int) -> Sequence[Any]:
    """Return one page of files as plain rows."""
    size = settings.page_size
    every, statement = narrowed(actor, group, filters)
    statement = (
        statement.add_columns(
            StoredFile.name,
            StoredFile.content_type,
            StoredFile.size,
            Account.name.label("author"),
            FilePreview.state.label("preview"),
            FilePreview.width,
            FilePreview.height,
        )
        .outerjoin(Account, Account.id == every.c.author_id)
        .outerjoin(FilePreview, FilePreview.file_id == StoredFile.id)
        .order_by(*order_of(every, filters.order))
        .limit(size)
        .offset((page - 1) * size)
    )
    return session.execute(statement).all()


def order_of(every: Any, order: str) -> tuple[Any, ...]:
    steady = (every.c.place, every.c.id.desc())
    if order == "name":
        return every.c.order_key, *steady
    if order == "groesse":
        return StoredFile.size.desc(), *steady
    return every.c.created_at.desc(), *steady


def every_file(actor: Actor, group: Group) -> Sequence[Any]:
    """Return all files of a group this person may read, with what is needed to fetch them."""
    every, statement = narrowed(actor, group, Filters())
    statement = statement.add_columns(StoredFile.name, StoredFile.size, StoredFile.key)
    return session.execute(statement.order_by(*order_of(every, "name"))).all()


def contents_of(rows: Sequence[Any]) -> list[str]:
    """Return what an archive of these files says is in it."""
    return [f"{'post' if row.post_id else 'own'}:{row.id}:{row.file_id}" for row in rows]
