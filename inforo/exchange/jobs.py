"""Exports are made by the worker, with the rights of who asked at that moment."""

from huey import crontab
from sqlalchemy import delete

from inforo import clock, files, jobs
from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor
from inforo.db import session
from inforo.errors import DomainError, Forbidden
from inforo.exchange.making import Selection, make
from inforo.exchange.models import CONTENT_TYPES, KEPT_FOR, ToolboxExport
from inforo.exchange.records import Level, level_of
from inforo.file_checks import CheckedFile
from inforo.people.queries import actor_of


def requester(account_id: int | None) -> Actor:
    """Return what who asked may see now, whatever it was when they asked."""
    account = session.get(Account, account_id) if account_id else None
    return actor_of(account) if account else GUEST


def still_entitled(who: Actor, export: ToolboxExport) -> bool:
    """Tell whether this person may have a file of that level today."""
    if export.level is Level.PUBLIC:
        return True
    return level_of(who, full=export.level is Level.FULL) is export.level


@jobs.job
def make_export(export_id: int) -> None:
    """Make the file unless it is there."""
    export = session.get(ToolboxExport, export_id)
    if export is None or export.finished_at is not None:
        return
    try:
        write_export(export)
    except DomainError as refusal:
        session.rollback()
        export = session.get_one(ToolboxExport, export_id)
        export.refusal, export.finished_at = refusal.message, clock.now()
    session.commit()


def write_export(export: ToolboxExport) -> None:
    who = requester(export.account_id)
    if not still_entitled(who, export):
        raise Forbidden
    begun = clock.now()  # what changes from now on may be missing, so it counts as later
    selection = Selection(who, export.level, export.example_ids)
    data = make(selection, export.format)
    name = f"inforo-werkzeugkiste-{clock.today():%Y-%m-%d}.{export.format.value}"
    checked = CheckedFile(name, CONTENT_TYPES[export.format], data)
    export.file = files.keep(checked, owner_id=None)
    export.holds, export.finished_at = sorted(selection.held), begun


@jobs.sweep(crontab(hour="2", minute="57"))
def forget_toolbox_exports() -> None:
    """Delete exports nobody fetched in time; their content goes with the unused files."""
    until = clock.now() - KEPT_FOR
    session.execute(delete(ToolboxExport).where(ToolboxExport.created_at < until))
    session.commit()
