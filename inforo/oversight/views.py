"""What moderators decide: lock, hide and move threads, hide posts; always with a reason."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from inforo.authz import actor, require
from inforo.db import session
from inforo.discussions import moderating, policy
from inforo.discussions.models import Post, Thread
from inforo.discussions.queries import get_post, get_thread
from inforo.forms import ReasonForm, options
from inforo.i18n import _, _l
from inforo.oversight import actions, queries
from inforo.oversight.forms import MoveForm

bp = Blueprint("oversight", __name__)

Decide = Callable[[Any, Any, str], None]
THREAD_DECISIONS: dict[str, tuple[Decide, Any]] = {
    "schliessen": (actions.lock_thread, _l("Diskussion schließen")),
    "oeffnen": (actions.unlock_thread, _l("Diskussion wieder öffnen")),
    "verbergen": (actions.hide_thread, _l("Diskussion verbergen")),
    "wieder-zeigen": (actions.restore_thread, _l("Diskussion wieder zeigen")),
}
POST_DECISIONS: dict[str, tuple[Decide, Any]] = {
    "verbergen": (actions.hide_post, _l("Beitrag verbergen")),
    "wieder-zeigen": (moderating.restore_post, _l("Beitrag wieder zeigen")),
}


@bp.route(
    "/diskussionen/<int:thread_id>/"
    "<any(schliessen, oeffnen, verbergen, 'wieder-zeigen'):decision>",
    methods=["GET", "POST"],
)
def moderate(thread_id: int, decision: str) -> ResponseReturnValue:
    """Lock, unlock, hide or restore a thread, with a reason."""
    thread = get_thread(actor(), thread_id)
    require(policy.may_moderate, thread)
    return decide(thread, *THREAD_DECISIONS[decision])


@bp.route(
    "/beitraege/<int:post_id>/<any(verbergen, 'wieder-zeigen'):decision>",
    methods=["GET", "POST"],
)
def moderate_post(post_id: int, decision: str) -> ResponseReturnValue:
    """Hide or restore a post, with a reason."""
    post = get_post(actor(), post_id)
    require(policy.may_hide, post)
    return decide(post, *POST_DECISIONS[decision])


def decide(content: Thread | Post, act: Decide, title: Any) -> ResponseReturnValue:
    """Ask for the reason, then carry the decision out."""
    form = ReasonForm()
    if not form.validate_on_submit():
        page = render_template(
            "oversight/decide.html", content=content, form=form, heading=title
        )
        return page, 422 if form.errors else 200
    act(actor(), content, form.reason.data)
    session.commit()
    flash(_("Das ist erledigt; die betroffene Person hat die Begründung bekommen."), "success")
    return redirect(content.path, 303)


@bp.route("/diskussionen/<int:thread_id>/verschieben", methods=["GET", "POST"])
def move(thread_id: int) -> ResponseReturnValue:
    """Move a thread to another group, with a reason."""
    thread = get_thread(actor(), thread_id)
    require(policy.may_moderate, thread)
    form = MoveForm()
    targets = {str(group.id): group for group in queries.move_targets(actor(), thread)}
    form.group_id.choices = options((key, group.name) for key, group in targets.items())
    if not form.validate_on_submit():
        page = render_template("oversight/move.html", thread=thread, form=form)
        return page, 422 if form.errors else 200
    actions.move_thread(actor(), thread, targets[form.group_id.data], form.reason.data)
    session.commit()
    flash(_("Die Diskussion ist verschoben."), "success")
    return redirect(thread.path, 303)
