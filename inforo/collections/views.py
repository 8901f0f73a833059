"""Pages of collections: lists, their entries, the panel on the page of a group."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import versions, web
from inforo.authz import actor, public, require
from inforo.collections import actions, policy, queries
from inforo.collections.forms import CollectionForm, NewCollectionForm, NoteForm
from inforo.collections.models import Collection
from inforo.collections.places import LIST_SIDE
from inforo.db import session
from inforo.errors import BadInput
from inforo.groups.models import Group
from inforo.groups.places import GROUP_BODY
from inforo.i18n import _
from inforo.templating import piece

bp = Blueprint("collections", __name__)
STEPS = {"hoch": -1, "runter": 1}


@GROUP_BODY.filled(order=20)
def show_of_group(who: Any, group: Group) -> str:
    """Show what a group has collected, and where its members begin."""
    found = queries.collections_of_group(who, group)
    may_begin = policy.may_begin_in(who, group)
    if not found and not may_begin:
        return ""
    return piece("collections/_of_group.html", found=found, group=group, may_begin=may_begin)


# Lists


@bp.get("/merkliste/<int:collection_id>")
@public
def show(collection_id: int) -> ResponseReturnValue:
    return show_list(queries.get_collection(actor(), collection_id))


def show_list(collection: Collection | None) -> str:
    """Show a list; the Merkliste of somebody who has not begun one is empty."""
    shown = queries.entries_of(actor(), collection) if collection else []
    return render_template(
        "collections/show.html",
        collection=collection,
        shown=shown,
        others=queries.collections_to_edit(actor()) if actor().is_member else [],
        side=LIST_SIDE.html(actor(), queries.Listing(collection, shown)),
        may_edit=collection is not None and policy.may_edit(actor(), collection),
        may_share=collection is not None and policy.may_share(actor(), collection),
        may_delete=collection is not None and policy.may_delete(actor(), collection),
    )


@bp.route("/merkliste/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    require(policy.may_collect)
    form = NewCollectionForm()
    form.offer(queries.own_groups(actor()))
    if request.method == "GET":
        form.group.data = request.args.get("gruppe", "")
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
        return redirect(url_for("marking.index", _anchor=anchor or None), 303)
    target = url_for("collections.show", collection_id=collection.id, _anchor=anchor or None)
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
    return redirect(url_for("marking.index"), 303)


# Entries


@bp.post("/merkliste/<int:collection_id>/eintraege/<int:entry_id>/verschieben")
def move(collection_id: int, entry_id: int) -> ResponseReturnValue:
    collection = editable(collection_id)
    entry = queries.get_entry(collection, entry_id)
    if "vor" in request.form:
        other = web.given_id(request.form["vor"])
        before = queries.get_entry(collection, other) if other else None
        actions.put_before(collection, entry, before)
    elif request.form.get("richtung") in STEPS:
        step = STEPS[request.form["richtung"]]
        actions.move(collection, queries.entries_of(actor(), collection), entry, step)
    else:
        raise BadInput(_("Wohin soll der Eintrag?"))
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
