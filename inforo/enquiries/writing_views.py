"""Pages to write an enquiry on: what it asks, whom, and in which order."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import versions, web
from inforo.authz import actor, require
from inforo.db import session
from inforo.enquiries import actions, policy, queries, recipients
from inforo.enquiries.forms import (
    EnquiryForm,
    QuestionForm,
    TargetForm,
    question_data,
)
from inforo.enquiries.models import MOST_QUESTIONS, Enquiry, EnquiryQuestion
from inforo.enquiries.views import bp, is_get, own_draft, status
from inforo.errors import BadInput
from inforo.forms import Form, options
from inforo.i18n import _
from inforo.municipalities.queries import states
from inforo.vocabularies import queries as vocabularies

DIRECTIONS = {"hoch": -1, "runter": 1}


@bp.route("/kommunalabfragen/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    require(policy.may_create)
    form = EnquiryForm()
    if not form.validate_on_submit():
        return render_template("enquiries/new.html", form=form), status(form)
    enquiry = actions.create(actor(), form.title.data, form.purpose.data)
    return web.created(url_for(".questions", enquiry_id=enquiry.id))


@bp.route("/kommunalabfragen/<int:enquiry_id>/bearbeiten", methods=["GET", "POST"])
def edit(enquiry_id: int) -> ResponseReturnValue:
    enquiry = own_draft(enquiry_id)
    form = EnquiryForm(obj=enquiry if is_get() else None)
    if not form.validate_on_submit():
        return show_edit(enquiry, form, status(form))
    if is_stale(enquiry, form):
        return show_edit(enquiry, form, 409)
    actions.describe(enquiry, form.title.data, form.purpose.data)
    session.commit()
    return redirect(url_for(".questions", enquiry_id=enquiry.id), 303)


def show_edit(enquiry: Enquiry, form: EnquiryForm, code: int) -> ResponseReturnValue:
    page = render_template(
        "enquiries/edit.html", enquiry=enquiry, form=form, is_conflict=code == 409
    )
    return page, code


def is_stale(enquiry: Enquiry, form: Form) -> bool:
    """Tell whether somebody saved meanwhile; the form goes on from what is there now."""
    try:
        versions.check(enquiry, form.version.data)
    except versions.Conflict:
        form.version.data = str(enquiry.version)
        return True
    return False


@bp.get("/kommunalabfragen/<int:enquiry_id>/fragen")
def questions(enquiry_id: int) -> ResponseReturnValue:
    return render_template("enquiries/questions.html", enquiry=own_draft(enquiry_id))


@bp.route("/kommunalabfragen/<int:enquiry_id>/fragen/neu", methods=["GET", "POST"])
def new_question(enquiry_id: int) -> ResponseReturnValue:
    enquiry = own_draft(enquiry_id)
    form = QuestionForm()
    if not form.validate_on_submit():
        return show_question(enquiry, form, status(form))
    actions.add_question(enquiry, form.values)
    return web.created(url_for(".questions", enquiry_id=enquiry.id))


def show_question(
    enquiry: Enquiry, form: QuestionForm, code: int, question: EnquiryQuestion | None = None
) -> ResponseReturnValue:
    page = render_template(
        "enquiries/question.html",
        enquiry=enquiry,
        form=form,
        question=question,
        most=MOST_QUESTIONS,
        is_conflict=code == 409,
    )
    return page, code


@bp.route(
    "/kommunalabfragen/<int:enquiry_id>/fragen/<int:question_id>", methods=["GET", "POST"]
)
def edit_question(enquiry_id: int, question_id: int) -> ResponseReturnValue:
    enquiry = own_draft(enquiry_id)
    question = queries.get_question(enquiry, question_id)
    begun = question_data(question) | {"version": enquiry.version}
    form = QuestionForm(data=begun if is_get() else None)
    if not form.validate_on_submit():
        return show_question(enquiry, form, status(form), question)
    if is_stale(enquiry, form):
        return show_question(enquiry, form, 409, question)
    actions.edit_question(enquiry, question, form.values)
    session.commit()
    return redirect(url_for(".questions", enquiry_id=enquiry.id), 303)


@bp.post("/kommunalabfragen/<int:enquiry_id>/fragen/<int:question_id>/verschieben")
def move_question(enquiry_id: int, question_id: int) -> ResponseReturnValue:
    enquiry = own_draft(enquiry_id)
    question = queries.get_question(enquiry, question_id)
    step = DIRECTIONS.get(request.form.get("richtung", ""))
    if step is None:
        raise BadInput(_("Diese Richtung gibt es nicht."))
    actions.move_question(enquiry, question, step)
    session.commit()
    return redirect(url_for(".questions", enquiry_id=enquiry.id), 303)


@bp.post("/kommunalabfragen/<int:enquiry_id>/fragen/<int:question_id>/entfernen")
def remove_question(enquiry_id: int, question_id: int) -> ResponseReturnValue:
    enquiry = own_draft(enquiry_id)
    actions.remove_question(enquiry, queries.get_question(enquiry, question_id))
    session.commit()
    flash(_("Die Frage ist entfernt."), "success")
    return redirect(url_for(".questions", enquiry_id=enquiry.id), 303)


@bp.route("/kommunalabfragen/<int:enquiry_id>/empfang", methods=["GET", "POST"])
def target(enquiry_id: int) -> ResponseReturnValue:
    """Choose whom it goes to; a button shows how many that are before it is saved."""
    enquiry = own_draft(enquiry_id)
    form = target_form(enquiry)
    if "preview" in request.form:
        return show_target(enquiry, form, 200)
    if not form.validate_on_submit():
        return show_target(enquiry, form, status(form))
    if is_stale(enquiry, form):
        return show_target(enquiry, form, 409)
    actions.set_target(enquiry, form.values)
    session.commit()
    return redirect(enquiry.path, 303)


def target_form(enquiry: Enquiry) -> TargetForm:
    data: dict[str, Any] = dict(enquiry.target)
    data |= {"ends_on": enquiry.ends_on, "audience": enquiry.audience.value}
    data |= {"names": "named" if enquiry.is_named else "totals", "version": enquiry.version}
    form = TargetForm(earliest=actions.earliest_end(enquiry), data=data if is_get() else None)
    form.states.choices = options((state.code, state.name) for state in states())
    kept = enquiry.target.get("topics", ())
    form.topics.choices = options(vocabularies.choices(recipients.TOPICS, kept))
    return form


def show_target(enquiry: Enquiry, form: TargetForm, code: int) -> ResponseReturnValue:
    page = render_template(
        "enquiries/target.html",
        enquiry=enquiry,
        form=form,
        reach=recipients.reach(form.target, enquiry.ags),
        is_conflict=code == 409,
    )
    return page, code


@bp.post("/kommunalabfragen/<int:enquiry_id>/loeschen")
def discard(enquiry_id: int) -> ResponseReturnValue:
    enquiry = queries.get_enquiry(actor(), enquiry_id, to_change=True)
    require(policy.may_discard, enquiry)
    actions.discard(actor(), enquiry)
    session.commit()
    flash(_("Die Abfrage ist gelöscht."), "success")
    return redirect(url_for(".index", ansicht="meine"), 303)
