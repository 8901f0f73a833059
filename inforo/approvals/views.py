"""Pages of posts that wait for approval: for their authors, and for those who decide."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta

from inforo import text, versions
from inforo.approvals import actions, policy, queries
from inforo.approvals.forms import ReviseForm
from inforo.approvals.models import HeldKind, HeldPost
from inforo.authz import actor, require
from inforo.db import session
from inforo.forms import ReasonForm
from inforo.i18n import _
from inforo.reasons.actions import insert_into
from inforo.uploads.queries import files_of_target

bp = Blueprint("approvals", __name__)


@bp.get("/freigaben/")
def index() -> ResponseReturnValue:
    """List what one has sent and nobody has approved yet."""
    return render_template("approvals/index.html", posts=queries.held_of(actor()))


@bp.get("/freigaben/<int:held_id>")
def show(held_id: int) -> ResponseReturnValue:
    return show_held(queries.get_held(actor(), held_id))


def show_held(held: HeldPost, form: ReasonForm | None = None) -> ResponseReturnValue:
    page = render_template(
        "approvals/show.html",
        held=held,
        is_mine=actor().is_me(held.author_id),
        wait=waiting_words(queries.usual_wait(held.state_code)) if held.is_waiting else "",
        decides=policy.may_decide(actor(), held),
        files=files_of_target(held.author_id, f"held:{held.id}"),
        form=form or ReasonForm(formdata=None),
    )
    return page, 422 if form and form.errors else 200


def waiting_words(usual: timedelta | None) -> Any:
    """Say how long it takes as a rule."""
    if usual is None:
        return _("In der Regel sieht ihn jemand am nächsten Arbeitstag an.")
    rounded = max(usual, timedelta(minutes=10))
    return _("Das geschieht meist innerhalb von %(time)s.", time=format_timedelta(rounded))


@bp.post("/freigaben/<int:held_id>/freigeben")
def approve(held_id: int) -> ResponseReturnValue:
    held = held_to_decide(held_id)
    path = actions.approve(actor(), held)
    session.commit()
    flash(_("Freigegeben. Der Beitrag ist jetzt zu lesen."), "success")
    return redirect(path, 303)


@bp.post("/freigaben/<int:held_id>/zurueckgeben")
def send_back(held_id: int) -> ResponseReturnValue:
    held = held_to_decide(held_id)
    form = ReasonForm()
    if insert_into(actor(), form, request.form):
        return show_held(held, form)
    if not form.validate_on_submit():
        return show_held(held, form)
    actions.send_back(actor(), held, form.reason.data)
    session.commit()
    flash(_("Zurückgegeben. Die Person hat die Begründung bekommen."), "success")
    return redirect(held.path, 303)


def held_to_decide(held_id: int) -> HeldPost:
    held = queries.get_held(actor(), held_id, to_change=True)
    require(policy.may_decide, held)
    return held


@bp.route("/freigaben/<int:held_id>/bearbeiten", methods=["GET", "POST"])
def revise(held_id: int) -> ResponseReturnValue:
    """Let authors change what is not published yet."""
    held = queries.get_held(actor(), held_id, to_change=request.method == "POST")
    require(policy.may_revise, held)
    form = ReviseForm(obj=None if request.method == "POST" else held)
    if held.kind is HeldKind.ANSWER:
        del form.title
    preview = text.preview(form.body.data) if "preview" in request.form else ""
    if preview or not form.validate_on_submit():
        return show_revision(held, form, 422 if form.errors else 200, preview)
    try:
        versions.check(held, form.version.data)
    except versions.Conflict:
        form.version.data = str(held.version)
        return show_revision(held, form, 409)
    title = form.title.data if "title" in form else held.title
    actions.revise(actor(), held, title, form.body.data)
    session.commit()
    flash(_("Gespeichert. Ihr Beitrag wartet auf Freigabe."), "success")
    return redirect(held.path, 303)


def show_revision(
    held: HeldPost, form: ReviseForm, code: int, preview: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "approvals/revise.html", held=held, form=form, preview=preview, is_conflict=code == 409
    )
    return page, code


@bp.post("/freigaben/<int:held_id>/zurueckziehen")
def withdraw(held_id: int) -> ResponseReturnValue:
    held = queries.get_held(actor(), held_id, to_change=True)
    require(policy.may_revise, held)
    actions.withdraw(actor(), held)
    session.commit()
    flash(_("Ihr Beitrag ist zurückgezogen."), "success")
    return redirect(url_for("approvals.index"), 303)
