"""Every write on files of groups. Nothing here commits; the caller does."""

import secrets
from typing import Any

from inforo import audit
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.contents.jobs import process_file
from inforo.db import folded, session
from inforo.errors import DomainError
from inforo.files import StoredFile
from inforo.groups.actions import log_title
from inforo.groups.models import Group, GroupAudience
from inforo.groups.queries import lock_group
from inforo.i18n import _, language
from inforo.libraries import listing, policy, queries
from inforo.libraries.jobs import make_archive, too_large
from inforo.libraries.models import FileVersion, GroupArchive, GroupFile
from inforo.libraries.places import FILE_PUT, FILE_WRITTEN
from inforo.uploads.queries import used_by_group


class GroupFull(DomainError):
    """The files of a group take up all the space it has."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "Der Speicherplatz dieser Gruppe ist voll (%(limit)s GB). Löschen Sie Dateien, "
                "die niemand mehr braucht, oder sprechen Sie mit der Leitung der Gruppe.",
                limit=round(settings.upload_group_bytes / 1_000_000_000, 1),
            )
        )


class HadByOthers(DomainError):
    """Somebody changes a file without having been told that others may have it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Diese Datei bekommen inzwischen auch Menschen außerhalb der Gruppe. Bitte "
                "lesen Sie den Hinweis und senden Sie noch einmal."
            )
        )


def refuse_untold(group_file: GroupFile, told: GroupAudience | None) -> None:
    """Whoever changes a file agrees that those it is open to get that: the form says so.

    `told` is the audience beyond the group that the form named.
    """
    if group_file.opened_to not in (None, told):
        raise HadByOthers


def written(actor: Actor, group_file: GroupFile) -> None:
    for follow in FILE_WRITTEN:
        follow(actor, group_file)


def add(actor: Actor, group: Group, stored: StoredFile, values: dict[str, Any]) -> GroupFile:
    """Give the group a file; without a title it is called like the file.

    Of a picture, `values` say under `alternative` what it shows.
    """
    refuse_full_group(group, stored)
    group_file = GroupFile(group_id=group.id, uploader_id=actor.account_id)
    fill(group_file, values | {"title": values["title"] or stem_of(stored)})
    session.add(group_file)
    session.flush()
    put_version(actor, group_file, stored, alternative=values["alternative"])
    return group_file


def stem_of(stored: StoredFile) -> str:
    return stored.name.rpartition(".")[0] or stored.name


def fill(group_file: GroupFile, values: dict[str, Any]) -> None:
    group_file.description = values["description"]
    group_file.licence = values["licence"]
    call(group_file, values["title"], values["alternative"])


def call(group_file: GroupFile, title: str, alternative: str) -> None:
    """Give a file a title, and find it by that and by what its picture shows."""
    group_file.title, group_file.title_key = title, folded(title)
    group_file.words_key = folded(f"{title} {group_file.description} {alternative}")


def refuse_full_group(group: Group, stored: StoredFile) -> None:
    """Count the space while nobody else of the group can add a file."""
    lock_group(group)
    if used_by_group(group.id) + stored.size > settings.upload_group_bytes:
        raise GroupFull


def step_aside(group_file: GroupFile) -> FileVersion:
    """Make room for a version; return the newest so far, which keeps the title it had."""
    version = queries.get_version(group_file, group_file.number)
    version.title = group_file.title
    group_file.number += 1
    return version


def keep_version(
    actor: Actor, group_file: GroupFile, stored: StoredFile, **told: Any
) -> FileVersion:
    version = FileVersion(
        group_file_id=group_file.id,
        number=group_file.number,
        title=group_file.title,
        file=stored,
        author_id=actor.account_id,
        **told,
    )
    session.add(version)
    session.flush()
    return version


