"""Registering, the application and its review, person pages, invitations."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, Signer

from inforo import passwords, versions
from inforo.accounts import actions as accounts
from inforo.accounts import queries as accounts_queries
from inforo.accounts.forms import AddressForm, PasswordForm
from inforo.accounts.models import Account, OrganisationKind, Purpose, Token
from inforo.accounts.views import begin_session, internet_address, private
from inforo.authz import Role, actor, admin, public, require, signed_in, staff
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.forms import ReasonForm, options, with_blank
from inforo.i18n import _
from inforo.municipalities import queries as municipalities
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import mark_subject_read
from inforo.offices import queries as offices
from inforo.people import actions, policy, queries
from inforo.people.actions import Place, Registration
from inforo.people.forms import (
    MUNICIPALITY,
    NEW,
    AcceptForm,
    AnswerForm,
    HandOverForm,
    InviteForm,
    MoveForm,
    PlaceForm,
    ProfileForm,
    QuestionForm,
    RegisterForm,
)
from inforo.people.models import Invitation
from inforo.people.queries import Filters
from inforo.security import limit
from inforo.vocabularies import queries as vocabularies
from inforo.web import created, page_number

LONGEST = 100
TOPICS = "field_of_action"
PROFILE_TEXTS = ("name", "function", "phone", "about", "helps_with", "looks_for")
bp = Blueprint("people", __name__)
CHOICES = 20


# Registering ---------------------------------------------------------------------------


@bp.route("/konto/registrieren", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    form = register_form()
    place, found = chosen_place(form)
    if request.method == "GET" or is_search():
        return show_register(form, place, found)
    if not is_valid_registration(form, place):
        return show_register(form, place, found), 422
    if not form.website.data:
        count_registration()
        actions.register(registration(form, place))
        session.commit()
    return redirect(url_for("people.check_mail"), 303)


def register_form() -> RegisterForm:
    form = RegisterForm()
    form.department.choices = options(with_blank(vocabularies.choices("department")))
    form.set_places(accounts_queries.organisations(), list(municipalities.states()))
    return form


def is_search() -> bool:
    """Tell whether the button "Suchen" was pressed, not the one that sends the form."""
    return "municipality_search" in request.form


def chosen_place(form: PlaceForm) -> tuple[Place | None, list[Any] | None]:
    """Return the place the form means, and the municipalities found, None without search."""
    municipality, found = picked(form.municipality.data or "")
    if form.place.data == MUNICIPALITY:
        return Place(municipality=municipality) if municipality else None, found
    return chosen_organisation(form), found


def picked(ags: str) -> tuple[Municipality | None, list[Any] | None]:
    """Return the municipality a picker means, and what its search found, None without search.

    A name that fits exactly one municipality needs no second step. What was chosen before
    does not count any more when another name was typed over it.
    """
    query = request.form.get("municipality_query", "").strip()
    chosen = municipalities.existing(ags)
    if chosen is not None and query in ("", chosen.display_name) and not is_search():
        return chosen, None
    found = municipalities.search_municipalities(query, CHOICES) if query else None
    hits = [hit.ags for hit in found or ()]
    if chosen is not None and (not query or chosen.ags in hits):
        return chosen, found
    only_hit = hits[0] if len(hits) == 1 and not is_search() else ""
    return municipalities.existing(only_hit), found


def chosen_organisation(form: PlaceForm) -> Place | None:
    if form.organisation.data == NEW:
        kinds = {kind.value: kind for kind in OrganisationKind}
        return Place(
            organisation_name=form.organisation_name.data or "",
            organisation_kind=kinds.get(form.organisation_kind.data),
            organisation_state=form.organisation_state.data or None,
        )
    chosen = str(form.organisation.data or "")
    known = accounts_queries.find_organisation(int(chosen)) if chosen.isdigit() else None
    return Place(organisation=known) if known else None


def is_valid_registration(form: RegisterForm, place: Place | None) -> bool:
    is_valid = form.validate()
    is_valid = form.check_place(place and place.municipality) and is_valid
    personal = [form.name.data, form.email.data, form.function.data]
    if place and place.municipality:
        personal.append(place.municipality.display_name)
    weakness = form.password.data and passwords.weakness(
        form.password.data, *(text or "" for text in personal)
    )
    if weakness:
        form.password.errors = [weakness]
    if too_fast(form.opened.data):
        form.form_errors.append(
            _("Das ging sehr schnell. Bitte sehen Sie alles noch einmal durch und senden Sie.")
        )
        return False
    return is_valid and not weakness


def stamp_signer() -> Signer:
    return Signer(settings.secret_key, salt="form-opened")


def opening_stamp() -> str:
    """Return the signed time at which a form was opened."""
    return stamp_signer().sign(str(int(now().timestamp()))).decode()


def too_fast(stamp: str | None) -> bool:
    """Tell whether a form was sent faster than people type, or was never opened here."""
    try:
        opened = int(stamp_signer().unsign(stamp or ""))
    except (BadSignature, ValueError):
        return settings.form_min_seconds > 0
    return now().timestamp() - opened < settings.form_min_seconds


def count_registration() -> None:
    """Refuse floods; counted in a transaction of its own."""
    address = internet_address()
    accounts.check_tries("registration-ip", address, settings.limit_registration_ip)
    accounts.check_tries("registration-ip", "", settings.limit_registration_global)
    accounts.note_try("registration-ip", address)
    session.commit()


def registration(form: RegisterForm, place: Place | None) -> Registration:
    """Collect what was typed; no transaction is open while the password is hashed."""
    return Registration(
        name=form.name.data,
        email=form.email.data,
        function=form.function.data,
        department_key=form.department.data or "",
        reason=form.reason.data,
        password_hash=passwords.hash_password(form.password.data),
        place=place or Place(),
    )


def show_register(form: RegisterForm, place: Place | None, found: Any) -> str:
    municipality = place.municipality if place else None
    return render_template(
        "people/register.html",
        form=form,
        municipality=municipality,
        found=None if municipality and not is_search() else found,
        query=request.form.get("municipality_query", ""),
        opened=form.opened.data or opening_stamp(),
    )


@bp.get("/konto/registrieren/postfach")
@public
def check_mail() -> ResponseReturnValue:
    return render_template("people/check_mail.html")


@bp.route("/konto/bestaetigung", methods=["GET", "POST"])
@public
def resend_confirmation() -> ResponseReturnValue:
    """Mail the link again; the answer never tells whether there is such a registration."""
    form = AddressForm()
    if not form.validate_on_submit():
        page = render_template("people/resend.html", form=form)
        return page, 422 if form.errors else 200
    may_mail = accounts.count_token_mail(form.email.data, internet_address())
    session.commit()
    account = accounts_queries.find_account_by_email(form.email.data)
    if may_mail and account is not None and account.email_confirmed_at is None:
        actions.send_confirmation(account)
    session.commit()
    return redirect(url_for("people.check_mail"), 303)


@bp.route("/konto/bestaetigen/<secret>", methods=["GET", "POST"])
@public
@limit("token_guess", deduct_when=lambda answer: answer.status_code == 404)
def confirm(secret: str) -> ResponseReturnValue:
    """Confirm the address with the password chosen before, and open the application.

    The password is asked so that nobody confirms what a stranger registered in their name.
    """
    token = accounts_queries.get_token(Purpose.CONFIRM, secret)
    account = accounts_queries.get_account(token.account_id)
    form = PasswordForm()
    if form.validate_on_submit():
        accounts.check_sign_in(account.email, internet_address())
        session.commit()
        if passwords.verify_password(account.password_hash, form.password.data):
            actions.confirm(accounts_queries.get_token(Purpose.CONFIRM, secret), account)
            return begin_session(account, "password", url_for("people.application"))
        accounts.note_failed_sign_in(account.email, internet_address())
        session.commit()
        form.password.errors = [_("Das ist nicht das Passwort aus Ihrer Registrierung.")]
    page = render_template("people/confirm.html", form=form, account=account, secret=secret)
    return private(page, 422 if form.errors else 200)


# One's own application -----------------------------------------------------------------


@bp.get("/konto/antrag")
@signed_in
def application() -> ResponseReturnValue:
    account = accounts_queries.get_account(actor().account_id)
    own = queries.find_own_application(account.id)
    return render_template(
        "people/application.html",
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
            "people/application.html",
            account=own.account,
            application=own,
            office=queries.office_in_charge(own),
            messages=queries.messages_of(own),
            form=form,
        )
        return page, 422
    actions.answer(actor(), own, form.text.data)
    return created(url_for("people.application"))


@bp.post("/konto/antrag/zurueckziehen")
@signed_in
def withdraw() -> ResponseReturnValue:
    own = queries.get_own_application(actor())
    require(policy.may_withdraw, own)
    actions.withdraw(actor(), own)
    session.commit()
    flash(_("Sie haben Ihren Antrag zurückgezogen."), "success")
    return redirect(url_for("people.application"), 303)


# The review ----------------------------------------------------------------------------


@bp.get("/arbeitskorb/anmeldungen/<int:application_id>")
@staff
def review_application(application_id: int) -> ResponseReturnValue:
    return show_review(queries.get_case(actor(), application_id))


def show_review(case: queries.Case, status: int = 200, **given: Any) -> ResponseReturnValue:
    application = case.application
    places = offices.offices()
    hand_over_form = given.get("hand_over_form") or HandOverForm()
    hand_over_form.office.choices = options(
        with_blank((str(each.id), each.name) for each in places)
    )
    page = render_template(
        "people/review.html",
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


def department_label(key: str) -> str:
    return dict(vocabularies.choices("department")).get(key, "") if key else ""


def case_to_decide(application_id: int) -> queries.Case:
    case = queries.get_case(actor(), application_id)
    require(policy.may_decide, case.application)
    return case


def decided(case: queries.Case, message: str) -> ResponseReturnValue:
    """Commit a decision and lead back to it."""
    mark_subject_read(actor(), case.item.subject)
    session.commit()
    flash(message, "success")
    return redirect(
        url_for("people.review_application", application_id=case.application.id), 303
    )


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


# Person pages --------------------------------------------------------------------------


@bp.get("/personen/")
def index() -> ResponseReturnValue:
    filters = Filters(
        q=request.args.get("q", "")[:LONGEST],
        state=request.args.get("land", "")[:2],
        topic=request.args.get("thema", "")[:LONGEST],
        helps=request.args.get("hilft", "")[:LONGEST],
    )
    page = page_number()
    total = queries.count_people(actor(), filters)
    return render_template(
        "people/index.html",
        filters=filters,
        people=queries.people(actor(), filters, page),
        total=total,
        page=page,
        pages=-(-total // settings.page_size),
        states=municipalities.states(),
        topics=vocabularies.terms(TOPICS),
    )


@bp.get("/personen/<int:account_id>")
def show(account_id: int) -> ResponseReturnValue:
    return show_person(queries.get_person(actor(), account_id))


def show_person(
    account: Account,
    *,
    form: ReasonForm | None = None,
    address_form: ReasonForm | None = None,
    address: str = "",
) -> ResponseReturnValue:
    """Show a person page, and of each field only what its owner lets the reader see."""
    together = queries.are_colleagues(actor(), account)
    seen = {
        field
        for field in policy.FIELDS
        if policy.may_see(actor(), account, field, are_colleagues=together)
    }
    page = render_template(
        "people/show.html",
        person=account,
        seen=seen,
        department=department_label(account.department_key),
        topics=queries.topics_of(account) if "topics" in seen else [],
        groups=queries.groups_of(actor(), account) if "groups" in seen else [],
        roles=queries.roles_of(account),
        address=address or (account.email if "email" in seen else ""),
        form=form or ReasonForm(prefix="suspend", formdata=None),
        address_form=address_form or ReasonForm(prefix="address", formdata=None),
    )
    return page, 422 if form or address_form else 200


def get_person_to_keep(account_id: int) -> Account:
    """Return a person this office may suspend; other offices do not find them there."""
    account = queries.get_person(actor(), account_id)
    if actor().is_coordinator and not actor().moderates(account):
        raise NotFound
    require(policy.may_suspend, account)
    return account


@bp.post("/personen/<int:account_id>/sperren")
def suspend(account_id: int) -> ResponseReturnValue:
    account = get_person_to_keep(account_id)
    form = ReasonForm(prefix="suspend")
    if not form.validate_on_submit():
        return show_person(account, form=form)
    actions.suspend(actor(), account, form.reason.data)
    session.commit()
    flash(_("%(name)s ist gesperrt und überall abgemeldet.", name=account.name), "success")
    return redirect(url_for("people.show", account_id=account.id), 303)


@bp.post("/personen/<int:account_id>/entsperren")
def reactivate(account_id: int) -> ResponseReturnValue:
    account = get_person_to_keep(account_id)
    actions.reactivate(actor(), account)
    session.commit()
    flash(_("%(name)s ist wieder dabei.", name=account.name), "success")
    return redirect(url_for("people.show", account_id=account.id), 303)


@bp.post("/personen/<int:account_id>/adresse")
@admin
def look_up_address(account_id: int) -> ResponseReturnValue:
    """Show an admin an address nobody else sees, once, with a reason that is logged."""
    account = queries.get_person(actor(), account_id)
    require(policy.may_see_address, account)
    form = ReasonForm(prefix="address")
    if not form.validate_on_submit():
        return show_person(account, address_form=form)
    actions.look_up_address(actor(), account, form.reason.data)
    session.commit()
    return show_person(account, address=account.email)


@bp.route("/konto/profil", methods=["GET", "POST"])
def edit_profile() -> ResponseReturnValue:
    account = accounts_queries.get_account(actor().account_id)
    form = profile_form(account)
    if not form.validate_on_submit():
        return show_profile(account, form), 422 if form.errors else 200
    try:
        versions.check(account, form.version.data)
    except versions.Conflict:
        form.version.data = str(account.version)
        return show_profile(account, form, conflict=True), 409
    chosen = vocabularies.terms_by_key(TOPICS, form.topics.data or [])
    actions.edit_profile(actor(), account, profile_changes(form), chosen)
    session.commit()
    flash(_("Ihre Seite ist gespeichert."), "success")
    return redirect(url_for("people.show", account_id=account.id), 303)


def profile_form(account: Account) -> ProfileForm:
    shown = {f"show_{field}": policy.audience_of(account, field) for field in policy.FIELDS}
    form = ProfileForm(
        data={field: getattr(account, field) for field in PROFILE_TEXTS}
        | {name: audience.value for name, audience in shown.items()}
        | {
            "department": account.department_key,
            "topics": [term.key for term in queries.topics_of(account)],
        }
    )
    if not form.is_submitted():
        form.version.data = str(account.version)
    form.department.choices = options(with_blank(vocabularies.choices("department")))
    form.topics.choices = options(vocabularies.choices(TOPICS))
    return form


def profile_changes(form: ProfileForm) -> dict[str, Any]:
    changes = {field: getattr(form, field).data or "" for field in PROFILE_TEXTS}
    changes["department_key"] = form.department.data or ""
    changes["visibility"] = {
        field: getattr(form, f"show_{field}").data for field in policy.FIELDS
    }
    return changes


def show_profile(account: Account, form: ProfileForm, *, conflict: bool = False) -> str:
    differing = [
        (getattr(form, field).label.text, getattr(account, field), getattr(form, field).data)
        for field in PROFILE_TEXTS
        if conflict and getattr(account, field) != (getattr(form, field).data or "")
    ]
    return render_template(
        "people/edit_profile.html",
        account=account,
        form=form,
        conflict=conflict,
        differing=differing,
        moves=queries.has_open_application(account.id),
    )


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
    return created(url_for("people.application"))


def show_move(account: Account, form: MoveForm, place: Place | None, found: Any) -> str:
    municipality = place.municipality if place else None
    return render_template(
        "people/move.html",
        account=account,
        form=form,
        municipality=municipality,
        found=None if municipality and not is_search() else found,
        query=request.form.get("municipality_query", ""),
    )


# Invitations ---------------------------------------------------------------------------


@bp.route("/konto/einladen", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    require(policy.may_invite)
    form = InviteForm()
    municipality, found = picked(form.municipality.data or own_municipality())
    if request.method == "GET" or is_search():
        return show_invite(form, municipality, found)
    is_valid = form.validate()
    if municipality is None:
        form.municipality.errors = [
            _("Bitte wählen Sie die Kommune, für die die Person arbeitet.")
        ]
    elif not policy.may_invite_into(actor(), municipality):
        form.municipality.errors = [_("In diese Kommune können Sie nicht einladen.")]
    elif is_valid:
        actions.invite(actor(), guest_of(form, municipality))
        count_invitation()
        flash(_("Die Einladung ist unterwegs."), "success")
        return created(url_for("people.invite"))
    return show_invite(form, municipality, found), 422


def own_municipality() -> str:
    """Return the municipality a profile editor invites into without having to choose."""
    edited = sorted(actor().edited_municipalities)
    only_own = len(edited) == 1 and not actor().is_staff
    return edited[0] if only_own else ""


def guest_of(form: InviteForm, municipality: Municipality) -> actions.Guest:
    return actions.Guest(
        name=form.name.data,
        email=form.email.data,
        municipality=municipality,
        role=Role(form.role.data) if form.role.data else None,
        message=form.message.data or "",
    )


def count_invitation() -> None:
    """Refuse floods of invitations."""
    name = "limit_invitations_staff" if actor().is_staff else "limit_invitations"
    accounts.check_tries("invitation", str(actor().account_id), getattr(settings, name))
    accounts.note_try("invitation", str(actor().account_id))


def show_invite(form: InviteForm, municipality: Municipality | None, found: Any) -> str:
    return render_template(
        "people/invite.html",
        form=form,
        municipality=municipality,
        found=None if municipality and not is_search() else found,
        query=request.form.get("municipality_query", ""),
        invitations=queries.invitations_of(actor()),
        now=now(),
    )


@bp.post("/konto/einladungen/<int:invitation_id>/zurueckziehen")
def revoke_invitation(invitation_id: int) -> ResponseReturnValue:
    invitation = queries.get_invitation(actor(), invitation_id)
    actions.revoke(actor(), invitation)
    session.commit()
    flash(_("Die Einladung gilt nicht mehr."), "success")
    return redirect(url_for("people.invite"), 303)


@bp.route("/einladung/<secret>", methods=["GET", "POST"])
@public
@limit("token_guess", deduct_when=lambda answer: answer.status_code == 404)
def accept_invitation(secret: str) -> ResponseReturnValue:
    """Open an account by invitation; who has one already signs in and takes the role."""
    token, invitation = standing_invitation(secret)
    known = queries.find_settled_account(invitation.email)
    if known is not None:
        return accept_as_member(invitation, token, known, secret)
    form = AcceptForm(name=invitation.name)
    form.department.choices = options(with_blank(vocabularies.choices("department")))
    if form.validate_on_submit() and is_strong(form, invitation):
        session.commit()
        typed = acceptance(form)
        token, invitation = standing_invitation(secret)
        account = actions.accept_as_newcomer(invitation, token, typed)
        return begin_session(account, "password")
    page = render_template(
        "people/accept.html", form=form, invitation=invitation, secret=secret, known=None
    )
    return private(page, 422 if form.errors else 200)


def standing_invitation(secret: str) -> tuple[Token, Invitation]:
    token = accounts_queries.get_token(Purpose.INVITATION, secret)
    invitation = queries.find_invitation(token.id)
    if invitation is None:
        raise NotFound(_("Diese Einladung gilt nicht mehr. Bitte fragen Sie noch einmal nach."))
    return token, invitation


def accept_as_member(
    invitation: Invitation, token: Token, known: Account, secret: str
) -> ResponseReturnValue:
    if request.method == "POST" and actor().is_me(known.id) and known.is_approved:
        actions.accept(invitation, token, known)
        session.commit()
        flash(_("Sie haben die Einladung angenommen."), "success")
        return redirect(url_for("pages.start"), 303)
    page = render_template(
        "people/accept.html", form=None, invitation=invitation, secret=secret, known=known
    )
    return private(page)


def is_strong(form: AcceptForm, invitation: Invitation) -> bool:
    place = invitation.municipality.display_name
    weakness = passwords.weakness(form.password.data, form.name.data, invitation.email, place)
    if weakness:
        form.password.errors = [weakness]
    return not weakness


def acceptance(form: AcceptForm) -> actions.Acceptance:
    return actions.Acceptance(
        name=form.name.data,
        function=form.function.data,
        department_key=form.department.data or "",
        password_hash=passwords.hash_password(form.password.data),
    )
