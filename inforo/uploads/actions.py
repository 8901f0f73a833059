"""Every write on files of texts. Nothing here commits; the caller does."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.errors import DomainError
from inforo.file_checks import CheckedFile
from inforo.files import keep
from inforo.i18n import _
from inforo.uploads import queries
from inforo.uploads.models import Attachment


class TooManyFiles(DomainError):
    """More files than one text may have, or than fit into a group."""

    status = 422


@dataclass(frozen=True)
class Change:
    """What a form does to the files of a post: take some away, describe some, add some."""

    removed: frozenset[int] = frozenset()
    descriptions: dict[int, str] = field(default_factory=dict)
    added: tuple[int, ...] = ()


NO_CHANGE = Change()


def add(
    account_id: int | None, target: str, checked: CheckedFile, already: int = 0
) -> Attachment:
    """Keep a file for a text that is not sent yet; `already` are files its post has."""
    queries.lock_account(account_id)
    digest = hashlib.sha256(checked.data).hexdigest()
    same = queries.find_same(account_id, target, checked.name, digest)
    if same is not None:
        return same
    refuse_too_many(queries.count_pending(account_id, target) + already + 1)
    stored = keep(checked, account_id)
    attachment = Attachment(account_id=account_id, target=target, file=stored)
    session.add(attachment)
    session.flush()
    process_file.later(key=stored.key)
    return attachment


def refuse_too_many(count: int) -> None:
    if count > settings.upload_post_files:
        raise TooManyFiles(
            _(
                "Ein Beitrag kann höchstens %(count)s Dateien haben.",
                count=settings.upload_post_files,
            )
        )


def describe(attachment: Attachment, description: str) -> None:
    attachment.description = description


def discard(attachment: Attachment) -> None:
    """Forget a file of a text that is not sent; a sweep deletes its content."""
    session.delete(attachment)


def hold(account_id: int | None, held_id: int, ids: Iterable[int], body: str) -> None:
    """Let the files of a text wait with it for approval."""
    for attachment in queries.unsent(account_id, [*ids, *queries.linked_in(body)]):
        attachment.target = f"held:{held_id}"


def attach(
    account_id: int | None, post_id: int, group_id: int, ids: Iterable[int], body: str
) -> None:
    """Give files to the post they were added to, and those its text links."""
    wanted = [*ids, *queries.linked_in(body)]
    unsent = queries.unsent(account_id, wanted) if wanted else []
    if unsent:
        refuse_full_group(group_id, sum(attachment.file.size for attachment in unsent))
    for attachment in unsent:
        attachment.post_id, attachment.target = post_id, ""
    session.flush()


def refuse_full_group(group_id: int, size: int) -> None:
    queries.lock_group(group_id)
    if queries.used_by_group(group_id) + size > settings.upload_group_bytes:
        raise TooManyFiles(
            _(
                "Der Speicherplatz dieser Gruppe ist voll (%(limit)s MB). Bitte senden Sie den "
                "Beitrag ohne Dateien und sprechen Sie mit der Leitung der Gruppe.",
                limit=settings.upload_group_bytes // 1_000_000,
            )
        )


def change(actor: Actor, post_id: int, group_id: int, wanted: Change, body: str) -> bool:
    """Carry out what a form does to the files of a post; tell whether anything changed."""
    before = queries.attached_to(post_id)
    is_changed = False
    for attachment in before:
        given = wanted.descriptions.get(attachment.id, attachment.description)
        if attachment.id in wanted.removed:
            attachment.removed_at = now()
        elif given == attachment.description:
            continue
        attachment.description = given
        is_changed = True
    session.flush()
    attach(actor.account_id, post_id, group_id, wanted.added, body)
    return is_changed or len(queries.attached_to(post_id)) != len(before)


def bring_back(post_id: int, since: datetime) -> None:
    """Give a post the files again that were removed since a moment."""
    for attachment in queries.removed_since(post_id, since):
        attachment.removed_at = None
    session.flush()


def names_of(post_id: int) -> list[str]:
    """Return what the history of a post says about its files."""
    return [attachment.file.name for attachment in queries.attached_to(post_id)]
