"""Pages where the toolbox is taken along, and where editors bring foreign databases in."""

import hashlib
import io
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import files, web
from inforo.authz import actor, public, require, staff
from inforo.config import settings
from inforo.db import session
from inforo.errors import DomainError
from inforo.exchange import actions, jobs, policy, queries, tables
from inforo.exchange.forms import ExportForm, FullExportForm, MappingForm, UploadForm
from inforo.exchange.mapping import FIELDS, ColumnMapping, MappingRefused
from inforo.exchange.models import (
    ExportFormat,
    ImportAs,
    ImportBatch,
    Outcome,
    Stage,
    ToolboxExport,
)
from inforo.exchange.reading import headings_of
from inforo.file_checks import CheckedFile
from inforo.files import takes_files
from inforo.security import against_guessing, limit
from inforo.toolbox import place_filter
from inforo.toolbox.listing import active_filters, find_ids, labels_of, read_filters
from inforo.toolbox.queries import around_the_list, count_tools
from inforo.toolbox.shelves import Shelf, shelf

bp = Blueprint("exchange", __name__)
ACCEPTED = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)
PREVIEW = 5
MOST_REJECTED = 20_000


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
@against_guessing
def export_state(key: str) -> ResponseReturnValue:
    found = queries.get_export(actor(), key)
    return render_template("exchange/export_state.html", export=found, usable=usable(found))


@bp.get("/werkzeugkiste/export/<key>/datei")
@public
@against_guessing
def export_file(key: str) -> ResponseReturnValue:
    """Deliver the file if the reader may still have all that is in it."""
    found = queries.get_export(actor(), key)
    if found.file is None or not usable(found):
        return redirect(url_for(".export_state", key=key), 303)
    return files.deliver(found.file)


def usable(found: ToolboxExport) -> bool:
    entitled = jobs.still_entitled(actor(), found)
    return found.file_id is not None and entitled and not queries.is_outdated(actor(), found)


# Imports: pages for editors


@bp.route("/redaktion/import/", methods=["GET", "POST"])
@staff
@takes_files
@limit("uploads", methods=["POST"])
def imports() -> ResponseReturnValue:
    """List imports, and take a file: lines of ours, or a table with or without a mapping."""
    require(policy.may_exchange)
    form = UploadForm()
    if form.validate_on_submit():
        try:
            return uploaded(form)
        except DomainError as refusal:
            session.rollback()
            form.file.errors = [*form.file.errors, refusal.message]
    page = render_template("exchange/imports.html", form=form, imports=queries.imports())
    return page, 422 if form.errors else 200


def uploaded(form: UploadForm) -> ResponseReturnValue:
    given, name = form.read_file()
    mapping = None if name.endswith(".jsonl") else form.mapping_for(given)
    checked = CheckedFile(name, "application/octet-stream", given)
    wanted = ImportAs(form.import_as.data)
    source = form.source.data or (mapping.source if mapping else "")
    batch = actions.begin_import(actor(), checked, source or name, mapping, wanted)
    return web.created(url_for(".show_import", batch_id=batch.id))


@bp.get("/redaktion/import/<int:batch_id>")
@staff
def show_import(batch_id: int) -> ResponseReturnValue:
    return import_page(batch_id, MappingForm())


