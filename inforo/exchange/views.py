"""Pages where the toolbox is taken along."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import files
from inforo.authz import actor, public
from inforo.db import session
from inforo.exchange import actions, jobs, policy, queries
from inforo.exchange.forms import ExportForm, FullExportForm
from inforo.exchange.models import ExportFormat, ToolboxExport
from inforo.security import limit
from inforo.toolbox import place_filter
from inforo.toolbox.listing import active_filters, find_ids, labels_of, read_filters
from inforo.toolbox.queries import around_the_list, count_tools
from inforo.toolbox.shelves import Shelf, shelf

bp = Blueprint("exchange", __name__)


def chosen_examples(known: Shelf) -> tuple[list[int] | None, list[tuple[str, str]]]:
    """Return the ids the filters in the address leave (None: all), and their names."""
    _tools, kept_order, edition = around_the_list(actor())
    wanted = place_filter.read(actor(), request.args, edition)
    labels = labels_of(known)
    filters = read_filters(request.args, known, labels, wanted, kept_order)
    if filters.is_empty:
        return None, []
    _within, ids = find_ids(known, filters, wanted)
    return list(ids), active_filters(filters, labels, wanted)


def export_form() -> ExportForm:
    return FullExportForm() if policy.may_exchange(actor()) else ExportForm()


@bp.route("/werkzeugkiste/export", methods=["GET", "POST"])
@public
@limit("csv_export", "csv_export_guest", methods=["POST"])
def export() -> ResponseReturnValue:
    known = shelf()
    ids, active = chosen_examples(known)
    form = export_form()
    if form.validate_on_submit():
        return ordered(form, ids, (known.stamp, count_tools()))
    page = render_template(
        "exchange/export.html",
        form=form,
        count=len(known.catalogue) if ids is None else len(ids),
        tool_count=count_tools() if ids is None else None,
        active=active,
        query=request.query_string.decode("latin-1"),
    )
    return page, 422 if form.errors else 200


def ordered(form: Any, ids: list[int] | None, catalogue: Any) -> ResponseReturnValue:
    full = "full" in form and form.full.data
    made = actions.order_export(
        actor(), ExportFormat(form.format.data), ids, catalogue, full=full
    )
    session.commit()
    return redirect(url_for(".export_state", key=made.key), 303)


@bp.get("/werkzeugkiste/export/<key>")
@public
def export_state(key: str) -> ResponseReturnValue:
    found = queries.get_export(actor(), key)
    return render_template("exchange/export_state.html", export=found, usable=usable(found))


@bp.get("/werkzeugkiste/export/<key>/datei")
@public
def export_file(key: str) -> ResponseReturnValue:
    """Deliver the file if the reader may still have all that is in it."""
    found = queries.get_export(actor(), key)
    if found.file is None or not usable(found):
        return redirect(url_for(".export_state", key=key), 303)
    return files.deliver(found.file)


def usable(found: ToolboxExport) -> bool:
    entitled = jobs.still_entitled(actor(), found)
    return found.file_id is not None and entitled and not queries.is_outdated(actor(), found)
