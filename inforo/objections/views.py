"""What was decided about one's words and the way to object; and the second decision."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import audit, web
from inforo.audit import LogEntry
from inforo.authz import actor, staff
from inforo.db import session
from inforo.forms import ReasonForm
from inforo.i18n import _, _l
from inforo.objections import actions, policy, queries
from inforo.objections.forms import ObjectionForm
from inforo.objections.models import Objection
from inforo.reasons.views import has_reason
from inforo.reports.views import decided

bp = Blueprint("objections", __name__)
# What was done, in the words authors read.
DONE: dict[str, Any] = {
    "hide": _l("verborgen"),
    "restore": _l("wieder gezeigt"),
    "lock": _l("geschlossen"),
    "unlock": _l("wieder geöffnet"),
    "edit_marked": _l("bearbeitet"),
    "move_post": _l("in eine andere Diskussion verschoben"),
    "move_here": _l("in eine andere Gruppe verschoben"),
    "keep": _l("nach einer Meldung stehen gelassen"),
}


@bp.route("/entscheidungen/<int:entry_id>", methods=["GET", "POST"])
def show(entry_id: int) -> ResponseReturnValue:
    """Show authors what was decided about their words, and take their objection."""
    entry = queries.get_decision(actor(), entry_id)
    form = ObjectionForm()
    if not form.validate_on_submit():
        return show_decision(entry, form)
    actions.object_to(actor(), entry, form.text.data)
    flash(_("Ihr Einspruch ist eingegangen. Eine zweite Person entscheidet."), "success")
    return web.created(url_for(".show", entry_id=entry.id))


def show_decision(entry: LogEntry, form: ObjectionForm) -> ResponseReturnValue:
    page = render_template(
        "objections/show.html",
        entry=entry,
        content=queries.content_of(entry),
        done=DONE.get(entry.action, entry.action),
        objection=queries.find_objection(entry),
        may_object=policy.may_object(actor(), entry),
        by_hand=policy.BY_HAND,
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.route("/arbeitskorb/einsprueche/<int:objection_id>", methods=["GET", "POST"])
@staff
def review(objection_id: int) -> ResponseReturnValue:
    """Show an objection with the words it is about, nothing around them; and decide."""
    is_post = request.method == "POST"
    objection = queries.get_objection(actor(), objection_id, to_change=is_post)
    form = ReasonForm()
    if not has_reason(form):
        return show_review(objection, form)
    upheld = request.form.get("decision") == "uphold"
    actions.decide(actor(), objection, upheld=upheld, reason=form.reason.data)
    return decided()


@bp.post("/arbeitskorb/einsprueche/<int:objection_id>/zurueckverschoben")
@staff
def move_back(objection_id: int) -> ResponseReturnValue:
    """Note that what was moved is back."""
    objection = queries.get_objection(actor(), objection_id, to_change=True)
    actions.note_moved_back(actor(), objection)
    session.commit()
    flash(_("Erledigt: Der Vorgang ist abgeschlossen."), "success")
    return redirect(url_for("moderation.index"), 303)


def show_review(objection: Objection, form: ReasonForm) -> ResponseReturnValue:
    content = queries.content_of(objection.entry)
    if content is not None:
        note_reading(objection)
    page = render_template(
        "objections/review.html",
        objection=objection,
        content=content,
        done=DONE.get(objection.entry.action, objection.entry.action),
        first=queries.name_of(objection.entry.actor_id),
        moved_back_by=queries.mover_of(objection),
        thread=actions.thread_of(content) if content is not None else None,
        by_hand=policy.BY_HAND,
        decides=policy.may_decide(actor(), objection),
        form=form,
    )
    return page, 422 if form.errors else 200


def note_reading(objection: Objection) -> None:
    """Log that somebody from outside read words of a protected group."""
    content = queries.content_of(objection.entry)
    group = actions.thread_of(content).group if content is not None else None
    if group is not None and group.is_protected and group.id not in actor().group_ids:
        if request.method == "GET":
            web.begin_writing()
        audit.record(actor(), "read_reported", content)
        session.commit()
