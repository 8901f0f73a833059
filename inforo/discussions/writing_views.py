"""Answering, editing and marking: what changes a discussion from its own page."""

from flask import (
    flash,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue

from inforo import security, text, versions, web
from inforo.authz import actor, require
from inforo.db import session
from inforo.discussions import actions, holding, policy, queries, thread_page
from inforo.discussions.forms import EditPostForm, ReplyForm
from inforo.discussions.models import Post, Thread
from inforo.discussions.patience import patience, seconds_to_wait
from inforo.discussions.views import bp, count_told, render_thread
from inforo.errors import BadInput
from inforo.files import takes_files
from inforo.forms import Form
from inforo.i18n import _
from inforo.uploads.actions import TooManyFiles
from inforo.uploads.views import FormFiles, files_for
from inforo.watching import actions as watching
from inforo.watching.forms import LevelForm
from inforo.watching.models import Target


@bp.post("/diskussionen/<int:thread_id>/antworten")
@takes_files
def reply(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(actor(), thread_id)
    require(policy.may_reply, thread)
    form, files = ReplyForm(), files_for(thread_page.reply_target(thread))
    if "preview" in request.form or files.is_step:
        preview = text.preview(form.body.data) if "preview" in request.form else ""
        code = 422 if files.errors else 200
        return render_thread(thread, form, code, preview=preview, files=files)
    if not all((form.validate_on_submit(), files.are_complete())):
        return render_thread(thread, form, 422, files=files)
    wait = seconds_to_wait(is_question=False)
    if wait:
        form.body.errors = [patience(wait)]
        return web.ask_to_wait(wait, render_thread(thread, form, 429, files=files))
    try:
        return web.created(publish(thread, form, files.ids))
    except (actions.TooMuchInIt, TooManyFiles) as error:
        session.rollback()
        form.body.errors = [error.message]
        return render_thread(queries.get_thread(actor(), thread_id), form, 422, files=files)


def publish(thread: Thread, form: ReplyForm, files: list[int]) -> str:
    """Publish the answer, or hold it back for approval; return where to go on."""
    values = {"body": form.body.data, "on_behalf": form.on_behalf.data, "files": files}
    if holding.must_wait(actor(), thread.group):
        return holding.hold_answer(actor(), thread, values).path
    return actions.reply(actor(), thread, **values, quiet=form.quiet.data).path


@bp.route("/beitraege/<int:post_id>/bearbeiten", methods=["GET", "POST"])
@security.limit("edits", methods=["POST"])
@takes_files
def edit_post(post_id: int) -> ResponseReturnValue:
    edited = queries.get_post(actor(), post_id)
    require(policy.may_edit, edited)
    form = EditPostForm(obj=None if request.method == "POST" else edited)
    files = files_for(f"post:{post_id}", post_id)
    preview = text.preview(form.body.data) if "preview" in request.form else ""
    is_step = bool(preview) or files.is_step or request.method == "GET"
    if is_step or not all((form.validate_on_submit(), files.are_complete())):
        code = 422 if form.errors or files.errors else 200
        return render_edit(edited, form, code, preview, files=files)
    try:
        versions.check(edited, form.version.data)
        actions.edit_post(actor(), edited, form.body.data, files.change)
    except versions.Conflict:
        form.version.data = edited.version
        return render_edit(edited, form, 409, is_conflict=True, files=files)
    except (actions.TooMuchInIt, TooManyFiles) as error:
        session.rollback()
        form.body.errors = [error.message]
        return render_edit(queries.get_post(actor(), post_id), form, 422, files=files)
    session.commit()
    return redirect(edited.path, 303)


def render_edit(  # noqa: PLR0913 (what the page shows)
    edited: Post,
    form: Form,
    code: int,
    preview: str = "",
    *,
    files: FormFiles,
    is_conflict: bool = False,
) -> ResponseReturnValue:
    page = render_template(
        "discussions/edit_post.html",
        post=edited,
        form=form,
        preview=preview,
        told=count_told(form, edited.thread.group) if preview else 0,
        is_conflict=is_conflict,
        files=files,
        may_delete=policy.may_delete(actor(), edited),
    )
    return page, code


@bp.post("/beitraege/<int:post_id>/loeschen")
def delete_post(post_id: int) -> ResponseReturnValue:
    deleted = queries.get_post(actor(), post_id)
    require(policy.may_delete, deleted)
    actions.delete_post(actor(), deleted)
    session.commit()
    flash(_("Ihr Beitrag ist gelöscht."), "success")
    return redirect(deleted.path, 303)


@bp.post("/beitraege/<int:post_id>/als-antwort")
def mark_answer(post_id: int) -> ResponseReturnValue:
    answer = queries.get_post(actor(), post_id)
    require(policy.may_mark_answer, answer.thread)
    actions.mark_answer(actor(), answer.thread, answer)
    session.commit()
    return redirect(answer.path, 303)


@bp.post("/diskussionen/<int:thread_id>/antwort-aufheben")
def unmark_answer(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(actor(), thread_id)
    require(policy.may_mark_answer, thread)
    actions.unmark_answer(actor(), thread)
    session.commit()
    return redirect(thread.path, 303)


@bp.post("/diskussionen/<int:thread_id>/folgen")
def follow(thread_id: int) -> ResponseReturnValue:
    """Choose how much one hears of a thread; `level` empty: as of its group and topics."""
    thread = queries.get_thread(actor(), thread_id)
    require(policy.may_follow, thread)
    form = LevelForm()
    if not form.validate_on_submit():
        raise BadInput(_("Bitte wählen Sie, wie viel Sie von der Diskussion erfahren."))
    watching.choose(actor(), Target.THREAD, thread.id, form.chosen)
    session.commit()
    return redirect(security.safe_path(request.args.get("next")) or thread.path, 303)
