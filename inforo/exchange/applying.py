"""The second part of an import: what was checked becomes examples and tools.

New ones are made a few at a time, each few in one transaction with the mark that they are
made, and stay drafts nobody sees until `releasing` shows them; until then everything can be
discarded. `undoing` takes back what was shown.
"""

from pathlib import Path

from sqlalchemy import Select, select

from inforo import versions
from inforo.authz import Actor
from inforo.clock import now
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.exchange import placing
from inforo.exchange.models import (
    ImportAs,
    ImportBatch,
    ImportedObject,
    ImportRow,
    Outcome,
    Stage,
)
from inforo.exchange.staging import known_objects
from inforo.i18n import _, in_language
from inforo.toolbox import editions
from inforo.toolbox.example_parts import ExampleStep
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_colleague
from inforo.toolbox.tool_models import Tool

STEP = 50
CHUNK = 200


def origin(batch: ImportBatch) -> str:
    with in_language("de"):
        return _("Import aus „%(source)s“", source=batch.source)


# Making


def apply_some(actor: Actor, batch: ImportBatch, root: Path | None = None) -> None:
    """Make the next few new examples and tools; the import is ready when all are made."""
    rows = list(session.scalars(waiting(batch).limit(STEP)))
    examples = [row for row in rows if row.record["type"] == "example"]
    make_examples(actor, batch, examples, root)
    for row in rows:
        if row.record["type"] == "tool":
            make_tool(batch, row, root)
    batch.moved_at = now()
    if len(rows) < STEP:
        batch.stage = Stage.READY


def waiting(batch: ImportBatch) -> Select[ImportRow]:
    return (
        select(ImportRow)
        .where(
            ImportRow.batch_id == batch.id,
            ImportRow.outcome == Outcome.NEW,
            ImportRow.applied_at.is_(None),
        )
        .order_by(ImportRow.id)
    )


def make_examples(
    actor: Actor, batch: ImportBatch, rows: list[ImportRow], root: Path | None
) -> None:
    """Make several examples with few statements: each flush looks at the search index."""
    keeps = batch.import_as is ImportAs.KEPT
    with session.no_autoflush:
        made = [placing.new_example(row.record, keeps_number=keeps) for row in rows]
    session.flush()
    if keeps and made:
        placing.count_on(Example)
    known = known_objects(batch, {row.external_id for row in rows})
    for row, example in zip(rows, made, strict=True):
        placing.attach(example, row.record, root)
        row.example_id, row.applied_at = example.id, now()
        with session.no_autoflush:
            prepare(actor, batch, example)
            remember(batch, row, example, known.get(row.external_id))
    session.flush()


def make_tool(batch: ImportBatch, row: ImportRow, root: Path | None) -> None:
    keeps = batch.import_as is ImportAs.KEPT
    tool = placing.new_tool(batch, row.record, keeps_number=keeps)
    placing.attach(tool, row.record, root)
    session.flush()
    row.tool_id, row.applied_at = tool.id, now()
    remember(batch, row, tool, find_known(batch, row))


def prepare(actor: Actor, batch: ImportBatch, example: Example) -> None:
    """Write what the release would take long to write: history, and the edition to cite."""
    words, told = snapshot(example), origin(batch)
    versions.record(actor, example, words, told)
    publishes = batch.import_as is ImportAs.PUBLISHED and not is_colleague(actor, example)
    if publishes or batch.import_as is ImportAs.KEPT:
        cited = {name: value for name, value in words.items() if editions.is_cited(name)}
        first = editions.Edition(example_id=example.id, number=1, fields=cited, note=told)
        first.editor_id = actor.account_id
        session.add(first)
    if publishes:
        step = ExampleStep(example_id=example.id, action="published", text=told)
        step.actor_id, step.version = actor.account_id, example.version
        session.add(step)


def remember(
    batch: ImportBatch, row: ImportRow, content: Example | Tool, known: ImportedObject | None
) -> None:
    """Note under which number the source knows this, once per number."""
    said, kept = placing.digest(row.record), placing.digest_of(content)
    if known is None:
        known = ImportedObject(source=batch.source, external_id=row.external_id)
        session.add(known)
    known.example_id, known.tool_id = row.example_id, row.tool_id
    known.digest, known.kept = said, kept


def find_known(batch: ImportBatch, row: ImportRow) -> ImportedObject | None:
    statement = select(ImportedObject).where(ImportedObject.source == batch.source)
    return session.scalar(statement.where(ImportedObject.external_id == row.external_id))


def is_untouched(known: ImportedObject, content: Example | Tool) -> bool:
    """Tell whether nobody has changed the content since it was imported."""
    return placing.digest_of(content) == known.kept
