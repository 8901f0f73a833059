"""What moderators decide: lock, hide and move threads, hide posts; always with a reason."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from inforo import versions
from inforo.authz import actor, require
from inforo.db import session
from inforo.discussions import moderating, policy
from inforo.discussions.actions import TooMuchInIt
from inforo.discussions.models import Post, Thread
from inforo.discussions.queries import get_post, get_thread
from inforo.forms import ReasonForm, options
from inforo.groups.models import Group, GroupAudience
from inforo.i18n import _, _l, ngettext
from inforo.oversight import actions, queries
from inforo.oversight.forms import EditForm, MoveForm
from inforo.reasons.actions import insert_into
from inforo.reasons.views import has_reason
from inforo.uploads.views import FormFiles, files_for

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
    if not has_reason(form):
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
    is_step = insert_into(actor(), form, request.form) or "change" in request.form
    if is_step or not form.validate_on_submit():
        page = render_template("oversight/move.html", thread=thread, form=form)
        return page, 422 if form.errors else 200
    target = targets[form.group_id.data]
    if "confirm" not in request.form:
        return render_template(
            "oversight/move_preview.html",
            thread=thread,
            target=target,
            form=form,
            before=readers_in_words(thread.group),
            after=readers_in_words(target),
        )
    actions.move_thread(actor(), thread, target, form.reason.data)
    session.commit()
    flash(_("Die Diskussion ist verschoben."), "success")
    return redirect(thread.path, 303)


def readers_in_words(group: Group) -> str:
    """Return who reads in a group: "Gruppe A (37 Personen)"."""
    if group.audience is GroupAudience.PUBLIC:
        return f"{group.name} ({_('alle im Internet')})"
    count = queries.count_readers(group)
    people = ngettext("%(num)s Person", "%(num)s Personen", count)
    return f"{group.name} ({people})"


@bp.route("/beitraege/<int:post_id>/moderieren", methods=["GET", "POST"])
def edit_post(post_id: int) -> ResponseReturnValue:
    """Change words of somebody else; the post will say so."""
    post = get_post(actor(), post_id)
    require(policy.may_edit_marked, post)
    form = EditForm(obj=None if request.method == "POST" else post)
    files = files_for(f"moderate:{post_id}", post_id)
    is_step = insert_into(actor(), form, request.form) or request.method == "GET"
    if is_step or not all((form.validate_on_submit(), files.are_complete())):
        return show_edit(post, form, files, 422 if form.errors or files.errors else 200)
    try:
        versions.check(post, form.version.data)
        given = {"body": form.body.data, "reason": form.reason.data, "files": files.change}
        moderating.edit_post(actor(), post, **given)
    except versions.Conflict:
        form.version.data = str(post.version)
        return show_edit(post, form, files, 409)
    except TooMuchInIt as error:
        form.body.errors = [error.message]
        return show_edit(post, form, files, 422)
    session.commit()
    flash(_("Geändert; der Beitrag sagt es, und die Person hat die Begründung."), "success")
    return redirect(post.path, 303)


def show_edit(post: Post, form: EditForm, files: FormFiles, code: int) -> ResponseReturnValue:
    page = render_template(
        "oversight/edit_post.html", post=post, form=form, files=files, is_conflict=code == 409
    )
    return page, code