def put_version(
    actor: Actor, group_file: GroupFile, stored: StoredFile, **told: Any
) -> FileVersion:
    """Put a content in front; `told` are note, alternative, and the number it repeats."""
    version = keep_version(actor, group_file, stored, **told)
    process_file.later(key=stored.key)
    for follow in FILE_PUT:
        follow(actor, group_file, version)
    return version


def add_version(
    actor: Actor,
    group_file: GroupFile,
    stored: StoredFile,
    note: str,
    alternative: str = "",
    *,
    told: GroupAudience | None = None,
) -> FileVersion:
    """Put a new content in front; who does so at the same moment gets the next number."""
    refuse_full_group(group_file.group, stored)
    queries.lock_file(group_file)
    refuse_if_gone(group_file)
    refuse_untold(group_file, told)
    step_aside(group_file)
    call(group_file, group_file.title, alternative)
    version = put_version(actor, group_file, stored, note=note, alternative=alternative)
    written(actor, group_file)
    return version


def refuse_if_gone(group_file: GroupFile) -> None:
    if group_file.is_deleted:
        raise DomainError(_("Diese Datei wurde inzwischen gelöscht."))


def restore(
    actor: Actor, group_file: GroupFile, number: int, *, told: GroupAudience | None = None
) -> FileVersion:
    """Put an older content with its title in front again, as a new version; nothing is lost."""
    queries.lock_file(group_file)
    refuse_if_gone(group_file)
    refuse_untold(group_file, told)
    older = queries.get_version(group_file, number)
    if number == group_file.number:
        raise DomainError(_("Das ist schon die neueste Fassung."))
    step_aside(group_file)
    call(group_file, older.title_in(group_file), older.alternative)
    again = {"alternative": older.alternative, "restored_number": number}
    version = put_version(actor, group_file, older.file, **again)
    written(actor, group_file)
    return version


def edit(
    actor: Actor,
    group_file: GroupFile,
    values: dict[str, Any],
    *,
    told: GroupAudience | None = None,
) -> None:
    """Change what is said about a file; under another title it is a new version.

    What a picture shows is said of it in all versions, so that it comes back with each.
    """
    refuse_untold(group_file, told)
    newest = queries.get_version(group_file, group_file.number)
    is_renamed = values["title"] != group_file.title
    if is_renamed:
        step_aside(group_file)
    fill(group_file, values)
    if is_renamed:
        keep_version(actor, group_file, newest.file)
    for version in queries.versions_with(group_file, newest.file_id):
        version.alternative = values["alternative"]
    written(actor, group_file)


def delete(actor: Actor, group_file: GroupFile) -> None:
    """Take a file out of all lists; for some days it can be brought back."""
    if not group_file.is_deleted:
        group_file.deleted_at, group_file.deleted_by_id = now(), actor.account_id
        record(actor, "delete_group_file", group_file)


def bring_back(actor: Actor, group_file: GroupFile) -> None:
    if group_file.is_deleted:
        group_file.deleted_at = group_file.deleted_by_id = None
        record(actor, "bring_back_group_file", group_file)


def order_archive(actor: Actor, group: Group) -> GroupArchive:
    """Have all files put into one, or return the one that is there already."""
    rows = listing.every_file(actor, group)
    if sum(row.size for row in rows) > settings.export_max_bytes:
        raise DomainError(too_large())
    contents = listing.contents_of(rows)
    known = queries.find_archive(actor, group, contents)
    if known is not None:
        return known
    archive = GroupArchive(
        key=secrets.token_urlsafe(24),
        group_id=group.id,
        account_id=actor.account_id,
        language=language(),
        contents=contents,
    )
    session.add(archive)
    session.flush()
    make_archive.later(archive_id=archive.id)
    return archive


def record(actor: Actor, action: str, group_file: GroupFile) -> None:
    """Log what somebody does to the file of another; the log names no file, only the group."""
    if not actor.is_me(group_file.uploader_id) and policy.manages(actor, group_file.group):
        audit.record(actor, action, group_file.group, title=log_title(group_file.group))
