"""The log as CSV for those who may read it, and the public protocol of moderation."""

import csv
import io
from collections.abc import Iterator

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from inforo import clock, files, security
from inforo.audit import LogEntry
from inforo.authz import actor, public, staff
from inforo.exchange.tables import harmless
from inforo.i18n import _
from inforo.moderation import queries as moderation
from inforo.moderation.labels import label_of
from inforo.moderation.log_filters import read_filters
from inforo.protocols import queries

bp = Blueprint("protocols", __name__)
MOST = 10_000


@bp.get("/moderationsprotokoll")
@public
def show() -> ResponseReturnValue:
    """Show how often what was decided, without names, and small numbers only as such."""
    quarters = queries.past_quarters(clock.today())
    return render_template(
        "protocols/show.html",
        quarters=quarters,
        figures=queries.public_figures(quarters),
        few=queries.FEW,
    )


@bp.get("/arbeitskorb/protokoll.csv")
@staff
@security.limit("csv_export")
def log() -> ResponseReturnValue:
    """Hand out the log as a table, with the filters and the scope of its page."""
    states = {state.code for state in moderation.states_of(actor())}
    filters = read_filters(request.args, states)
    entries = moderation.entries(actor(), filters, 1, MOST)
    closed = moderation.unreadable_subjects(actor(), [entry for entry, _name in entries])
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    heads = (_("Wann"), _("Was"), _("Woran"), _("Wer"), _("Land"), _("Begründung"))
    writer.writerow([str(head) for head in heads])
    for entry, name in entries:
        writer.writerow([harmless(cell) for cell in cells(entry, name, closed)])
    data = table.getvalue().encode("utf-8-sig")
    kind = "text/csv; charset=utf-8"
    return files.deliver_made(data, "protokoll.csv", kind, is_public=False)


def cells(entry: LogEntry, name: str | None, closed: set[str]) -> Iterator[str]:
    """Yield what the page shows of an entry; of protected groups neither title nor reason."""
    is_closed = entry.subject in closed
    yield f"{entry.created_at.astimezone(clock.BERLIN):%Y-%m-%d %H:%M}"
    yield str(label_of(entry.action))
    yield str(_("in einer geschützten Gruppe")) if is_closed else entry.title or entry.subject
    yield name or "inforo"
    yield entry.state_code or ""
    yield "" if is_closed else entry.reason
