"""Pages of collections: the Merkliste, named ones, sharing by link, files."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import files, versions, web
from inforo.authz import actor, public, require
from inforo.collections import actions, jobs, policy, queries
from inforo.collections import files as made
from inforo.collections.forms import (
    CollectionForm,
    NewCollectionForm,
    NoteForm,
    PutForm,
    ShareForm,
)
from inforo.collections.models import Collection, Export, ExportFormat
from inforo.db import session
from inforo.errors import BadInput, DomainError
from inforo.forms import options
from inforo.i18n import _
from inforo.security import limit, safe_path
from inforo.templating import piece
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example, Tool
from inforo.toolbox.places import EXAMPLE_ACTIONS, MARKS, TOOL_ACTIONS

bp = Blueprint("collections", __name__)
MARKS.found_by(queries.marked)
STEPS = {"hoch": -1, "runter": 1}
MOST_COMPARED = 3


@EXAMPLE_ACTIONS.filled(order=50)
def offer_example(who: Any, example: Example) -> str:
    return piece("collections/_put.html", who=who, name="beispiel", id=example.id)


@TOOL_ACTIONS.filled(order=50)
def offer_tool(who: Any, tool: Tool) -> str:
    return piece("collections/_put.html", who=who, name="werkzeug", id=tool.id)


# Lists


@bp.get("/merkliste/")
def index() -> ResponseReturnValue:
    """Show the Merkliste, and which other collections there are."""
    return show_list(queries.find_default(actor()))


@bp.get("/merkliste/<int:collection_id>")
@public
def show(collection_id: int) -> ResponseReturnValue:
    return show_list(queries.get_collection(actor(), collection_id))


def show_list(collection: Collection | None) -> str:
    shown = queries.entries_of(actor(), collection) if collection else []
    return render_template(
        "collections/show.html",
        collection=collection,
        shown=shown,
        others=queries.collections_to_edit(actor()) if actor().is_member else [],
        compared=comparable(shown),
        formats=list(ExportFormat),
        may_edit=collection is not None and policy.may_edit(actor(), collection),
        may_share=collection is not None and policy.may_share(actor(), collection),
        may_delete=collection is not None and policy.may_delete(actor(), collection),
    )


def comparable(shown: list[queries.Shown]) -> list[int]:
    """Return the first examples of a list, as many as fit side by side."""
    return [item.example.id for item in shown if item.example][:MOST_COMPARED]


@bp.route("/merkliste/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    require(policy.may_collect)
    form = NewCollectionForm()
    form.offer(queries.own_groups(actor()))
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("collections/edit.html", form=form, collection=None), status
    group_id = int(form.group.data) if form.group.data else None
    collection = actions.create(actor(), form.title.data, form.description.data, group_id)
    return web.created(url_for(".show", collection_id=collection.id))


@bp.route("/merkliste/<int:collection_id>/bearbeiten", methods=["GET", "POST"])
def edit(collection_id: int) -> ResponseReturnValue:
    collection = editable(collection_id)
    values = {"title": collection.name, "description": collection.description}
    form = CollectionForm(data={**values, "version": collection.version})
    if not form.validate_on_submit():
        return show_edit(form, collection, 422 if form.errors else 200)
    if str(form.version.data) != str(collection.version):
        return show_edit(form, collection, 409)
    actions.rename(actor(), collection, form.title.data, form.description.data)
    session.commit()
    return to_list(collection)


def show_edit(form: Any, collection: Collection, status: int) -> ResponseReturnValue:
    """Show the form; on a conflict the next save is one that has seen both texts."""
    if status == 409:
        form.version.data = collection.version
    page = render_template(
        "collections/edit.html",
        form=form,
        collection=collection,
        problem=versions.Conflict().message if status == 409 else "",
    )
    return page, status


def editable(collection_id: int) -> Collection:
    collection = queries.get_collection(actor(), collection_id)
    require(policy.may_edit, collection)
    return collection


def to_list(collection: Collection, anchor: str = "") -> ResponseReturnValue:
    if collection.is_default:
        return redirect(url_for(".index", _anchor=anchor or None), 303)
    target = url_for(".show", collection_id=collection.id, _anchor=anchor or None)
    return redirect(target, 303)


@bp.route("/merkliste/<int:collection_id>/loeschen", methods=["GET", "POST"])
def delete(collection_id: int) -> ResponseReturnValue:
    collection = queries.get_collection(actor(), collection_id)
    require(policy.may_delete, collection)
    if request.method == "GET":
        count = queries.count_entries(collection)
        return render_template("collections/delete.html", collection=collection, count=count)
    actions.remove(collection)
    session.commit()
    flash(_("Die Sammlung ist gelöscht."), "success")
    return redirect(url_for(".index"), 303)


# Entries


@bp.post("/merkliste/beispiele/<int:example_id>")
def mark_example(example_id: int) -> ResponseReturnValue:
    example = toolbox.get_example_head(actor(), example_id)
    return change_mark(example, url_for("toolbox.show_example", example_id=example.id))


@bp.post("/merkliste/werkzeuge/<int:tool_id>")
def mark_tool(tool_id: int) -> ResponseReturnValue:
    tool = toolbox.get_tool(actor(), tool_id)
    return change_mark(tool, url_for("toolbox.show_tool", tool_id=tool.id))


def change_mark(content: Example | Tool, fallback: str) -> ResponseReturnValue:
    """Mark or unmark, and lead back to the page where the button was."""
    require(policy.may_collect, content)
    if request.form.get("remove"):
        actions.unmark(actor(), content)
    else:
        actions.mark(actor(), content)
    session.commit()
    return redirect(safe_path(request.form.get("next")) or fallback, 303)


@bp.route("/merkliste/ablegen", methods=["GET", "POST"])
def put() -> ResponseReturnValue:
    require(policy.may_collect)
    content = wanted_content()
    own = queries.collections_to_edit(actor())
    form = PutForm()
    first = [("", _("Merkliste"))] if not any(item.is_default for item in own) else []
    form.collection.choices = options(first + [(str(item.id), label(item)) for item in own])
    if request.method == "GET":
        form.collection.data = form.collection.choices[0].value
    if not form.validate_on_submit():
        page = render_template("collections/put.html", form=form, content=content)
        return page, 422 if form.errors else 200
    chosen = web.given_id(form.collection.data or "")
    collection = editable(chosen) if chosen else actions.merkliste_of(actor())
    actions.put(actor(), collection, content, form.note.data)
    session.commit()
    flash(_("„%(title)s“ liegt jetzt in der Sammlung.", title=content.title), "success")
    return to_list(collection)


def label(item: queries.Summary) -> str:
    if item.group_name:
        return _("%(name)s (Gruppe „%(group)s“)", name=item.name, group=item.group_name)
    return item.name


def wanted_content() -> Example | Tool:
    """Return what is to be put somewhere, named by the address or the form."""
    example_id = web.given_id(request.values.get("beispiel", ""))
    if example_id is not None:
        return toolbox.get_example_head(actor(), example_id)
    return toolbox.get_tool(actor(), web.given_id(request.values.get("werkzeug", "")) or 0)


@bp.post("/merkliste/<int:collection_id>/eintraege/<int:entry_id>/verschieben")
def move(collection_id: int, entry_id: int) -> ResponseReturnValue:
    collection = editable(collection_id)
    entry = queries.get_entry(collection, entry_id)
    step = STEPS.get(request.form.get("richtung", ""))
    if step is None:
        raise BadInput(_("Wohin soll der Eintrag?"))
    actions.move(collection, queries.entries_of(actor(), collection), entry, step)
    session.commit()
    return to_list(collection, f"eintrag-{entry.id}")


@bp.route(
    "/merkliste/<int:collection_id>/eintraege/<int:entry_id>/notiz", methods=["GET", "POST"]
)
def note(collection_id: int, entry_id: int) -> ResponseReturnValue:
    collection = editable(collection_id)
    entry = queries.get_entry(collection, entry_id)
    form = NoteForm(data={"note": entry.note})
    if not form.validate_on_submit():
        page = render_template(
            "collections/note.html",
            form=form,
            collection=collection,
            entry=entry,
            title=title_of(collection, entry.id),
        )
        return page, 422 if form.errors else 200
    actions.write_note(collection, entry, form.note.data)
    session.commit()
    return to_list(collection, f"eintrag-{entry.id}")


def title_of(collection: Collection, entry_id: int) -> str:
    shown = queries.entries_of(actor(), collection)
    return next((item.title for item in shown if item.entry.id == entry_id), "")


@bp.post("/merkliste/<int:collection_id>/eintraege/<int:entry_id>/entfernen")
def take(collection_id: int, entry_id: int) -> ResponseReturnValue:
    collection = editable(collection_id)
    actions.take(collection, queries.get_entry(collection, entry_id))
    session.commit()
    return to_list(collection)


# Sharing


@bp.route("/merkliste/<int:collection_id>/teilen", methods=["GET", "POST"])
def share(collection_id: int) -> ResponseReturnValue:
    collection = queries.get_collection(actor(), collection_id)
    require(policy.may_share, collection)
    form = ShareForm()
    if form.validate_on_submit():
        actions.share(collection, form.until.data)
        flash(_("Der Link ist fertig."), "success")
        return web.created(url_for(".share", collection_id=collection.id))
    page = render_template(
        "collections/share.html",
        form=form,
        collection=collection,
        links=queries.links_of(collection),
    )
    return page, 422 if form.errors else 200


@bp.post("/merkliste/<int:collection_id>/teilen/<int:link_id>/zuruecknehmen")
def revoke(collection_id: int, link_id: int) -> ResponseReturnValue:
    collection = queries.get_collection(actor(), collection_id)
    require(policy.may_share, collection)
    actions.revoke(queries.get_link(collection, link_id))
    session.commit()
    flash(_("Der Link gilt nicht mehr."), "success")
    return redirect(url_for(".share", collection_id=collection.id), 303)


@bp.get("/merkliste/geteilt/<token>")
@public
@limit("token_guess", methods=["GET"], deduct_when=lambda answer: answer.status_code == 404)
def shared(token: str) -> ResponseReturnValue:
    _link, collection = queries.get_shared(token)
    shown = queries.entries_of(actor(), collection)
    page = render_template(
        "collections/shared.html",
        collection=collection,
        shown=shown,
        token=token,
        formats=list(ExportFormat),
        compared=comparable(shown),
    )
    return confidential(make_response(page))


def confidential(response: Response) -> Response:
    """Keep a page whose address is its key out of caches, indexes and referrers."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


