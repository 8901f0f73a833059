"""What the worker does: archives of all files of a group, and forgetting deleted files."""

import tempfile
from datetime import timedelta
from pathlib import Path

from flask import url_for
from huey import crontab
from sqlalchemy import delete

from inforo import audit, clock, files
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import reading, session
from inforo.i18n import _, _l, in_language
from inforo.jobs import leisurely_job, sweep
from inforo.libraries import archiving, listing, policy, queries
from inforo.libraries.models import KEPT_FOR, GroupArchive
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.people.queries import actor_of

BATCH = 500


@sweep(crontab(minute="37"))
def forget_deleted_group_files() -> None:
    """Delete the rows; their content goes with the unused files."""
    until = clock.now() - timedelta(days=settings.keep_removed_files_days)
    while gone := queries.deleted_before(until, BATCH):
        for group_file in gone:
            session.delete(group_file)
        session.commit()


@leisurely_job
def make_archive(archive_id: int) -> None:
    """Make the file with the rights its person has now; repeated runs do nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.zip"
        with reading():  # others write meanwhile: reading all files may take a while
            archive = session.get(GroupArchive, archive_id)
            if archive is None or archive.finished_at is not None:
                return
            account = session.get_one(Account, archive.account_id)
            contents, refusal = write(path, archive, account)
            session.commit()
        if not refusal:
            name = f"{archive.group.slug}-{clock.today()}.zip"
            archive.file = files.keep_archive(path, name)
    archive.contents, archive.refusal = contents, refusal
    archive.finished_at = clock.now()
    if not refusal:
        tell(archive, account)
    session.commit()


def write(path: Path, archive: GroupArchive, account: Account) -> tuple[list[str], str]:
    """Write what the person may see; return what that is, and why nothing was written."""
    who, group = actor_of(account), archive.group
    with in_language(archive.language):
        if not policy.may_order_archive(who, group):
            return [], _("Diese Dateien gibt es nicht (mehr).")
        rows = list(listing.every_file(who, group))
        if sum(row.size for row in rows) > settings.export_max_bytes:
            return [], too_large()
    session.commit()  # nothing is read of the database while files are fetched
    archiving.write(path, rows)
    return listing.contents_of(rows), ""


def too_large() -> str:
    return _(
        "Zusammen sind die Dateien größer als %(limit)s MB. Bitte laden Sie sie einzeln "
        "herunter.",
        limit=settings.export_max_bytes // 1_000_000,
    )


def tell(archive: GroupArchive, account: Account) -> None:
    group = archive.group
    notify(
        account,
        Event.GROUP,
        key=f"group-archive-file:{archive.id}",
        title=_l("Die Dateien der Gruppe „%(name)s“ liegen bereit", name=group.name),
        url=url_for("libraries.archive", slug=group.slug, key=archive.key),
        subject=audit.subject_of(group),
    )


@sweep(crontab(hour="3", minute="7"))
def forget_group_archives() -> None:
    """Forget archives nobody needs any longer; their content goes with the unused files."""
    until = clock.now() - KEPT_FOR
    session.execute(delete(GroupArchive).where(GroupArchive.created_at < until))
    session.commit()
