"""The second half of an import: what was checked becomes examples and tools.

New ones are made a few at a time, each few in one transaction with the mark that they are
made, and stay drafts nobody sees. The release shows all of them, and writes the changes of
those that were there before, in one transaction. Until then everything can be discarded.
"""

from pathlib import Path

from sqlalchemy import Select, delete, select, update

from inforo import audit, versions
from inforo.authz import Actor
from inforo.clock import now
from inforo.contributions.actions import add_step, offer_for_review
from inforo.contributions.places import SUBMITTED
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
from inforo.exchange.records import Level, Record, example_record, tool_record
from inforo.exchange.staging import known_objects
from inforo.i18n import _, in_language
from inforo.offices.actions import close_item
from inforo.offices.models import WorkKind
from inforo.toolbox import editions
from inforo.toolbox.models import Example, ExampleState, ExampleStep, Tier, Tool
from inforo.toolbox.policy import is_colleague
from inforo.toolbox.queries import with_everything

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


# Showing


def release(actor: Actor, batch: ImportBatch) -> None:
    """Show everything at once; the caller commits."""
    if batch.import_as is ImportAs.KEPT:
        release_as_kept(batch)
    else:
        release_new(actor, batch)
    release_tools(batch)
    write_changes(actor, batch)
    batch.stage, batch.released_at, batch.moved_at = Stage.RELEASED, now(), now()
    audit.record(actor, "import", batch, title=batch.source)


def made(batch: ImportBatch) -> Select[ImportRow]:
    return (
        select(ImportRow)
        .where(ImportRow.batch_id == batch.id, ImportRow.outcome == Outcome.NEW)
        .order_by(ImportRow.id)
    )


def hidden_examples(batch: ImportBatch) -> list[int]:
    """Return the examples of this import nobody has seen yet."""
    return list(
        session.scalars(
            select(ImportRow.example_id)
            .join(Example, Example.id == ImportRow.example_id)
            .where(ImportRow.batch_id == batch.id, Example.state == ExampleState.DRAFT)
            .where(ImportRow.outcome == Outcome.NEW)
            .order_by(ImportRow.id)
        )
    )


def release_new(actor: Actor, batch: ImportBatch) -> None:
    """Publish, or hand in to the offices; nobody publishes what is of their own place."""
    ids = hidden_examples(batch)
    published: list[int] = []
    for start in range(0, len(ids), CHUNK):
        some = with_everything().where(Example.id.in_(ids[start : start + CHUNK]))
        for example in session.scalars(some.order_by(Example.id)):
            if batch.import_as is ImportAs.PUBLISHED and not is_colleague(actor, example):
                published.append(example.id)
            else:
                hand_in(actor, batch, example)
    publish(published)


def hand_in(actor: Actor, batch: ImportBatch, example: Example) -> None:
    """Give an example to the office of its Land, as if somebody had submitted it."""
    example.submit()
    add_step(actor, example, "submitted", origin(batch))
    offer_for_review(example)
    SUBMITTED.happened(actor, example)


def publish(ids: list[int]) -> None:
    today = now()
    for start in range(0, len(ids), CHUNK):
        session.execute(
            update(Example)
            .where(Example.id.in_(ids[start : start + CHUNK]))
            .values(
                state=ExampleState.PUBLISHED,
                tier=Tier.PUBLISHED,
                reviewed_at=today,
                published_at=today,
                confirmed_at=today,
            )
        )
        session.flush()


def release_as_kept(batch: ImportBatch) -> None:
    """Give examples the state and the times the file names."""
    for row in session.scalars(made(batch)):
        example = session.get(Example, row.example_id) if row.example_id else None
        if example is None:
            continue
        record = row.record
        example.state = ExampleState(record.get("state") or ExampleState.DRAFT)
        example.tier = Tier(record["tier"]) if record.get("tier") else None
        for name in ("submitted_at", "reviewed_at", "published_at", "confirmed_at"):
            setattr(example, name, placing.moment(record.get(name)))
        example.unconfirmed_since = placing.moment(record.get("unconfirmed_since"))


