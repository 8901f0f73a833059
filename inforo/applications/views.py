"""One's own application, its review by the office, and moving to another place."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo.accounts import queries as accounts_queries
from inforo.accounts.models import Account, OrganisationKind
from inforo.applications import actions, policy, queries
from inforo.applications.actions import Place
from inforo.applications.forms import (
    MUNICIPALITY,
    NEW,
    AnswerForm,
    HandOverForm,
    MoveForm,
    PlaceForm,
    QuestionForm,
)
from inforo.authz import actor, require, signed_in, staff
from inforo.db import session
from inforo.forms import ReasonForm, options, with_blank
from inforo.i18n import _
from inforo.municipalities import queries as municipalities
from inforo.municipalities.views import is_search, picked
from inforo.notifications.actions import mark_subject_read
from inforo.offices import queries as offices
from inforo.people.views import department_label
from inforo.web import created, given_id

bp = Blueprint("applications", __name__)


# One's own application ------------------------------------------------------------------


@bp.get("/konto/antrag")
@signed_in
def show() -> ResponseReturnValue:
    account = accounts_queries.get_account(actor().account_id)
    own = queries.find_own_application(account.id)
    return render_template(
        "applications/show.html",
        account=account,
        application=own,
        office=queries.office_in_charge(own) if own else None,
        messages=queries.messages_of(own) if own else [],
        form=AnswerForm(),
    )


@bp.post("/konto/antrag/antwort")
@signed_in
def answer() -> ResponseReturnValue:
    own = queries.get_own_application(actor())
    require(policy.may_answer, own)
    form = AnswerForm()
    if not form.validate_on_submit():
        page = render_template(
            "applications/show.html",
            account=own.account,
            application=own,
            office=queries.office_in_charge(own),
            messages=queries.messages_of(own),
            form=form,
        )
        return page, 422
    actions.answer(actor(), own, form.text.data)
    return created(url_for("applications.show"))


@bp.post("/konto/antrag/zurueckziehen")
@signed_in
def withdraw() -> ResponseReturnValue:
    own = queries.get_own_application(actor())
    require(policy.may_withdraw, own)
    actions.withdraw(actor(), own)
    session.commit()
    flash(_("Sie haben Ihren Antrag zurückgezogen."), "success")
    return redirect(url_for("applications.show"), 303)


# The review -----------------------------------------------------------------------------


@bp.get("/arbeitskorb/anmeldungen/<int:application_id>")
@staff
def review(application_id: int) -> ResponseReturnValue:
    return show_review(queries.get_case(actor(), application_id))


def show_review(case: queries.Case, status: int = 200, **given: Any) -> ResponseReturnValue:
    application = case.application
    places = offices.offices()
    hand_over_form = given.get("hand_over_form") or HandOverForm()
    hand_over_form.office.choices = options(
        with_blank((str(each.id), each.name) for each in places)
    )
    page = render_template(
        "applications/review.html",
        case=case,
        application=application,
        may_decide=policy.may_decide(actor(), application),
        department=department_label(application.account.department_key),
        messages=queries.messages_of(application),
        notes=offices.notes_of(case.item),
        domain=queries.domain_of(application.account.email),
        domain_hint=queries.domain_hint(application),
        namesakes=queries.namesakes(application),
        decline_form=given.get("decline_form") or ReasonForm(prefix="decline"),
        question_form=given.get("question_form") or QuestionForm(prefix="question"),
        hand_over_form=hand_over_form,
    )
    return page, status


def case_to_decide(application_id: int) -> queries.Case:
    case = queries.get_case(actor(), application_id)
    require(policy.may_decide, case.application)
    return case


def decided(case: queries.Case, message: str) -> ResponseReturnValue:
    """Commit a decision and lead back to it."""
    mark_subject_read(actor(), case.item.subject)
    session.commit()
    flash(message, "success")
    return redirect(url_for("applications.review", application_id=case.application.id), 303)


@bp.post("/arbeitskorb/anmeldungen/<int:application_id>/freigeben")
@staff
def approve(application_id: int) -> ResponseReturnValue:
    case = case_to_decide(application_id)
    actions.approve(actor(), case.application)
    name = case.application.account.name
    return decided(case, _("%(name)s ist freigegeben und hat eine E-Mail bekommen.", name=name))


@bp.post("/arbeitskorb/anmeldungen/<int:application_id>/ablehnen")
@staff
def decline(application_id: int) -> ResponseReturnValue:
    case = case_to_decide(application_id)
    form = ReasonForm(prefix="decline")
    if not form.validate_on_submit():
        return show_review(case, 422, decline_form=form)
    actions.decline(actor(), case.application, form.reason.data)
    return decided(
        case, _("Der Antrag ist abgelehnt. Die Person hat Ihre Begründung bekommen.")
    )


@bp.post("/arbeitskorb/anmeldungen/<int:application_id>/rueckfrage")
@staff
def ask_back(application_id: int) -> ResponseReturnValue:
    case = case_to_decide(application_id)
    form = QuestionForm(prefix="question")
    if not form.validate_on_submit():
        return show_review(case, 422, question_form=form)
    actions.ask_back(actor(), case.application, form.text.data)
    return decided(
        case, _("Ihre Frage ist verschickt. Wir melden uns, wenn die Antwort da ist.")
    )


@bp.post("/arbeitskorb/anmeldungen/<int:application_id>/abgeben")
@staff
def hand_over(application_id: int) -> ResponseReturnValue:
    case = case_to_decide(application_id)
    form = HandOverForm()
    places = {str(office.id): office for office in offices.offices()}
    form.office.choices = options(
        with_blank((key, office.name) for key, office in places.items())
    )
    if not form.validate_on_submit():
        return show_review(case, 422, hand_over_form=form)
    actions.hand_over(actor(), case, places[form.office.data], form.note.data)
    session.commit()
    flash(_("Abgegeben an: %(office)s.", office=places[form.office.data].name), "success")
    return redirect(url_for("moderation.index"), 303)


# Another place of work ------------------------------------------------------------------


@bp.route("/konto/wechsel", methods=["GET", "POST"])
def move() -> ResponseReturnValue:
    """Ask to be a member of another municipality or organisation."""
    account = accounts_queries.get_account(actor().account_id)
    form = MoveForm()
    form.set_places(accounts_queries.organisations(), list(municipalities.states()))
    place, found = chosen_place(form)
    if request.method == "GET" or is_search():
        return show_move(account, form, place, found)
    is_valid = form.validate()
    if not (form.check_place(place and place.municipality) and is_valid and place):
        return show_move(account, form, place, found), 422
    actions.move(actor(), account, place, form.reason.data)
    return created(url_for("applications.show"))


def show_move(account: Account, form: MoveForm, place: Place | None, found: Any) -> str:
    municipality = place.municipality if place else None
    return render_template(
        "applications/move.html",
        account=account,
        form=form,
        municipality=municipality,
        found=None if municipality and not is_search() else found,
        query=request.form.get("municipality_query", ""),
    )


def chosen_place(form: PlaceForm) -> tuple[Place | None, list[Any] | None]:
    """Return the place the form means, and the municipalities found, None without search."""
    municipality, found = picked(form.municipality.data or "")
    if form.place.data == MUNICIPALITY:
        return Place(municipality=municipality) if municipality else None, found
    return chosen_organisation(form), found


def chosen_organisation(form: PlaceForm) -> Place | None:
    if form.organisation.data == NEW:
        kinds = {kind.value: kind for kind in OrganisationKind}
        return Place(
            organisation_name=form.organisation_name.data or "",
            organisation_kind=kinds.get(form.organisation_kind.data),
            organisation_state=form.organisation_state.data or None,
        )
    chosen = given_id(form.organisation.data or "")
    known = accounts_queries.find_organisation(chosen) if chosen else None
    return Place(organisation=known) if known else None
