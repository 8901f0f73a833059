"""What the pages of articles and events do alike. The routes are in the slices above."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import files, text, versions, web
from inforo.authz import Actor, actor, require
from inforo.db import session
from inforo.editorial import actions, policy, queries
from inforo.editorial.fields import Kept, changes, unequal
from inforo.editorial.forms import SubmissionForm
from inforo.editorial.models import PublicationState, Submission
from inforo.files import StoredFile
from inforo.forms import Form, ReasonForm
from inforo.glossary.queries import names_of
from inforo.i18n import _, _l
from inforo.municipalities.queries import states


@dataclass(frozen=True)
class Step:
    """One step of the way: who may take it, what it does, what the page says then."""

    rule: Callable[[Actor, Any], bool]
    action: Callable[[Actor, Any], None]
    message: Any


STEPS = {
    "einreichen": Step(
        policy.may_submit,
        actions.submit,
        _l("Eingereicht. Sie bekommen Bescheid, sobald jemand entschieden hat."),
    ),
    "pruefen": Step(policy.may_check, actions.check, _l("Als geprüft gekennzeichnet.")),
    "veroeffentlichen": Step(policy.may_publish, actions.publish, _l("Veröffentlicht.")),
    "archivieren": Step(policy.may_archive, actions.archive, _l("Archiviert.")),
    "zurueckholen": Step(policy.may_restore, actions.restore, _l("Wieder veröffentlicht.")),
}
VERBS = ", ".join(STEPS)


def take_step(content: Submission, verb: str) -> ResponseReturnValue:
    step = STEPS[verb]
    require(step.rule, content)
    step.action(actor(), content)
    session.commit()
    flash(str(step.message), "success")
    return redirect(content.path, 303)


def give_back(content: Submission, form: ReasonForm) -> ResponseReturnValue | None:
    """Give a submission back; None if the reason is missing."""
    require(policy.may_give_back, content)
    if not form.validate_on_submit():
        return None
    actions.give_back(actor(), content, form.reason.data or "")
    session.commit()
    flash(_("Zurückgegeben. Die Person bekommt Ihre Begründung."), "success")
    return redirect(f"/{content.folder}/", 303)


def delete(content: Submission, endpoint: str) -> ResponseReturnValue:
    """Delete a draft and go back to the list of one's own."""
    require(policy.may_delete, content)
    actions.delete(actor(), content)
    session.commit()
    flash(_("Der Entwurf ist gelöscht."), "success")
    return redirect(url_for(endpoint), 303)


def preview_of(form: SubmissionForm) -> str:
    wanted = request.method == "POST" and "preview" in request.form
    return text.preview(form.body.data) or "–" if wanted else ""


def status(form: Form) -> int:
    return 422 if form.errors else 200


def state_choices() -> list[tuple[str, str]]:
    return [(state.code, state.name) for state in states()]


DECIDED = tuple(state for state in PublicationState if state is not PublicationState.DRAFT)


def desk_page(model: type[Submission], endpoint: str, **words: Any) -> str:
    """Show what is in the care of who asks, by the step it stands at."""
    chosen = given_state(DECIDED)
    counts = queries.count_by_state(actor(), model)
    tabs = [
        (
            state.label,
            url_for(endpoint, stand=state.value),
            counts.get(state, 0),
            state is chosen,
        )
        for state in DECIDED
    ]
    contents = queries.to_decide(actor(), model, chosen)
    return render_template("editorial/desk.html", contents=contents, tabs=tabs, **words)


def given_state(known: Sequence[PublicationState]) -> PublicationState:
    """Return the step the address of a list asks for."""
    wanted = request.args.get("stand", "")
    return next((state for state in known if state.value == wanted), known[0])


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved meanwhile: who and when, and what differs from what was typed."""

    fields: list[tuple[Any, str, str]]
    who: str
    when: datetime


def save(content: Submission, form: SubmissionForm, kept: Kept) -> Conflict | None:
    """Save an edit; if somebody else saved meanwhile, return what the form shows of both."""
    try:
        actions.edit(actor(), content, form.values(), form.version.data)
    except versions.Conflict:
        form.version.data = content.version
        return conflict_of(content, form, kept)
    session.commit()
    flash(_("Gespeichert."), "success")
    return None


def conflict_of(content: Submission, form: SubmissionForm, kept: Kept) -> Conflict:
    typed = {name: actions.written(value) for name, value in form.kept().items()}
    saved = versions.history(content)[:1]
    who = names_of(saved).get(saved[0].author_id or 0, "") if saved else ""
    when = saved[0].created_at if saved else content.created_at
    return Conflict(unequal(actions.snapshot(content), typed, kept), who, when)


def history_page(content: Submission, kept: Kept, back: tuple[Any, str]) -> str:
    """Show who changed what, for the author and who decides."""
    require(policy.may_see_history, content)
    saved = versions.history(content)
    return render_template(
        "editorial/history.html",
        content=content,
        entries=changes(saved, kept),
        names=names_of(saved),
        back=back,
    )


def mine_page(
    model: type[Submission], title: str, back: tuple[Any, str], new: tuple[Any, str]
) -> str:
    """Show what somebody wrote, wherever it stands."""
    contents = queries.own(actor(), model)
    return render_template(
        "editorial/mine.html", title=title, contents=contents, back=back, new=new
    )


# Files


def files_page(
    content: Any, form: Any, attach: Callable[[Actor, Any, StoredFile, Any], object]
) -> ResponseReturnValue:
    """Show the files of a text; POST adds one."""
    require(policy.may_edit, content)
    if form.validate_on_submit() and form.upload.checked is not None:
        stored = files.keep(form.upload.checked, actor().account_id)
        attach(actor(), content, stored, form.values())
        return web.created(f"{content.address}/dateien")
    page = render_template("editorial/files.html", content=content, form=form)
    return page, status(form)


def remove_file(content: Any, attached: Any) -> ResponseReturnValue:
    require(policy.may_edit, content)
    actions.detach(actor(), content, attached)
    session.commit()
    return redirect(f"{content.address}/dateien", 303)
