"""Files of groups and their versions.

A file of a group is a title with versions; the content of each version lies in `files`.
Deleted files stay for a while, so that a slip can be undone.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.files import StoredFile
from inforo.groups.models import Group, GroupAudience
from inforo.i18n import _
from inforo.text import slug

KEPT_FOR = timedelta(days=7)


def file_path(group_slug: str, file_id: int) -> str:
    return f"/gruppen/{group_slug}/dateien/{file_id}"


def opened_path(file_id: int, title: str) -> str:
    """Return the address of a file that is open beyond its group, without the group's name."""
    return f"/veroeffentlicht/dateien/{file_id}-{slug(title) or 'datei'}"


class GroupFile(Versioned, Base):
    """What a group calls one file. `number` is that of its newest version.

    `title_key` orders, in `words_key` (title, description, what its picture shows) people
    search. `opened_to` is who may have the newest version beyond the group; `openings` keeps
    it.
    """

    __tablename__ = "group_files"
    __table_args__ = (Index("ix_group_files_shown", "group_id", "deleted_at"),)

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(bigint, ForeignKey("groups.id", ondelete="CASCADE"))
    title: Mapped[str]
    title_key: Mapped[str]
    words_key: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=1)
    uploader_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    opened_to: Mapped[GroupAudience | None]
    deleted_at: Mapped[datetime | None] = mapped_column(index=True)
    deleted_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    group: Mapped[Group] = relationship()

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def path(self) -> str:
        return file_path(self.group.slug, self.id)


class FileVersion(Base):
    """One content of a file under one title: another of either is a new version.

    `restored_number` names the older one it repeats. `alternative` says what a picture
    shows, also where others call that a description.
    """

    __tablename__ = "group_file_versions"
    __table_args__ = (UniqueConstraint("group_file_id", "number"),)

    id: Mapped[intpk]
    group_file_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("group_files.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    title: Mapped[str] = mapped_column(default="", server_default="")
    file_id: Mapped[int] = mapped_column(bigint, ForeignKey("files.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    note: Mapped[str] = mapped_column(default="")
    alternative: Mapped[str] = mapped_column(default="", server_default="")
    restored_number: Mapped[int | None]
    created_at: Mapped[created_now]

    file: Mapped[StoredFile] = relationship()
    author: Mapped[Account | None] = relationship()

    @property
    def lacks_alternative(self) -> bool:
        """Tell whether people who cannot see the picture would miss what it shows."""
        return self.file.is_image and not self.alternative

    def title_in(self, group_file: GroupFile) -> str:
        """Return the title of its time; what an older program wrote has none of its own."""
        is_newest = self.number == group_file.number
        return group_file.title if is_newest or not self.title else self.title

    def named(self, group_file: GroupFile) -> StoredFile:
        """Return the content under the name people save it: title, older version, ending."""
        title = self.title_in(group_file)
        if self.number < group_file.number:
            title = _("%(title)s (Fassung %(number)s)", title=title, number=self.number)
        shown: dict[str, Any] = {
            name: getattr(self.file, name)
            for name in ("id", "key", "content_type", "size", "sha256")
        }
        return StoredFile(name=f"{title}.{self.file.extension.lower()}", **shown)


class GroupArchive(Base):
    """All files of a group in one, made by the worker for who asked, kept for some days.

    `contents` names each file in it ("own:3:81", "post:17:82": kind, file, content).
    """

    __tablename__ = "group_archives"

    id: Mapped[intpk]
    key: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    language: Mapped[str] = mapped_column(default="de")
    contents: Mapped[list[str]] = mapped_column(JSON, default=list)
    file_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("files.id"))
    finished_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now] = mapped_column(index=True)

    group: Mapped[Group] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    @property
    def expires_at(self) -> datetime:
        return self.created_at + KEPT_FOR
