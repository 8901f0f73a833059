"""Every SELECT of exports and imports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from inforo import clock
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.exchange.models import (
    QUIET,
    ImportBatch,
    ImportedObject,
    ImportRow,
    Outcome,
    Stage,
    ToolboxExport,
)
from inforo.exchange.records import Level, Record, example_record, tool_record
from inforo.i18n import _
from inforo.toolbox.models import Example
from inforo.toolbox.policy import (
    may_see_criteria,
    may_view,
    tools_visible_to,
    visible_to,
)
from inforo.toolbox.queries import PUBLISHED, with_everything
from inforo.toolbox.states import ExampleState, ObstacleAudience
from inforo.toolbox.tool_models import Tool, ToolFile

CHUNK = 200


# Records


def wanted_examples(actor: Actor | None, level: Level) -> ColumnElement[bool]:
    """Return which examples an export holds; `actor` None is the operation itself."""
    if level is not Level.FULL:
        return PUBLISHED
    return true() if actor is None else visible_to(actor)


def example_records(
    actor: Actor | None, level: Level, ids: Sequence[int] | None = None
) -> Iterator[tuple[Example, Record]]:
    """Yield examples in the order of their numbers, a few hundred in memory at a time."""
    for found in example_chunks(wanted_examples(actor, level), ids):
        for example in found:
            sees = actor is None or may_see_criteria(actor, example)
            yield example, example_record(example, level, sees_criteria=sees)


def example_chunks(
    where: ColumnElement[bool], ids: Sequence[int] | None
) -> Iterator[list[Example]]:
    """Yield all examples, or those with these ids, in chunks."""
    statement = with_everything().where(where).order_by(Example.id).limit(CHUNK)
    if ids is not None:
        known = sorted(ids)
        for start in range(0, len(known), CHUNK):
            some = known[start : start + CHUNK]
            yield list(session.scalars(statement.where(Example.id.in_(some))))
        return
    last = 0
    while found := list(session.scalars(statement.where(Example.id > last))):
        yield found
        last = found[-1].id


def tool_records(
    actor: Actor | None, level: Level, ids: set[int] | None = None
) -> Iterator[tuple[Tool, Record]]:
    """Yield tools in the order of their numbers; `ids` are the examples that go along."""
    public = Tool.published_at.is_not(None)
    if level is Level.FULL:
        where = true() if actor is None else tools_visible_to(actor)
    else:
        where = public
    statement = (
        select(Tool)
        .where(where)
        .options(
            selectinload(Tool.files).joinedload(ToolFile.file),
            selectinload(Tool.examples).selectinload(Example.municipalities),
        )
        .order_by(Tool.id)
    )
    last = 0
    while found := list(session.scalars(statement.where(Tool.id > last).limit(CHUNK))):
        for tool in found:
            shown = [each for each in tool.examples if is_shown(actor, each, level)]
            if ids is None or any(each.id in ids for each in shown):
                yield tool, tool_record(tool, shown)
        last = found[-1].id


def is_shown(actor: Actor | None, example: Example, level: Level) -> bool:
    if example.state is ExampleState.PUBLISHED:
        return True
    return level is Level.FULL and (actor is None or may_view(actor, example))


# Exports


def find_shared_export(stamp: str) -> ToolboxExport | None:
    """Return the file guests made or have ordered before, if it is of the same content."""
    statement = select(ToolboxExport).where(
        ToolboxExport.stamp == stamp,
        ToolboxExport.account_id.is_(None),
        ToolboxExport.refusal == "",
    )
    return session.scalar(statement.order_by(ToolboxExport.id.desc()).limit(1))


def get_export(actor: Actor, key: str) -> ToolboxExport:
    """Return an export of this person; what guests ordered is public anyhow."""
    statement = select(ToolboxExport).where(ToolboxExport.key == key)
    export = session.scalar(statement.options(joinedload(ToolboxExport.file)))
    if export is None or (export.account_id and not actor.is_me(export.account_id)):
        raise NotFound(_("Diese Datei gibt es nicht (mehr)."))
    return export


def is_outdated(actor: Actor, export: ToolboxExport) -> bool:
    """Tell whether the file holds something its reader may not see any more."""
    if export.finished_at is None:
        return False
    touched = Example.updated_at > export.finished_at
    statement = select(Example.id, Example.obstacles_audience).where(touched)
    held = set(export.holds)
    changed = {row[0]: row[1] for row in session.execute(statement) if row[0] in held}
    if not changed:
        return False
    if not actor.is_member and ObstacleAudience.MEMBERS in changed.values():
        return True
    seen = set(session.scalars(select(Example.id).where(touched, visible_to(actor))))
    return not seen.issuperset(changed)


# Imports


def has_open_sibling(batch: ImportBatch) -> bool:
    """Tell whether another import of the same source is made and not yet released."""
    under_way = (Stage.APPLYING, Stage.READY, Stage.RELEASING, Stage.DISCARDING)
    statement = select(
        exists().where(
            ImportBatch.source == batch.source,
            ImportBatch.id != batch.id,
            ImportBatch.stage.in_(under_way),
        )
    )
    return bool(session.scalar(statement))


def imports(limit: int = 50) -> list[ImportBatch]:
    """Return the latest imports, the newest first."""
    statement = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)
    return list(session.scalars(statement))


def get_import(batch_id: int) -> ImportBatch:
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotFound(_("Diesen Import gibt es nicht (mehr)."))
    return batch


def count_outcomes(batch: ImportBatch) -> dict[Outcome, int]:
    """Return how many rows have which outcome."""
    statement = (
        select(ImportRow.outcome, func.count())
        .where(ImportRow.batch_id == batch.id)
        .group_by(ImportRow.outcome)
    )
    counted = {row[0]: row[1] for row in session.execute(statement)}
    return {outcome: counted.get(outcome, 0) for outcome in Outcome}


@dataclass(frozen=True)
class Progress:
    """How far an import is; `most` is 0 as long as nobody knows."""

    stage: Stage
    moved_at: datetime
    done: int
    most: int

    @property
    def is_stuck(self) -> bool:
        """Tell whether the worker has not moved it for a while: maybe it was killed."""
        return self.stage.is_working and self.moved_at + QUIET < clock.now()


def get_progress(batch_id: int) -> Progress:
    """Return where an import stands, with one statement: the page asks every two seconds."""
    is_row, is_new = ImportRow.batch_id == ImportBatch.id, ImportRow.outcome == Outcome.NEW
    to_show = ImportRow.outcome.in_((Outcome.NEW, Outcome.CHANGED))
    conditions = (
        (is_new, ImportRow.applied_at.is_not(None)),
        (is_new,),
        (to_show, ImportRow.released_at.is_not(None)),
        (to_show,),
    )
    counts = [
        select(func.count(ImportRow.id)).where(is_row, *where).correlate(ImportBatch)
        for where in conditions
    ]
    statement = select(
        ImportBatch.stage,
        ImportBatch.moved_at,
        ImportBatch.position,
        *(count.scalar_subquery() for count in counts),
    ).where(ImportBatch.id == batch_id)
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(_("Diesen Import gibt es nicht (mehr)."))
    stage, moved_at, read, made, new, shown, all_shown = row
    done, most = {
        Stage.APPLYING: (made, new),
        Stage.RELEASING: (shown, all_shown),
    }.get(stage, (read, 0))
    return Progress(stage, moved_at, done, most)


def progress_of(batch: ImportBatch) -> Progress:
    """Return where an import stands that was loaded already; what waits has no numbers."""
    if batch.stage.is_working:
        return get_progress(batch.id)
    return Progress(batch.stage, batch.moved_at, 0, 0)


def rows_of_import(
    batch: ImportBatch, *outcomes: Outcome, limit: int, offset: int = 0
) -> list[ImportRow]:
    statement = select(ImportRow).where(ImportRow.batch_id == batch.id)
    if outcomes:
        statement = statement.where(ImportRow.outcome.in_(outcomes))
    return list(
        session.scalars(statement.order_by(ImportRow.number).limit(limit).offset(offset))
    )


def find_origin(example: Example) -> str:
    """Return where an example was imported from, empty for what was written here."""
    statement = select(ImportedObject.source).where(ImportedObject.example_id == example.id)
    return session.scalar(statement.limit(1)) or ""
