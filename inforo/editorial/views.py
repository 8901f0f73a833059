"""What the pages of articles and events do alike. The routes are in the slices above."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import text, versions
from inforo.authz import Actor, actor, require
from inforo.db import session
from inforo.editorial import actions, policy, queries
from inforo.editorial.forms import SubmissionForm
from inforo.editorial.models import PublicationState, Submission
from inforo.forms import Form, ReasonForm
from inforo.i18n import _, _l
from inforo.municipalities.queries import states
from inforo.versions import Version


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


def changes(saved: list[Version], labels: dict[str, Any]) -> list[tuple[Version, Any]]:
    """Return each version of a history, the newest first, with what it changed."""
    older = [*saved[1:], None] if saved else []
    return [
        (version, differences(before.fields if before else {}, version.fields, labels))
        for version, before in zip(saved, older, strict=True)
    ]


def differences(
    old: dict[str, Any], new: dict[str, Any], labels: dict[str, Any]
) -> list[tuple[Any, Any]]:
    return [
        (labels.get(name, name), text.diff(str(old.get(name, "")), str(value)))
        for name, value in new.items()
        if str(old.get(name, "")) != str(value)
    ]


def save(content: Submission, form: SubmissionForm) -> bool:
    """Save an edit; False if somebody else saved meanwhile, the form then shows both."""
    try:
        actions.edit(actor(), content, form.values(), form.version.data)
    except versions.Conflict:
        form.version.data = content.version
        return False
    session.commit()
    flash(_("Gespeichert."), "success")
    return True
