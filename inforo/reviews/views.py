"""The office's desk: checking, asking, declining, proposing and publishing."""

from collections.abc import Callable, Collection
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, versions, web
from inforo.authz import Rule, actor, require, staff
from inforo.contributions.actions import missing_to_publish
from inforo.db import session
from inforo.errors import Forbidden
from inforo.forms import Form, ReasonForm, options, with_blank
from inforo.i18n import _
from inforo.notifications.actions import mark_subject_read
from inforo.offices import queries as offices
from inforo.reviews import actions, policy, queries
from inforo.reviews.forms import (
    AskForm,
    ConflictForm,
    NoteForm,
    ProposeForm,
)
from inforo.reviews.guards import ChangedSince, Read
from inforo.reviews.models import Stage
from inforo.text import diff
from inforo.toolbox import fields
from inforo.toolbox import queries as toolbox
from inforo.toolbox.file_history import history
from inforo.toolbox.models import Example
from inforo.toolbox.policy import may_see_criteria
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("reviews", __name__)
WAY = (Stage.REGIONAL, Stage.CRITERIA, Stage.TALK, Stage.RELEASE)


def read_version() -> Read:
    """Return what the person had before the eyes, as the form tells."""
    number = web.given_id(request.form.get("number", ""))
    return Read(request.form.get("version", ""), number or 0)


def whole_text(example: Example) -> dict[str, Any]:
    """Return what the templates of an example's text need."""
    return {
        "example": example,
        "number": versions.latest_number(example),
        "criteria": dict(vocabularies.choices("criterion")),
        "evidence": fields.EVIDENCE,
        "levels": fields.LEVELS,
    }


def differences(
    example: Example, number: int, without: Collection[str] = ()
) -> list[tuple[Any, Any]]:
    """Return (label, HTML of the difference) since a version, as far as one may see it."""
    hidden = {*without, *([] if may_see_criteria(actor(), example) else ["criteria"])}
    return [
        (fields.LABELS[name], diff(before, after))
        for name, before, after in queries.changes_since(example, number)
        if name not in hidden
    ]


# The office


