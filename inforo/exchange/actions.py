"""Ordering exports, and the steps of an import."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete

from inforo import audit, files
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.exchange import queries
from inforo.exchange.jobs import make_export, run_import
from inforo.exchange.mapping import ColumnMapping
from inforo.exchange.models import (
    UNDO_FOR,
    ExportFormat,
    ImportAs,
    ImportBatch,
    ImportRow,
    Stage,
    ToolboxExport,
)
from inforo.exchange.records import Level, level_of
from inforo.file_checks import CheckedFile
from inforo.i18n import _


def order_export(
    actor: Actor,
    wanted: ExportFormat,
    example_ids: Sequence[int] | None,
    catalogue: Any,
    *,
    full: bool = False,
) -> ToolboxExport:
    """Have a file made. Guests share one file as long as the catalogue is the same."""
    level = level_of(actor, full=full)
    chosen = None if example_ids is None else sorted(example_ids)
    named = json.dumps([wanted, level, chosen, str(catalogue)])
    stamp = hashlib.sha256(named.encode()).hexdigest()
    if level is Level.PUBLIC:
        known = queries.find_shared_export(stamp)
        if known is not None:
            return known
    export = ToolboxExport(
        key=secrets.token_urlsafe(24),
        account_id=actor.account_id if level is not Level.PUBLIC else None,
        level=level,
        format=wanted,
        example_ids=chosen,
        stamp=stamp,
    )
    session.add(export)
    session.flush()
    if level is Level.FULL:
        audit.record(actor, "export", export)
    make_export.later(export_id=export.id)
    return export


# Imports


def begin_import(
    actor: Actor,
    upload: CheckedFile,
    source: str,
    mapping: ColumnMapping | None,
    import_as: ImportAs,
) -> ImportBatch:
    """Keep a file and have the worker check it; nothing is made of it yet."""
    batch = ImportBatch(
        account_id=actor.account_id,
        source=source,
        file_name=upload.name,
        file=files.keep(upload, actor.account_id),
        mapping=mapping.as_dict() if mapping else {},
        import_as=import_as,
    )
    session.add(batch)
    session.flush()
    audit.record(actor, "begin_import", batch, title=source)
    run_import.later(batch_id=batch.id)
    return batch


def move_on(batch: ImportBatch, stage: Stage, *allowed: Stage) -> None:
    """Send an import to its next stage; the worker does the rest."""
    if batch.stage not in allowed:
        raise DomainError(_("Der Import ist inzwischen weiter. Bitte laden Sie die Seite neu."))
    batch.stage, batch.moved_at = stage, now()
    run_import.later(batch_id=batch.id)


def map_anew(batch: ImportBatch, mapping: ColumnMapping) -> None:
    """Forget what was checked and check the file with another mapping."""
    move_on(batch, Stage.READING, Stage.CHECKED)
    session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    batch.mapping, batch.position, batch.total = mapping.as_dict(), 0, 0


def start(batch: ImportBatch) -> None:
    """Have examples made of the checked rows; one import of a source at a time."""
    if queries.has_open_sibling(batch):
        raise DomainError(_("Aus dieser Quelle wartet schon ein Import auf Ihre Entscheidung."))
    move_on(batch, Stage.APPLYING, Stage.CHECKED)


def release(batch: ImportBatch) -> None:
    move_on(batch, Stage.RELEASING, Stage.READY)


def discard(batch: ImportBatch) -> None:
    """Cancel an import at any time before its release."""
    open_stages = (Stage.READING, Stage.CHECKED, Stage.APPLYING, Stage.READY, Stage.FAILED)
    move_on(batch, Stage.DISCARDING, *open_stages)


def undo(batch: ImportBatch) -> None:
    """Take a released import back, within thirty days."""
    if batch.released_at is not None and batch.released_at + UNDO_FOR < now():
        raise DomainError(_("Nach 30 Tagen lässt sich ein Import nicht mehr zurücknehmen."))
    move_on(batch, Stage.UNDOING, Stage.RELEASED)


def resume(batch: ImportBatch) -> None:
    """Wake the worker for an import that stands still."""
    if batch.stage.is_working:
        run_import.later(batch_id=batch.id)
