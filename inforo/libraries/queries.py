"""Every SELECT on files of groups. Who asks comes first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from inforo import clock
from inforo.authz import Actor
from inforo.config import settings
from inforo.contents.models import FilePreview
from inforo.contents.queries import WANTED
from inforo.db import session
from inforo.errors import NotFound
from inforo.files import StoredFile
from inforo.groups import policy as groups_policy
from inforo.groups import queries as groups
from inforo.groups.models import Group, GroupAudience
from inforo.i18n import _
from inforo.libraries import policy
from inforo.libraries.models import KEPT_FOR, FileVersion, GroupArchive, GroupFile
from inforo.uploads.queries import GROUP_USES

WANTED.append(FileVersion.file_id)


def get_group(actor: Actor, slug: str) -> Group:
    """Return a group whose files the person may see."""
    group = groups.get_group(actor, slug)
    if not groups_policy.may_read(actor, group):
        raise NotFound
    return group


def get_file(actor: Actor, slug: str, file_id: int, *, also_deleted: bool = False) -> GroupFile:
    """Return a file to who may see it; a deleted one also to who may bring it back."""
    group = get_group(actor, slug)
    found = session.get(GroupFile, file_id)
    if found is None or found.group_id != group.id:
        raise NotFound
    if found.is_deleted and not (also_deleted and policy.may_edit(actor, found)):
        raise NotFound
    return found


def get_opened(actor: Actor, file_id: int) -> GroupFile:
    """Return a file for whoever may have it, also beyond its group."""
    found = session.get(GroupFile, file_id, options=[joinedload(GroupFile.group)])
    if found is None or not policy.may_view_opened(actor, found):
        members = GroupAudience.MEMBERS
        is_open = found is not None and members in {found.opened_to, found.group.audience}
        raise groups.refusal(actor, is_open and not found.is_deleted if found else False)
    return found


def lock_file(group_file: GroupFile) -> None:
    """Let nobody else add a version until this transaction ends."""
    session.refresh(group_file, with_for_update=True)


def get_version(group_file: GroupFile, number: int) -> FileVersion:
    statement = (
        select(FileVersion)
        .where(FileVersion.group_file_id == group_file.id, FileVersion.number == number)
        .options(joinedload(FileVersion.file))
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def versions_of(group_file: GroupFile) -> list[FileVersion]:
    """Return all versions with content and author, the newest first."""
    statement = (
        select(FileVersion)
        .where(FileVersion.group_file_id == group_file.id)
        .options(joinedload(FileVersion.file), joinedload(FileVersion.author))
        .order_by(FileVersion.number.desc())
    )
    return list(session.scalars(statement))


def versions_with(group_file: GroupFile, file_id: int) -> list[FileVersion]:
    """Return all versions of a file that have the same content."""
    statement = select(FileVersion).where(
        FileVersion.group_file_id == group_file.id, FileVersion.file_id == file_id
    )
    return list(session.scalars(statement))


def find_preview(stored: StoredFile) -> FilePreview | None:
    found = session.get(FilePreview, stored.id)
    return found if found is not None and found.has_picture else None


def newest(*columns: Any) -> Select[Any]:
    """Select files of groups with the content of their newest version."""
    return (
        select(*columns)
        .select_from(GroupFile)
        .join(Group, Group.id == GroupFile.group_id)
        .join(
            FileVersion,
            (FileVersion.group_file_id == GroupFile.id)
            & (FileVersion.number == GroupFile.number),
        )
        .join(StoredFile, StoredFile.id == FileVersion.file_id)
    )


def deleted_files(actor: Actor, group: Group) -> Sequence[Any]:
    """Return the deleted files of a group that this person may bring back, the last first."""
    statement = newest(
        GroupFile.id, GroupFile.title, GroupFile.deleted_at, StoredFile.name, StoredFile.size
    ).where(GroupFile.group_id == group.id, GroupFile.deleted_at.is_not(None))
    if not policy.manages(actor, group):
        statement = statement.where(GroupFile.uploader_id == actor.account_id)
    ordered = statement.order_by(GroupFile.deleted_at.desc(), GroupFile.id.desc())
    return session.execute(ordered.limit(settings.page_size * 5)).all()


def bytes_in_library(group_id: int) -> Select[Any]:
    """Select how much the files of a group take up, with all versions and deleted ones."""
    contents = (
        select(FileVersion.file_id)
        .join(GroupFile, GroupFile.id == FileVersion.group_file_id)
        .where(GroupFile.group_id == group_id)
    )
    return select(func.sum(StoredFile.size)).where(StoredFile.id.in_(contents))


GROUP_USES.append(bytes_in_library)


def deleted_before(until: datetime, limit: int) -> list[GroupFile]:
    statement = select(GroupFile).where(GroupFile.deleted_at < until).order_by(GroupFile.id)
    return list(session.scalars(statement.limit(limit)))


def get_archive(actor: Actor, slug: str, key: str) -> GroupArchive:
    """Return an archive to who ordered it, as long as they may read the group."""
    group = get_group(actor, slug)
    found = session.scalar(select(GroupArchive).where(GroupArchive.key == key[:100]))
    if found is None or found.group_id != group.id or not actor.is_me(found.account_id):
        raise NotFound
    if found.expires_at <= clock.now():
        raise NotFound(_("Diese Datei gibt es nicht (mehr)."))
    return found


def find_archive(actor: Actor, group: Group, contents: list[str]) -> GroupArchive | None:
    """Return the last archive this person ordered, if it is or will be the same."""
    statement = (
        select(GroupArchive)
        .where(
            GroupArchive.group_id == group.id,
            GroupArchive.account_id == actor.account_id,
            GroupArchive.refusal == "",
            GroupArchive.created_at > clock.now() - KEPT_FOR / 2,
        )
        .order_by(GroupArchive.id.desc())
        .limit(1)
    )
    found = session.scalar(statement)
    return found if found is not None and found.contents == contents else None