@bp.get("/arbeitskorb/beispiele/<int:example_id>")
@staff
def show(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    mark_subject_read(actor(), f"examples:{example.id}")
    session.commit()
    return show_review(example)


def show_review(example: Example, changed: ChangedSince | None = None, **given: Form) -> str:
    """Show everything a reviewer needs; `given` are forms that came back with errors."""
    forms = {
        "ask": AskForm,
        "back": ReasonForm,
        "note": NoteForm,
        "conflict": ConflictForm,
        "propose": ProposeForm,
    }
    shown = {name: given.get(name) or form(formdata=None) for name, form in forms.items()}
    review = queries.find_open_review(example)
    shown["propose"].office.choices = office_choices(example)
    return render_template(
        "reviews/show.html",
        forms=shown,
        changed=changed,
        problems=next((form for form in given.values() if form.errors), None),
        missing=missing_to_publish(example),
        steps=toolbox.steps_of(example, with_internal=policy.may_see_notes(actor(), example)),
        review=review,
        stage=review.stage if review else Stage.REGIONAL,
        conflict=policy.conflict(actor(), example, review),
        needs_release=review is not None and actions.needs_release(example, review),
        overdue=bool(review and review.due_on and review.due_on < clock.today()),
        **whole_text(example),
    )


def office_choices(example: Example) -> Any:
    """Return the offices that may read as the second one."""
    places = offices.offices_with_states()
    own = offices.responsible_office(places, example.scope)
    taken = {example.office_id, own.id if own else None}
    others = queries.other_offices(taken)
    return options(with_blank((str(office.id), office.name) for office in others))


def back_to_review(example: Example, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for("reviews.show", example_id=example.id), 303)


def unread(example: Example, changed: ChangedSince, **given: Form) -> ResponseReturnValue:
    """Answer that the text is not the one that was read; what was typed stays."""
    session.rollback()
    return show_review(example, changed, **given), 409


@bp.post("/arbeitskorb/beispiele/<int:example_id>/veroeffentlichen")
@staff
def publish(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    refuse_conflict(example)
    require(policy.may_publish, example)
    try:
        is_public = actions.publish(actor(), example, read_version())
    except ChangedSince as changed:
        return unread(example, changed)
    if is_public:
        return back_to_review(example, _("Das Praxisbeispiel ist jetzt öffentlich."))
    told = _("Die Autorin oder der Autor liest jetzt die Fassung und gibt sie frei.")
    return back_to_review(example, told)


def refuse_conflict(example: Example) -> None:
    """Say why somebody with a stake may not decide, before anything else is checked."""
    reason = policy.conflict(actor(), example, queries.find_open_review(example))
    if reason:
        raise Forbidden(str(reason))


def decide(
    example: Example, rule: Rule, act: Callable[[], object], told: str, **given: Form
) -> ResponseReturnValue:
    """Check one form and do what it asks for, about the version that was read."""
    refuse_conflict(example)
    require(rule, example)
    if not all(form.validate_on_submit() for form in given.values()):
        return show_review(example, **given), 422
    try:
        act()
    except ChangedSince as changed:
        return unread(example, changed, **given)
    return back_to_review(example, told)


@bp.post("/arbeitskorb/beispiele/<int:example_id>/nachfragen")
@staff
def ask_changes(example_id: int) -> ResponseReturnValue:
    example, form = queries.get_review(actor(), example_id), AskForm()

    def act() -> None:
        actions.ask_changes(actor(), example, form.question.data, read_version())

    told = _("Die Bitte ist unterwegs.")
    return decide(example, policy.may_ask_changes, act, told, ask=form)


@bp.post("/arbeitskorb/beispiele/<int:example_id>/zurueckgeben")
@staff
def send_back(example_id: int) -> ResponseReturnValue:
    example, form = queries.get_review(actor(), example_id), ReasonForm()

    def act() -> None:
        actions.send_back(actor(), example, form.reason.data, read_version())

    told = _("Abgelehnt. Die Begründung ist unterwegs.")
    return decide(example, policy.may_send_back, act, told, back=form)


@bp.post("/arbeitskorb/beispiele/<int:example_id>/good-practice")
@staff
def propose(example_id: int) -> ResponseReturnValue:
    example, form = queries.get_review(actor(), example_id), ProposeForm()
    form.office.choices = office_choices(example)

    def act() -> None:
        office = offices.get_office(int(form.office.data))
        actions.propose(actor(), example, office, read_version())

    told = _("Vorgeschlagen. Zwei Lesende bewerten die Kriterien.")
    return decide(example, policy.may_propose, act, told, propose=form)


@bp.post("/arbeitskorb/beispiele/<int:example_id>/befangen")
@staff
def state_conflict(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    require(policy.may_state_conflict, example)
    form = ConflictForm()
    if not form.validate_on_submit():
        return show_review(example, conflict=form), 422
    actions.state_conflict(actor(), example, form.conflict.data)
    return back_to_review(example, _("Notiert. Der Beitrag geht an eine andere Person."))


@bp.post("/arbeitskorb/beispiele/<int:example_id>/notiz")
@staff
def note(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    require(policy.may_see_notes, example)
    form = NoteForm()
    if not form.validate_on_submit():
        return show_review(example, note=form), 422
    actions.note(actor(), example, form.note.data)
    return back_to_review(example, _("Notiert."))


@bp.get("/arbeitskorb/beispiele/<int:example_id>/aenderungen/<int:number>")
@staff
def changes(example_id: int, number: int) -> ResponseReturnValue:
    """Show what has changed since a version."""
    example = queries.get_review(actor(), example_id)
    back = url_for("reviews.show", example_id=example.id)
    return show_changes(example, number, back)


def show_changes(example: Example, number: int, back: str) -> str:
    return render_template(
        "reviews/changes.html",
        example=example,
        number=number,
        entries=differences(example, number),
        back=back,
    )


# Tools


@bp.route("/arbeitskorb/werkzeuge/<int:tool_id>", methods=["GET", "POST"])
@staff
def show_tool(tool_id: int) -> ResponseReturnValue:
    """Show a tool to its reviewer; POST returns it with a reason."""
    tool = queries.get_tool_review(actor(), tool_id)
    form = ReasonForm()
    if request.method == "POST":
        require(policy.may_review_tool, tool)
    if form.validate_on_submit():
        actions.return_tool(actor(), tool, form.reason.data, read_version())
        session.commit()
        flash(_("Zurückgegeben. Die Begründung ist unterwegs."), "success")
        return redirect(url_for("reviews.show_tool", tool_id=tool.id), 303)
    may_decide = policy.may_review_tool(actor(), tool)
    page = render_template(
        "reviews/show_tool.html",
        tool=tool,
        history=history(actor(), tool),
        examples=toolbox.find_examples_by_ids(actor(), [each.id for each in tool.examples]),
        form=form,
        may_decide=may_decide,
    )
    return page, 422 if form.errors else 200


@bp.post("/arbeitskorb/werkzeuge/<int:tool_id>/veroeffentlichen")
@staff
def publish_tool(tool_id: int) -> ResponseReturnValue:
    tool = queries.get_tool_review(actor(), tool_id)
    require(policy.may_review_tool, tool)
    actions.publish_tool(actor(), tool, read_version())
    session.commit()
    flash(_("Veröffentlicht."), "success")
    return redirect(url_for("reviews.show_tool", tool_id=tool.id), 303)
