"""Pages of the files of a group: the list, one file with its versions, and the forms."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import files, versions, web
from inforo.authz import actor, public, require
from inforo.config import settings
from inforo.contributions.queries import find_kept_file
from inforo.db import session
from inforo.errors import Forbidden, NotFound
from inforo.groups.models import Group
from inforo.groups.places import GROUP_BODY
from inforo.groups.views import offer_sign_in
from inforo.i18n import _, ngettext
from inforo.libraries import actions, batches, listing, policy, queries
from inforo.libraries.forms import EditForm, FileForm, VersionForm
from inforo.libraries.listing import KINDS, ORDERS, Filters
from inforo.libraries.models import GroupFile
from inforo.libraries.pictures import asked, words_for
from inforo.libraries.places import FILE_SIDE
from inforo.libraries.receiving import refuse_upload, stored_file
from inforo.security import limit
from inforo.templating import piece
from inforo.uploads.queries import used_by_group

bp = Blueprint("libraries", __name__)
bp.register_error_handler(NotFound, offer_sign_in)


@GROUP_BODY.filled(order=10)
def link_of_group(who: Any, group: Group) -> str:
    """Lead from the page of a group to its files."""
    return piece("libraries/_link.html", group=group, may_upload=policy.may_upload(who, group))


@bp.get("/gruppen/<slug>/dateien")
@public
def index(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    filters = read_filters()
    page, count = web.page_number(), listing.count_files(actor(), group, filters)
    may_upload = policy.may_upload(actor(), group)
    return render_template(
        "libraries/index.html",
        group=group,
        rows=listing.list_files(actor(), group, filters, page),
        count=count,
        page=page,
        pages=-(-count // settings.page_size),
        filters=filters,
        kinds=[(key, label) for key, (label, _types) in KINDS.items()],
        orders=list(ORDERS.items()),
        may_upload=may_upload,
        used=used_by_group(group.id) if may_upload else None,
        most=settings.upload_group_bytes,
    )


def read_filters() -> Filters:
    kind, order = request.args.get("art", ""), request.args.get("sortierung", "")
    return Filters(
        q=request.args.get("q", "")[:200].strip(),
        kind=kind if kind in KINDS else "",
        order=order if order in ORDERS else "",
    )


@bp.route("/gruppen/<slug>/dateien/neu", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def upload(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    require(policy.may_upload, group)
    form = FileForm()
    if request.method == "GET":
        return show_upload(group, form)
    if not form.validate_on_submit() or batches.lack_words(actor(), form):
        batches.keep(actor(), form)
        session.commit()
        return show_upload(group, form), 422
    received = batches.add_all(actor(), group, form)
    if not received.added:
        session.rollback()
        form.upload.errors = received.refused
        return show_upload(group, form), 422
    for sentence in received.refused:
        flash(_("Nicht angenommen: %(why)s", why=sentence), "warning")
    count = len(received.added)
    flash(ngettext("%(num)s Datei ist da.", "%(num)s Dateien sind da.", count), "success")
    if count > 1 or received.refused:
        return web.created(url_for(".index", slug=slug))
    return web.created(url_for(".show", slug=slug, file_id=received.added[0].id))


def show_upload(group: Group, form: FileForm) -> str:
    kept = asked(batches.kept_files(actor(), form))
    return render_template("libraries/upload.html", group=group, form=form, **kept)


@bp.get("/gruppen/<slug>/dateien/neu/bilder/<key>")
def kept_picture(slug: str, key: str) -> ResponseReturnValue:
    """Show people a picture they just sent, beside the question what is on it."""
    require(policy.may_upload, queries.get_group(actor(), slug))
    stored = find_kept_file(actor(), key)
    if stored is None or not stored.is_image:
        raise NotFound
    return files.deliver(stored, as_attachment=False)


@bp.get("/gruppen/<slug>/dateien/<int:file_id>")
@public
def show(slug: str, file_id: int) -> ResponseReturnValue:
    group_file = queries.get_file(actor(), slug, file_id)
    history = queries.versions_of(group_file)
    return render_template(
        "libraries/show.html",
        group=group_file.group,
        group_file=group_file,
        history=history,
        preview=queries.find_preview(history[0].file),
        may_add_version=policy.may_add_version(actor(), group_file),
        may_edit=policy.may_edit(actor(), group_file),
        beside=FILE_SIDE.html(actor(), group_file),
    )


@bp.get("/gruppen/<slug>/dateien/<int:file_id>/fassungen/<int:number>")
@public
def download(slug: str, file_id: int, number: int) -> ResponseReturnValue:
    """Deliver one version, named as the group calls the file."""
    group_file = queries.get_file(actor(), slug, file_id)
    version = queries.get_version(group_file, number)
    return files.deliver(version.named(group_file))


@bp.get("/gruppen/<slug>/dateien/<int:file_id>/vorschau")
@public
def preview(slug: str, file_id: int) -> ResponseReturnValue:
    group_file = queries.get_file(actor(), slug, file_id)
    stored = queries.get_version(group_file, group_file.number).file
    found = queries.find_preview(stored)
    if found is None:
        raise NotFound(_("Von dieser Datei gibt es keine Vorschau."))
    return files.deliver(found.picture_of(stored), as_attachment=False)


@bp.route("/gruppen/<slug>/dateien/<int:file_id>/neue-fassung", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def add_version(slug: str, file_id: int) -> ResponseReturnValue:
    group_file = queries.get_file(actor(), slug, file_id)
    require(policy.may_add_version, group_file)
    form = VersionForm()
    if request.method == "GET":
        return show_add_version(group_file, form)
    form.opened_now = group_file.opened_to
    stored = stored_file(form)
    if stored is None:
        return show_add_version(group_file, form), 409 if form.is_untold else 422
    try:
        note, words = form.note.data, words_for(stored)
        actions.add_version(actor(), group_file, stored, note, words, told=form.told)
    except actions.GroupFull as error:
        return refuse_upload(form, error, lambda: show_add_version(group_file, form))
    flash(_("Die neue Fassung ist da."), "success")
    return web.created(url_for(".show", slug=slug, file_id=file_id))


def show_add_version(group_file: GroupFile, form: VersionForm) -> str:
    kept = find_kept_file(actor(), form.kept_file.data or "")
    return render_template(
        "libraries/add_version.html",
        group=group_file.group,
        group_file=group_file,
        form=form,
        **asked([kept] if kept else []),
    )


@bp.post("/gruppen/<slug>/dateien/<int:file_id>/fassungen/<int:number>/wiederherstellen")
def restore(slug: str, file_id: int, number: int) -> ResponseReturnValue:
    """Put an older version in front again, under the title it had."""
    group_file = queries.get_file(actor(), slug, file_id)
    require(policy.may_add_version, group_file)
    older = queries.get_version(group_file, number)
    newest = queries.get_version(group_file, group_file.number)
    if not policy.may_restore(actor(), group_file, older, newest):
        raise Forbidden
    actions.restore(actor(), group_file, number, told=EditForm().told)
    session.commit()
    flash(_("Fassung %(number)s ist wieder die neueste.", number=number), "success")
    return redirect(url_for(".show", slug=slug, file_id=file_id), 303)


@bp.route("/gruppen/<slug>/dateien/<int:file_id>/bearbeiten", methods=["GET", "POST"])
def edit(slug: str, file_id: int) -> ResponseReturnValue:
    group_file = queries.get_file(actor(), slug, file_id)
    require(policy.may_edit, group_file)
    newest = queries.get_version(group_file, group_file.number)
    shown = None if request.method == "POST" else group_file
    form = EditForm(obj=shown, alternative=newest.alternative)
    form.ask_about(newest.file)
    if not form.validate_on_submit():
        return show_edit(group_file, form, 422 if form.errors else 200)
    try:
        versions.check(group_file, form.version.data)
        actions.edit(actor(), group_file, form.values, told=form.told)
    except versions.Conflict as conflict:
        form.version.data = group_file.version
        return show_edit(group_file, form, 409, conflict.message)
    except actions.HadByOthers as error:
        form.title.errors = [error.message]
        return show_edit(group_file, form, 409)
    session.commit()
    flash(_("Die Änderungen sind gespeichert."), "success")
    return redirect(url_for(".show", slug=slug, file_id=file_id), 303)


def show_edit(
    group_file: GroupFile, form: EditForm, status: int, problem: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "libraries/edit.html",
        group=group_file.group,
        group_file=group_file,
        newest=queries.get_version(group_file, group_file.number),
        form=form,
        problem=problem,
    )
    return page, status


@bp.route("/gruppen/<slug>/dateien/<int:file_id>/loeschen", methods=["GET", "POST"])
def delete(slug: str, file_id: int) -> ResponseReturnValue:
    group_file = queries.get_file(actor(), slug, file_id)
    require(policy.may_edit, group_file)
    if request.method == "GET":
        return render_template(
            "libraries/delete.html",
            group=group_file.group,
            group_file=group_file,
            days=settings.keep_removed_files_days,
        )
    actions.delete(actor(), group_file)
    session.commit()
    flash(
        _(
            "Die Datei ist gelöscht. %(days)s Tage lang können Sie sie zurückholen.",
            days=settings.keep_removed_files_days,
        ),
        "success",
    )
    return redirect(url_for(".index", slug=slug), 303)


@bp.get("/gruppen/<slug>/dateien/geloescht")
def deleted(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    return render_template(
        "libraries/deleted.html",
        group=group,
        rows=queries.deleted_files(actor(), group),
        days=settings.keep_removed_files_days,
    )


@bp.post("/gruppen/<slug>/dateien/<int:file_id>/zurueckholen")
def bring_back(slug: str, file_id: int) -> ResponseReturnValue:
    group_file = queries.get_file(actor(), slug, file_id, also_deleted=True)
    require(policy.may_edit, group_file)
    actions.bring_back(actor(), group_file)
    session.commit()
    flash(_("Die Datei ist wieder da."), "success")
    return redirect(url_for(".show", slug=slug, file_id=file_id), 303)
