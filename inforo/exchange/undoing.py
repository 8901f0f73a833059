"""Taking an import back: deleted before its release, withdrawn after it. A few at a time."""

from sqlalchemy import delete, select

from inforo import audit
from inforo.authz import Actor
from inforo.clock import now
from inforo.contributions.actions import add_step
from inforo.db import session
from inforo.exchange import placing
from inforo.exchange.applying import find_known, is_untouched, origin
from inforo.exchange.models import ImportBatch, ImportRow, Outcome, Stage
from inforo.exchange.releasing import STEP, content_of, write
from inforo.i18n import _
from inforo.offices.actions import close_item
from inforo.offices.models import WorkKind
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool

CHUNK = 200


def hidden_examples(batch: ImportBatch) -> list[int]:
    """Return the next examples of this import nobody has seen yet."""
    return list(
        session.scalars(
            select(ImportRow.example_id)
            .join(Example, Example.id == ImportRow.example_id)
            .where(ImportRow.batch_id == batch.id, Example.state == ExampleState.DRAFT)
            .where(ImportRow.outcome == Outcome.NEW)
            .order_by(ImportRow.id)
            .limit(CHUNK)
        )
    )


def discard_some(batch: ImportBatch) -> None:
    """Delete what nobody has seen, a few at a time; the list of rows stays to be read."""
    ids = hidden_examples(batch)
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


def undo_some(actor: Actor, batch: ImportBatch) -> None:
    """Take back the next few of what nobody has worked on since, marked one by one."""
    statement = (
        select(ImportRow)
        .where(
            ImportRow.batch_id == batch.id,
            ImportRow.applied_at.is_not(None),
            ImportRow.released_at.is_not(None),
        )
        .order_by(ImportRow.id)
        .limit(STEP)
    )
    rows = list(session.scalars(statement))
    for row in rows:
        batch.kept += not take_back(actor, batch, row)
        row.released_at = None
    batch.moved_at = now()
    if len(rows) < STEP:
        batch.stage = Stage.UNDONE
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
