"""The page on which who asked tells what came of it."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from inforo import text, web
from inforo.authz import actor, require
from inforo.db import session
from inforo.discussions import holding
from inforo.discussions.actions import TooMuchInIt
from inforo.discussions.models import Thread
from inforo.discussions.patience import patience, seconds_to_wait
from inforo.discussions.queries import get_thread
from inforo.i18n import _
from inforo.outcomes import actions, policy
from inforo.outcomes import jobs as jobs  # its sweep registers itself
from inforo.outcomes.forms import TellForm, begun

bp = Blueprint("outcomes", __name__)


@bp.route("/diskussionen/<int:thread_id>/ergebnis", methods=["GET", "POST"])
def tell(thread_id: int) -> ResponseReturnValue:
    """Ask what came of the question; the words become a post of the thread."""
    thread = thread_to_tell(thread_id)
    form = TellForm(data={"body": begun()} if request.method == "GET" else None)
    if "preview" in request.form:
        return show(thread, form, 200, text.preview(form.body.data))
    if not form.validate_on_submit():
        return show(thread, form, 422 if form.errors else 200)
    wait = seconds_to_wait(is_question=False)
    if wait:
        form.body.errors = [patience(wait)]
        return web.ask_to_wait(wait, show(thread, form, 429))
    try:
        if holding.must_wait(actor(), thread.group):
            held = holding.hold_answer(actor(), thread, {"body": form.body.data})
            return web.created(held.path)
        post = actions.tell(actor(), thread, form.body.data)
    except TooMuchInIt as error:
        form.body.errors = [error.message]
        return show(thread, form, 422)
    flash(_("Danke! Das steht jetzt oben in der Diskussion."), "success")
    return web.created(post.path)


def thread_to_tell(thread_id: int) -> Thread:
    thread = get_thread(actor(), thread_id)
    require(policy.may_tell, thread)
    return thread


def show(thread: Thread, form: TellForm, code: int, preview: str = "") -> ResponseReturnValue:
    page = render_template("outcomes/tell.html", thread=thread, form=form, preview=preview)
    return page, code


@bp.post("/diskussionen/<int:thread_id>/ergebnis/nichts")
def tell_nothing(thread_id: int) -> ResponseReturnValue:
    thread = thread_to_tell(thread_id)
    actions.tell_nothing(actor(), thread)
    session.commit()
    flash(_("Danke, dass Sie das sagen. Es steht jetzt oben in der Diskussion."), "success")
    return redirect(thread.path, 303)


@bp.post("/diskussionen/<int:thread_id>/ergebnis/nicht-mehr-fragen")
def refuse(thread_id: int) -> ResponseReturnValue:
    thread = thread_to_tell(thread_id)
    actions.refuse(actor(), thread)
    session.commit()
    flash(_("In Ordnung. Zu dieser Diskussion fragen wir nicht mehr."), "success")
    return redirect(thread.path, 303)