def release_tools(batch: ImportBatch) -> None:
    """Publish tools, as the file says or, if the editor decided so, all of them."""
    for row in session.scalars(made(batch).where(ImportRow.tool_id.is_not(None))):
        tool = session.get_one(Tool, row.tool_id)
        if batch.import_as is ImportAs.KEPT:
            tool.published_at = placing.moment(row.record.get("published_at"))
        elif batch.import_as is ImportAs.PUBLISHED:
            tool.published_at = now()


def write_changes(actor: Actor, batch: ImportBatch) -> None:
    """Write what the source says now over what it said before, keeping what was there."""
    statement = select(ImportRow).where(
        ImportRow.batch_id == batch.id, ImportRow.outcome == Outcome.CHANGED
    )
    for row in session.scalars(statement.order_by(ImportRow.id)):
        known = find_known(batch, row)
        content = content_of(known)
        if known is not None and content is not None and is_untouched(known, content):
            row.before, row.applied_at = record_of(content), now()
            row.example_id, row.tool_id = known.example_id, known.tool_id
            write(actor, batch, content, row.record)
            known.digest, known.kept = placing.digest(row.record), placing.digest_of(content)


def content_of(known: ImportedObject | ImportRow | None) -> Example | Tool | None:
    if known is None:
        return None
    if known.example_id:
        return session.scalar(with_everything().where(Example.id == known.example_id))
    return session.get(Tool, known.tool_id) if known.tool_id else None


def record_of(content: Example | Tool) -> Record:
    if isinstance(content, Example):
        return example_record(content, Level.FULL)
    return tool_record(content, content.examples)


def write(actor: Actor, batch: ImportBatch, content: Example | Tool, record: Record) -> None:
    if isinstance(content, Tool):
        placing.fill_tool(batch, content, record)
        return
    placing.fill_example(content, record)
    content.updated_at = now()
    session.flush()
    versions.record(actor, content, snapshot(content), origin(batch))
    if content.is_published:
        editions.keep(actor, content, snapshot(content), origin(batch))


# Going back


def discard_some(batch: ImportBatch) -> None:
    """Delete what nobody has seen, a few at a time; the list of rows stays to be read."""
    ids = hidden_examples(batch)[:CHUNK]
    tools = list(
        session.scalars(
            select(ImportRow.tool_id).where(
                ImportRow.batch_id == batch.id,
                ImportRow.outcome == Outcome.NEW,
                ImportRow.tool_id.is_not(None),
            )
        )
    )[:CHUNK]
    session.execute(delete(Tool).where(Tool.id.in_(tools)))
    session.execute(delete(Example).where(Example.id.in_(ids)))
    batch.moved_at = now()
    if len(ids) < CHUNK and len(tools) < CHUNK:
        batch.stage = Stage.DISCARDED


def undo(actor: Actor, batch: ImportBatch) -> None:
    """Take back what nobody has worked on since; the caller commits."""
    statement = select(ImportRow).where(
        ImportRow.batch_id == batch.id, ImportRow.applied_at.is_not(None)
    )
    rows = session.scalars(statement.order_by(ImportRow.id))
    batch.kept = sum(not take_back(actor, batch, row) for row in rows)
    batch.stage, batch.moved_at = Stage.UNDONE, now()
    audit.record(actor, "undo_import", batch, title=batch.source)


def take_back(actor: Actor, batch: ImportBatch, row: ImportRow) -> bool:
    """Undo one row; return False where somebody has worked on it since."""
    known = find_known(batch, row)
    content = content_of(row)
    if known is None or content is None or not is_untouched(known, content):
        return False
    if known.digest != placing.digest(row.record):  # a later import has written it anew
        return False
    if row.outcome is Outcome.CHANGED:
        write(actor, batch, content, row.before)
        known.digest, known.kept = placing.digest(row.before), placing.digest_of(content)
        return True
    if isinstance(content, Tool):
        content.published_at = None
    else:
        content.withdraw()
        add_step(actor, content, "withdrawn", origin(batch))
        close_item(actor, WorkKind.EXAMPLE, content, _("zurückgezogen"))
    session.delete(known)
    return True
