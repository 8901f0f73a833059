"""Learning paths: for everybody to read, for members to tick off, for editors to keep."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo import text, versions, web
from inforo.authz import actor, public, require, staff
from inforo.db import session
from inforo.glossary.queries import names_of
from inforo.i18n import _, _l
from inforo.paths import actions, policy, queries
from inforo.paths.finding import find_thing
from inforo.paths.forms import PathForm, StepForm, TextForm, ThingForm
from inforo.paths.models import LearningPath, PathStep, StepKind

bp = Blueprint("paths", __name__)
LABELS = {
    "title": _l("Titel"),
    "summary": _l("Worum es geht"),
    "intro": _l("Einleitung"),
    "steps": _l("Schritte"),
}


@bp.get("/lernpfade/")
@public
def index() -> ResponseReturnValue:
    return render_template("paths/index.html", paths=queries.published(actor()))


@bp.get("/lernpfade/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    path = queries.get_path(actor(), slug)
    steps = queries.visible_steps(actor(), path)
    return render_template(
        "paths/show.html",
        path=path,
        steps=steps,
        minutes=sum(item.step.minutes for item in steps),
        done=sum(item.is_done for item in steps),
        following=next((item for item in steps if not item.is_done), None),
    )


@bp.post("/lernpfade/<slug>/schritte/<int:step_id>/<any(erledigt, offen):verb>")
def tick(slug: str, step_id: int, verb: str) -> ResponseReturnValue:
    """Remember, or forget, that one has done a step."""
    path = queries.get_path(actor(), slug)
    require(policy.may_track, path)
    step = queries.get_visible_step(actor(), path, step_id)
    if verb == "erledigt":
        actions.tick(actor(), step)
    else:
        actions.untick(actor(), step)
    session.commit()
    return redirect(url_for(".show", slug=path.slug, _anchor=f"schritt-{step.id}"), 303)


# Editors


@bp.get("/redaktion/lernpfade")
@staff
def manage() -> ResponseReturnValue:
    require(policy.may_edit)
    return render_template("paths/manage.html", paths=queries.paths(actor()))


@bp.route("/redaktion/lernpfade/neu", methods=["GET", "POST"])
@staff
def add() -> ResponseReturnValue:
    require(policy.may_edit)
    form = PathForm()
    if form.validate_on_submit():
        path = actions.begin(actor(), form.values())
        flash(_("Der Lernpfad ist angelegt. Jetzt fehlen die Schritte."), "success")
        return web.created(url_for(".edit", path_id=path.id))
    return render_template("paths/new.html", form=form), 422 if form.errors else 200


@bp.route("/redaktion/lernpfade/<int:path_id>", methods=["GET", "POST"])
@staff
def edit(path_id: int) -> ResponseReturnValue:
    path = path_to_edit(path_id)
    form = PathForm(obj=path)
    if not form.validate_on_submit():
        return edit_page(path, form, 422 if form.errors else 200)
    try:
        actions.edit(actor(), path, form.values(), form.version.data)
    except versions.Conflict:
        form.version.data = path.version
        return edit_page(path, form, 409)
    session.commit()
    flash(_("Gespeichert."), "success")
    return redirect(url_for(".edit", path_id=path.id), 303)


def path_to_edit(path_id: int) -> LearningPath:
    require(policy.may_edit)
    return queries.get_path_by_id(actor(), path_id)


def edit_page(path: LearningPath, form: PathForm, status: int) -> ResponseReturnValue:
    steps = queries.steps_of(actor(), path)
    page = render_template(
        "paths/edit.html",
        path=path,
        form=form,
        steps=steps,
        minutes=sum(item.step.minutes for item in steps),
        conflict=status == 409,
    )
    return page, status


@bp.post("/redaktion/lernpfade/<int:path_id>/<any(veroeffentlichen, zurueckziehen):verb>")
@staff
def publish(path_id: int, verb: str) -> ResponseReturnValue:
    """Let everybody read a path, or only editors again."""
    path = path_to_edit(path_id)
    if verb == "veroeffentlichen":
        actions.publish(actor(), path)
        message = _("Der Lernpfad ist veröffentlicht.")
    else:
        actions.unpublish(actor(), path)
        message = _("Der Lernpfad ist zurückgezogen; nur die Redaktion sieht ihn.")
    session.commit()
    flash(message, "success")
    return redirect(url_for(".edit", path_id=path.id), 303)


@bp.get("/redaktion/lernpfade/<int:path_id>/verlauf")
@staff
def history(path_id: int) -> ResponseReturnValue:
    path = path_to_edit(path_id)
    saved = versions.history(path)
    older = [*saved[1:], None] if saved else []
    return render_template(
        "paths/history.html",
        path=path,
        entries=[
            (version, differences(before.fields if before else {}, version.fields))
            for version, before in zip(saved, older, strict=True)
        ],
        names=names_of(saved),
    )


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [
        (label, text.diff(old.get(name, ""), new[name]))
        for name, label in LABELS.items()
        if old.get(name, "") != new[name]
    ]


# Steps


@bp.route("/redaktion/lernpfade/<int:path_id>/schritte", methods=["GET", "POST"])
@staff
def add_step(path_id: int) -> ResponseReturnValue:
    """Let the path lead to something that stands on inforo."""
    path, form = path_to_edit(path_id), ThingForm()
    if form.validate_on_submit():
        thing = find_thing(actor(), form.address.data)
        if thing is None:
            form.address.errors = [_("Unter dieser Adresse steht nichts, was hierher passt.")]
        else:
            try:
                return step_added(path, form.values() | thing)
            except actions.Twice as twice:
                form.address.errors = [twice.message]
    return step_page(path, form, 422 if form.errors else 200)


def step_added(path: LearningPath, values: dict[str, Any]) -> ResponseReturnValue:
    step = actions.add_step(actor(), path, values)
    flash(_("Der Schritt steht am Ende."), "success")
    return web.created(url_for(".edit", path_id=path.id, _anchor=f"schritt-{step.id}"))


def step_page(
    path: LearningPath, form: StepForm, status: int, step: PathStep | None = None
) -> ResponseReturnValue:
    page = render_template(
        "paths/step.html", path=path, form=form, step=step, conflict=status == 409
    )
    return page, status


@bp.route("/redaktion/lernpfade/<int:path_id>/texte", methods=["GET", "POST"])
@staff
def add_text(path_id: int) -> ResponseReturnValue:
    path, form = path_to_edit(path_id), TextForm()
    if form.validate_on_submit():
        return step_added(path, form.values() | {"kind": StepKind.TEXT})
    return step_page(path, form, 422 if form.errors else 200)


@bp.route("/redaktion/lernpfade/<int:path_id>/schritte/<int:step_id>", methods=["GET", "POST"])
@staff
def edit_step(path_id: int, step_id: int) -> ResponseReturnValue:
    path = path_to_edit(path_id)
    step = queries.get_step(path, step_id)
    form = (TextForm if step.is_text else StepForm)(obj=step, version=path.version)
    if not form.validate_on_submit():
        return step_page(path, form, 422 if form.errors else 200, step)
    try:
        actions.edit_step(actor(), path, step, form.values(), form.version.data)
    except versions.Conflict:
        form.version.data = path.version
        return step_page(path, form, 409, step)
    session.commit()
    flash(_("Der Schritt ist gespeichert."), "success")
    anchor = f"schritt-{step.id}"
    return redirect(url_for(".edit", path_id=path.id, _anchor=anchor), 303)


@bp.post(
    "/redaktion/lernpfade/<int:path_id>/schritte/<int:step_id>"
    "/<any(hoch, runter, entfernen):verb>"
)
@staff
def change_step(path_id: int, step_id: int, verb: str) -> ResponseReturnValue:
    """Let a step stand one place higher or lower, or take it away."""
    path = path_to_edit(path_id)
    step = queries.get_step(path, step_id)
    if verb == "entfernen":
        actions.remove_step(actor(), path, step)
    else:
        actions.move_step(actor(), path, step, -1 if verb == "hoch" else 1)
    session.commit()
    anchor = "schritte" if verb == "entfernen" else f"schritt-{step_id}"
    return redirect(url_for(".edit", path_id=path.id, _anchor=anchor), 303)
