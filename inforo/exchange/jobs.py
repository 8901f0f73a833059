"""What the worker does for exports and imports, with the rights of who asked at that moment."""

import io
import time
from collections.abc import Callable
from pathlib import Path

from huey import crontab
from sqlalchemy import delete, select

from inforo import clock, files, jobs
from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor
from inforo.db import session
from inforo.errors import DomainError, Forbidden
from inforo.exchange import applying, releasing, undoing
from inforo.exchange.making import Selection, make
from inforo.exchange.models import (
    CONTENT_TYPES,
    KEPT_FOR,
    UNDO_FOR,
    WORKING,
    ImportBatch,
    Stage,
    ToolboxExport,
)
from inforo.exchange.policy import may_exchange
from inforo.exchange.records import Level, level_of
from inforo.exchange.staging import Stager, rows_of
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


@jobs.awaited_job
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


# Imports

SLICE_SECONDS = 20  # then others have their turn; the import orders itself anew


@jobs.awaited_job
def run_import(batch_id: int) -> None:
    """Work on an import for a while. Killed at any moment, it goes on where it was."""
    until = time.monotonic() + SLICE_SECONDS
    run = Run(batch_id)
    while run.step():
        if time.monotonic() > until:
            run_import.later(batch_id=batch_id)
            session.commit()
            return


class Run:
    """One stretch of work on an import: each step is one transaction with its mark."""

    def __init__(self, batch_id: int, root: Path | None = None) -> None:
        self.batch_id, self.root = batch_id, root
        self.stager: Stager | None = None

    def step(self) -> bool:
        """Do the next step and commit it; return whether there is another one."""
        batch = self.lock()
        if batch is None or batch.stage not in WORKING:
            session.rollback()
            return False
        try:
            self.work(batch)
        except DomainError as refusal:
            session.rollback()
            batch = session.get_one(ImportBatch, self.batch_id)
            batch.stage, batch.message = Stage.FAILED, refusal.message
        session.commit()
        return batch.stage in WORKING

    def lock(self) -> ImportBatch | None:
        """Return the import as it stands now, unless another worker is on it."""
        statement = select(ImportBatch).where(ImportBatch.id == self.batch_id)
        locked = statement.with_for_update(skip_locked=True)
        return session.scalar(locked.execution_options(populate_existing=True))

    def work(self, batch: ImportBatch) -> None:
        who = requester(batch.account_id)
        if (
            not batch.is_trusted
            and not may_exchange(who)
            and batch.stage is not Stage.DISCARDING
        ):
            raise Forbidden
        steps: dict[Stage, Callable[[], None]] = {
            Stage.READING: lambda: self.read(batch),
            Stage.APPLYING: lambda: applying.apply_some(who, batch, self.root),
            Stage.RELEASING: lambda: releasing.release_some(who, batch),
            Stage.DISCARDING: lambda: undoing.discard_some(batch),
            Stage.UNDOING: lambda: undoing.undo_some(who, batch),
        }
        steps[batch.stage]()

    def read(self, batch: ImportBatch) -> None:
        if self.stager is None:
            file = io.BytesIO(files.read(batch.file)) if batch.file else io.BytesIO()
            self.stager = Stager(batch, rows_of(batch, file))
        self.stager.step(batch)


@jobs.sweep(crontab(hour="3", minute="7"))
def forget_imports() -> None:
    """Delete the rows of imports that are over; what they made stays, with its origin."""
    until = clock.now() - UNDO_FOR
    over = (Stage.CHECKED, Stage.DISCARDED, Stage.UNDONE, Stage.FAILED, Stage.RELEASED)
    session.execute(
        delete(ImportBatch).where(ImportBatch.moved_at < until, ImportBatch.stage.in_(over))
    )
    session.commit()
