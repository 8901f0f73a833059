"""The page on which moderators rearrange a thread: choose, look at the result, do it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import web
from inforo.authz import actor, require
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.queries import get_thread
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.rearranging import actions, policy, queries
from inforo.rearranging.forms import RearrangeForm
from inforo.reasons.actions import insert_into

bp = Blueprint("rearranging", __name__)
Row = dict[str, Any]


@bp.route("/diskussionen/<int:thread_id>/ordnen", methods=["GET", "POST"])
def index(thread_id: int) -> ResponseReturnValue:
    """Choose what goes where; the first answer to it is a preview, the second does it."""
    thread = get_thread(actor(), thread_id)
    require(policy.may_rearrange, thread)
    rows = queries.outline(thread)
    form = RearrangeForm()
    form.posts.choices = [(row["id"], "") for row in rows if row["number"] > 1]
    is_step = insert_into(actor(), form, request.form) or "change" in request.form
    if is_step or not form.validate_on_submit():
        return show_choice(thread, rows, form)
    target = None if form.is_split else queries.find_target(actor(), form.target.data)
    if not form.is_split and (
        target is None or not policy.may_receive(actor(), thread, target)
    ):
        form.target.errors = [
            _("Diese Diskussion gibt es nicht, oder Sie können nichts in sie verschieben.")
        ]
        return show_choice(thread, rows, form)
    if "confirm" not in request.form:
        return show_preview(thread, rows, form, target)
    return carry_out(thread, form, target)


def show_choice(thread: Thread, rows: list[Row], form: RearrangeForm) -> ResponseReturnValue:
    recent = [done for done in queries.recent_of(thread) if policy.may_undo(actor(), done)]
    page = render_template(
        "rearranging/index.html", thread=thread, rows=rows, form=form, recent=recent
    )
    return page, 422 if form.errors else 200


def show_preview(
    thread: Thread, rows: list[Row], form: RearrangeForm, target: Thread | None
) -> ResponseReturnValue:
    """Show both threads as they would be, with the numbers the posts would have."""
    chosen = {row["id"] for row in rows} if form.is_merge else set(form.posts.data)
    there = queries.outline(target) if target is not None else []
    first = 1 + (max(row["number"] for row in there) if there else 0)
    moving = [row for row in rows if row["id"] in chosen]
    return render_template(
        "rearranging/preview.html",
        thread=thread,
        target=target,
        form=form,
        there=there[-3:],
        there_before=max(0, len(there) - 3),
        moving=list(enumerate(moving, first)),
        staying=[(row, row["id"] in chosen) for row in rows] if not form.is_merge else [],
    )


def carry_out(
    thread: Thread, form: RearrangeForm, target: Thread | None
) -> ResponseReturnValue:
    reason, ids = form.reason.data, form.posts.data
    if target is None:
        target = actions.split(actor(), thread, ids, form.title.data, reason)
    elif form.is_merge:
        actions.merge(actor(), thread, target, reason)
    else:
        actions.move(actor(), thread, target, ids, reason)
    flash(_("Das ist erledigt. Zurücknehmen lässt es sich unter „Beiträge verschieben“."))
    return web.created(target.path)


@bp.post("/umordnungen/<int:done_id>/zuruecknehmen")
def undo(done_id: int) -> ResponseReturnValue:
    done = queries.get_rearrangement(done_id)
    if not policy.may_undo(actor(), done):
        raise NotFound
    actions.undo(actor(), done)
    session.commit()
    flash(_("Zurückgenommen: Alles steht wieder, wo es war."), "success")
    return redirect(url_for(".index", thread_id=done.source_id), 303)
