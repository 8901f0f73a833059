"""The first half of an import: rows are read, checked, and kept as rows of our own.

The whole file goes through here before anything is made of it; the same step is the dry run.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import insert, select

from inforo.clock import now
from inforo.db import session
from inforo.exchange import reading
from inforo.exchange.checking import check_record
from inforo.exchange.mapping import ColumnMapping
from inforo.exchange.models import (
    ImportAs,
    ImportBatch,
    ImportedObject,
    ImportRow,
    Outcome,
    Stage,
)
from inforo.exchange.placing import digest, digest_of, number_of
from inforo.exchange.reading import Row
from inforo.exchange.words import Checked, Words
from inforo.i18n import _
from inforo.toolbox import fields
from inforo.toolbox.models import Example
from inforo.toolbox.queries import with_everything
from inforo.toolbox.tool_models import Tool

STEP = 200
# What everybody may read only with, as for examples that are written here.
TO_PUBLISH = ("title", "summary", "municipalities", "age_phase", "field_of_action")


def rows_of(batch: ImportBatch, file: BinaryIO) -> Iterator[Row]:
    """Yield what stands in one file of the import."""
    if batch.is_table:
        return reading.table_rows(file, ColumnMapping(**batch.mapping))
    return reading.line_rows(file)


class Stager:
    """Reads on where the import stands, a few hundred rows per transaction."""

    def __init__(
        self, batch: ImportBatch, rows: Iterator[Row], root: Path | None = None
    ) -> None:
        self.batch_id, self.root, self.words = batch.id, root, Words()
        self.rows = islice(rows, batch.position, None)

    def step(self, batch: ImportBatch) -> None:
        """Keep the next rows; the import is checked when there are no more."""
        some = list(islice(self.rows, STEP))
        if some:
            keep(batch, some, self.words, self.root)
        batch.position += len(some)
        batch.moved_at = now()
        if len(some) < STEP:
            batch.total, batch.stage = batch.position, Stage.CHECKED


def keep(batch: ImportBatch, some: Sequence[Row], words: Words, root: Path | None) -> None:
    checked = [(row, check(batch, row, words, root)) for row in some]
    ids = {result.record.get("id", "") for _row, result in checked}
    taken = staged(batch, ids)
    known = known_objects(batch, ids)
    current = contents_of(known.values())
    values = []
    for row, result in checked:
        external_id = result.record.get("id", "")
        if external_id and external_id in taken:
            result.refuse("id", external_id, _("Diese Kennung steht schon weiter oben."))
        taken.add(external_id)
        outcome = outcome_of(batch, result, known.get(external_id), current)
        values.append(as_row(batch, row, result, outcome))
    session.execute(insert(ImportRow), values)


def check(batch: ImportBatch, row: Row, words: Words, root: Path | None) -> Checked:
    """Check one row; who has no number gets one of title and places."""
    if row.record is None:
        checked = Checked()
        checked.refuse("", "", row.problem)
        return checked
    checked = check_record(row.record, words)
    record = checked.record
    if not record.get("id"):
        named = f"{record.get('title', '')}\n{record.get('municipalities', '')}"
        record["id"] = f"auto-{hashlib.sha256(named.encode()).hexdigest()[:20]}"
    if not batch.is_trusted:
        record.pop("files", None)
    elif root is not None:
        check_contents(checked, root)
    if batch.import_as is not ImportAs.KEPT and record.get("type") == "example":
        check_complete(batch, checked)
    return checked


def check_contents(checked: Checked, root: Path) -> None:
    for each in checked.record.get("files", []):
        place = root / each["path"]
        if not place.is_file():
            checked.refuse("files", each["path"], _("Diese Datei fehlt im Ordner."))
        elif hashlib.sha256(place.read_bytes()).hexdigest() != each.get("sha256"):
            checked.refuse("files", each["path"], _("Diese Datei ist beschädigt."))


def check_complete(batch: ImportBatch, checked: Checked) -> None:
    publishes = batch.import_as is ImportAs.PUBLISHED
    refused = {problem.field for problem in checked.problems}
    for name in TO_PUBLISH if publishes else ("title", "municipalities"):
        if not checked.record.get(name) and name not in refused:
            label = fields.LABELS[name]
            checked.refuse(name, "", _("%(field)s fehlt.", field=label))


def staged(batch: ImportBatch, ids: set[str]) -> set[str]:
    """Return which of these numbers earlier rows of the file have."""
    statement = select(ImportRow.external_id).where(
        ImportRow.batch_id == batch.id, ImportRow.external_id.in_(ids)
    )
    return set(session.scalars(statement))


def known_objects(batch: ImportBatch, ids: set[str]) -> dict[str, ImportedObject]:
    """Return what came from the source before, by its number there."""
    statement = select(ImportedObject).where(
        ImportedObject.source == batch.source, ImportedObject.external_id.in_(ids)
    )
    return {known.external_id: known for known in session.scalars(statement)}


def contents_of(known: Any) -> dict[tuple[str, int], Example | Tool]:
    """Return the examples and tools of these, with all that is compared."""
    pairs = [(each.example_id, each.tool_id) for each in known]
    examples = [example_id for example_id, _tool in pairs if example_id]
    tools = [tool_id for _example, tool_id in pairs if tool_id]
    found: dict[tuple[str, int], Example | Tool] = {}
    if examples:
        statement = with_everything().where(Example.id.in_(examples))
        found |= {("example", each.id): each for each in session.scalars(statement)}
    if tools:
        statement = select(Tool).where(Tool.id.in_(tools))  # type: ignore[assignment]
        found |= {("tool", each.id): each for each in session.scalars(statement)}
    return found


def outcome_of(
    batch: ImportBatch,
    result: Checked,
    known: ImportedObject | None,
    current: dict[tuple[str, int], Example | Tool],
) -> Outcome:
    """Tell what will become of a row. What people have worked on here is never written over."""
    if result.problems:
        return Outcome.REJECTED
    if known is None:
        known_here = find_original(batch, result)
        return Outcome.NEW if known_here is None else compare(result, known_here)
    content = current.get(("example", known.example_id or 0)) or current.get(
        ("tool", known.tool_id or 0)
    )
    if content is None:
        return Outcome.NEW
    if known.digest == digest(result.record):
        return Outcome.SAME
    if digest_of(content) != known.kept:
        result.refuse("", "", _("Wurde seit dem letzten Import hier bearbeitet; das bleibt."))
        return Outcome.REJECTED
    return Outcome.CHANGED


def find_original(batch: ImportBatch, result: Checked) -> Example | Tool | None:
    """Return what this record was exported from, if that was here."""
    if batch.import_as is not ImportAs.KEPT:
        return None
    model, kind = (Example, "pb") if result.record["type"] == "example" else (Tool, "wz")
    number = number_of(result.record, kind)
    content: Any = session.get(model, number) if number else None
    if content is None or content.created_at.isoformat() != result.record.get("created_at"):
        return None
    found: Example | Tool = content
    return found


def compare(result: Checked, content: Example | Tool) -> Outcome:
    """Leave what is here as it is; say so where the file says something else."""
    if digest_of(content) == digest(result.record):
        return Outcome.SAME
    result.refuse("id", result.record["id"], _("Gibt es hier schon, mit anderem Inhalt."))
    return Outcome.REJECTED


def as_row(batch: ImportBatch, row: Row, result: Checked, outcome: Outcome) -> dict[str, Any]:
    is_refused = outcome is Outcome.REJECTED
    return {
        "batch_id": batch.id,
        "number": row.number,
        "external_id": str(result.record.get("id", ""))[:200] if not is_refused else "",
        "title": str(result.record.get("title", ""))[:300],
        "record": {} if is_refused else result.record,
        "raw": row.raw if is_refused else {},
        "before": {},
        "problems": [problem.as_dict() for problem in result.problems],
        "outcome": outcome,
    }