# Files


@bp.get("/merkliste/<int:collection_id>/sammlung.csv")
@public
@limit("documents", "documents_guest")
def csv_file(collection_id: int) -> ResponseReturnValue:
    return deliver_csv(queries.get_collection(actor(), collection_id))


@bp.get("/merkliste/geteilt/<token>/sammlung.csv")
@public
@limit("documents", "documents_guest")
def shared_csv(token: str) -> ResponseReturnValue:
    return deliver_csv(queries.get_shared(token)[1])


def deliver_csv(collection: Collection) -> Response:
    data = made.as_csv(queries.entries_of(actor(), collection), jobs.address)
    name = f"{collection.name}.csv"
    return files.deliver_made(data, name, "text/csv; charset=utf-8", is_public=False)


@bp.post("/merkliste/<int:collection_id>/datei")
@public
@limit("documents", "documents_guest")
def order(collection_id: int) -> ResponseReturnValue:
    return ordered(queries.get_collection(actor(), collection_id))


@bp.post("/merkliste/geteilt/<token>/datei")
@public
@limit("documents", "documents_guest")
def shared_order(token: str) -> ResponseReturnValue:
    link, collection = queries.get_shared(token)
    return ordered(collection, link)


def ordered(collection: Collection, link: Any = None) -> ResponseReturnValue:
    try:
        wanted = ExportFormat(request.form.get("format", "pdf"))
    except ValueError as error:
        raise BadInput(_("Diese Dateiart gibt es nicht.")) from error
    shown = queries.entries_of(actor(), collection)
    if not shown:
        raise DomainError(_("Die Sammlung ist leer, es gibt noch nichts herunterzuladen."))
    export = actions.order_export(actor(), collection, shown, wanted, link)
    session.commit()
    return redirect(url_for(".export", key=export.key), 303)


@bp.get("/merkliste/dateien/<key>")
@public
def export(key: str) -> ResponseReturnValue:
    found = queries.get_export(actor(), key)
    still_right = found.file_id is not None and is_current(found)
    page = render_template("collections/export.html", export=found, still_right=still_right)
    return confidential(make_response(page))


@bp.get("/merkliste/dateien/<key>/laden")
@public
def export_file(key: str) -> ResponseReturnValue:
    """Deliver the file if the reader would get the same one today."""
    found = queries.get_export(actor(), key)
    if found.file is None or not is_current(found):
        return redirect(url_for(".export", key=key), 303)
    return files.deliver(found.file)


def is_current(found: Export) -> bool:
    return jobs.is_current(actor(), found)