def import_page(batch_id: int, form: MappingForm, status: int = 200) -> ResponseReturnValue:
    require(policy.may_exchange)
    batch = queries.get_import(batch_id)
    if batch.is_table and not form.is_submitted():
        show_mapping(batch, form)
    page, size = web.page_number(), settings.page_size
    counted = queries.count_outcomes(batch)
    rejected = counted[Outcome.REJECTED]
    return render_template(
        "exchange/import.html",
        batch=batch,
        batch_id=batch_id,
        counts=counted,
        total=sum(counted.values()),
        progress=queries.progress_of(batch),
        preview=queries.rows_of_import(batch, *ACCEPTED, limit=PREVIEW),
        rejected=queries.rows_of_import(
            batch, Outcome.REJECTED, limit=size, offset=(page - 1) * size
        ),
        page=page,
        pages=-(-rejected // size),
        headings=tables.headings(),
        mappable=FIELDS,
        form=form,
        columns=columns_of(batch),
    ), status


@bp.get("/redaktion/import/<int:batch_id>/stand")
@staff
def import_progress(batch_id: int) -> ResponseReturnValue:
    """Say how far an import is, only if that is news; at its end the page is loaded anew."""
    require(policy.may_exchange)
    progress = queries.get_progress(batch_id)
    page = render_template("exchange/_bar.html", batch_id=batch_id, progress=progress)
    answer = make_response(page)
    answer.headers["Cache-Control"] = "private, no-cache"
    if not progress.stage.is_working:
        answer.headers["HX-Refresh"] = "true"
    answer.set_etag(hashlib.sha256(page.encode()).hexdigest()[:32], weak=True)
    return answer.make_conditional(request)


def show_mapping(batch: ImportBatch, form: MappingForm) -> None:
    """Fill the form with the mapping as it is."""
    mapping = ColumnMapping(**batch.mapping)
    form.separator.data = mapping.list_separator
    form.constants.data = "\n".join(
        f"{name} = {value}" for name, value in mapping.constants.items()
    )
    form.values.data = "\n".join(
        f"{name}: {foreign} = {ours}"
        for name, pairs in mapping.values.items()
        for foreign, ours in pairs.items()
    )


def columns_of(batch: ImportBatch) -> list[tuple[str, str]]:
    """Return heading → chosen field of a table whose mapping can still be changed."""
    if not batch.is_table or batch.stage is not Stage.CHECKED or batch.file is None:
        return []
    mapping = ColumnMapping(**batch.mapping)
    file = io.BytesIO(files.read(batch.file))
    return [(name, mapping.columns.get(name, "")) for name in headings_of(file, mapping)]


@bp.post("/redaktion/import/<int:batch_id>/zuordnung")
@staff
def map_columns(batch_id: int) -> ResponseReturnValue:
    """Take another mapping and check the file anew."""
    require(policy.may_exchange)
    batch = queries.get_import(batch_id)
    form = MappingForm()
    if not form.validate_on_submit():
        return import_page(batch_id, form, 422)
    headings = [heading for heading, _chosen in columns_of(batch)]
    try:
        actions.map_anew(batch, form.mapping(batch, headings, request.form.getlist("column")))
    except MappingRefused as refusal:
        session.rollback()
        form.values.errors = [refusal.message]
        return import_page(batch_id, form, 422)
    session.commit()
    return redirect(url_for(".show_import", batch_id=batch_id), 303)


VERBS = {
    "starten": actions.start,
    "freigeben": actions.release,
    "verwerfen": actions.discard,
    "zuruecknehmen": actions.undo,
    "fortsetzen": actions.resume,
}


@bp.post(
    "/redaktion/import/<int:batch_id>/"
    "<any(starten, freigeben, verwerfen, zuruecknehmen, fortsetzen):verb>"
)
@staff
def change_import(batch_id: int, verb: str) -> ResponseReturnValue:
    """Send an import to its next stage."""
    require(policy.may_exchange)
    VERBS[verb](queries.get_import(batch_id))
    session.commit()
    return redirect(url_for(".show_import", batch_id=batch_id), 303)


@bp.get("/redaktion/import/<int:batch_id>/abgewiesen.csv")
@staff
def rejected_rows(batch_id: int) -> ResponseReturnValue:
    """Hand out the rejected rows as they were, with the reasons, to be corrected."""
    require(policy.may_exchange)
    batch = queries.get_import(batch_id)
    rows = queries.rows_of_import(batch, Outcome.REJECTED, limit=MOST_REJECTED)
    return files.deliver_made(
        tables.rejected(rows), "abgewiesen.csv", "text/csv; charset=utf-8", is_public=False
    )
