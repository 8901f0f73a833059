"""The review of what was contributed, by the responsible office."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import versions
from inforo.authz import actor, require, staff
from inforo.contributions.actions import missing_to_publish
from inforo.contributions.policy import is_colleague
from inforo.db import session
from inforo.forms import Form, ReasonForm
from inforo.i18n import _
from inforo.notifications.actions import mark_subject_read
from inforo.reviews import actions, policy, queries
from inforo.reviews.forms import AskForm, NoteForm
from inforo.toolbox import fields
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("reviews", __name__)


@bp.get("/arbeitskorb/beispiele/<int:example_id>")
@staff
def show(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    mark_subject_read(actor(), f"examples:{example.id}")
    session.commit()
    return show_review(example)


def show_review(example: Example, **given: Form) -> str:
    """Show everything a reviewer needs; `given` are forms that came back with errors."""
    forms = {"ask": AskForm, "back": ReasonForm, "note": NoteForm}
    shown = {name: given.get(name) or form(formdata=None) for name, form in forms.items()}
    return render_template(
        "reviews/show.html",
        example=example,
        forms=shown,
        problems=next(iter(given.values()), None),
        missing=missing_to_publish(example),
        steps=toolbox.steps_of(example, with_internal=policy.may_see_notes(actor(), example)),
        history=versions.latest_number(example),
        criteria=dict(vocabularies.choices("criterion")),
        is_colleague=is_colleague(actor(), example),
        is_mine=is_author(actor(), example),
        evidence=fields.EVIDENCE,
        levels=fields.LEVELS,
    )


def back_to_review(example: Example, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for("reviews.show", example_id=example.id), 303)


@bp.post("/arbeitskorb/beispiele/<int:example_id>/veroeffentlichen")
@staff
def publish(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    require(policy.may_publish, example)
    actions.publish(actor(), example, request.form.get("version"))
    return back_to_review(example, _("Das Praxisbeispiel ist jetzt öffentlich."))


@bp.post("/arbeitskorb/beispiele/<int:example_id>/nachfragen")
@staff
def ask_changes(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    require(policy.may_ask_changes, example)
    form = AskForm()
    if not form.validate_on_submit():
        return show_review(example, ask=form), 422
    actions.ask_changes(actor(), example, form.question.data)
    return back_to_review(example, _("Die Bitte ist unterwegs."))


@bp.post("/arbeitskorb/beispiele/<int:example_id>/zurueckgeben")
@staff
def send_back(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    require(policy.may_send_back, example)
    form = ReasonForm()
    if not form.validate_on_submit():
        return show_review(example, back=form), 422
    actions.send_back(actor(), example, form.reason.data)
    return back_to_review(example, _("Zurückgegeben. Die Begründung ist unterwegs."))


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
        actions.return_tool(actor(), tool, form.reason.data)
        session.commit()
        flash(_("Zurückgegeben. Die Begründung ist unterwegs."), "success")
        return redirect(url_for("reviews.show_tool", tool_id=tool.id), 303)
    may_decide = policy.may_review_tool(actor(), tool)
    page = render_template(
        "reviews/show_tool.html", tool=tool, form=form, may_decide=may_decide
    )
    return page, 422 if form.errors else 200


@bp.post("/arbeitskorb/werkzeuge/<int:tool_id>/veroeffentlichen")
@staff
def publish_tool(tool_id: int) -> ResponseReturnValue:
    tool = queries.get_tool_review(actor(), tool_id)
    require(policy.may_review_tool, tool)
    actions.publish_tool(actor(), tool, request.form.get("version"))
    session.commit()
    flash(_("Das Werkzeug ist jetzt öffentlich."), "success")
    return redirect(url_for("reviews.show_tool", tool_id=tool.id), 303)
