"""The last part of an import: what was made is shown, what changed is written.

A few rows at a time, each few in one transaction with the mark that they are shown: nobody
waits long for the database, and killed at any moment it goes on where it was.
"""

from collections.abc import Sequence

from sqlalchemy import Select, select, update

from inforo import audit, versions
from inforo.authz import Actor
from inforo.clock import now
from inforo.contributions.actions import add_step, offer_for_review
from inforo.contributions.places import SUBMITTED
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.exchange import placing
from inforo.exchange.applying import find_known, is_untouched, origin
from inforo.exchange.models import (
    ImportAs,
    ImportBatch,
    ImportedObject,
    ImportRow,
    Outcome,
    Stage,
)
from inforo.exchange.records import Level, Record, example_record, tool_record
from inforo.toolbox import editions
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_colleague
from inforo.toolbox.queries import with_everything
from inforo.toolbox.states import ExampleState, Tier
from inforo.toolbox.tool_models import Tool

STEP = 100


def release_some(actor: Actor, batch: ImportBatch) -> None:
    """Show the next few; with the last of them the import is released."""
    rows = list(session.scalars(waiting(batch).limit(STEP)))
    new = [row for row in rows if row.outcome is Outcome.NEW]
    show_examples(actor, batch, [row for row in new if row.example_id])
    show_tools(batch, [row for row in new if row.tool_id])
    for row in rows:
        if row.outcome is Outcome.CHANGED:
            write_change(actor, batch, row)
        row.released_at = now()
    batch.moved_at = now()
    if len(rows) < STEP:
        batch.stage, batch.released_at = Stage.RELEASED, now()
        audit.record(actor, "import", batch, title=batch.source)


def waiting(batch: ImportBatch) -> Select[ImportRow]:
    """Return the rows that are not shown yet; a killed release finds them again."""
    return (
        select(ImportRow)
        .where(
            ImportRow.batch_id == batch.id,
            ImportRow.outcome.in_((Outcome.NEW, Outcome.CHANGED)),
            ImportRow.released_at.is_(None),
        )
        .order_by(ImportRow.id)
    )


def show_examples(actor: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Publish, or hand in to the offices, or give them back the state the file names."""
    records = {row.example_id: row.record for row in rows}
    hidden = Example.id.in_(list(records)) & (Example.state == ExampleState.DRAFT)
    statement = with_everything().where(hidden).order_by(Example.id)
    published = []
    for example in session.scalars(statement) if records else ():
        if batch.import_as is ImportAs.KEPT:
            keep_state(example, records[example.id])
        elif batch.import_as is ImportAs.PUBLISHED and not is_colleague(actor, example):
            published.append(example.id)  # nobody publishes what is of their own place
        else:
            hand_in(actor, batch, example)
    session.flush()
    publish(published)


def keep_state(example: Example, record: Record) -> None:
    """Give an example the state and the times the file names."""
    example.state = ExampleState(record.get("state") or ExampleState.DRAFT)
    example.tier = Tier(record["tier"]) if record.get("tier") else None
    for name in ("submitted_at", "reviewed_at", "published_at", "confirmed_at"):
        setattr(example, name, placing.moment(record.get(name)))
    example.unconfirmed_since = placing.moment(record.get("unconfirmed_since"))


def hand_in(actor: Actor, batch: ImportBatch, example: Example) -> None:
    """Give an example to the office of its Land, as if somebody had submitted it."""
    example.submit()
    add_step(actor, example, "submitted", origin(batch))
    offer_for_review(example)
    SUBMITTED.happened(actor, example)


def publish(ids: Sequence[int]) -> None:
    today = now()
    values = {
        "state": ExampleState.PUBLISHED,
        "tier": Tier.PUBLISHED,
        "reviewed_at": today,
        "published_at": today,
        "confirmed_at": today,
    }
    if ids:
        session.execute(update(Example).where(Example.id.in_(ids)).values(values))


def show_tools(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Publish tools, as the file says or, if the editor decided so, all of them."""
    for row in rows:
        tool = session.get_one(Tool, row.tool_id)
        if batch.import_as is ImportAs.KEPT:
            tool.published_at = placing.moment(row.record.get("published_at"))
        elif batch.import_as is ImportAs.PUBLISHED:
            tool.published_at = now()


def write_change(actor: Actor, batch: ImportBatch, row: ImportRow) -> None:
    """Write what the source says now over what it said before, keeping what was there."""
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
