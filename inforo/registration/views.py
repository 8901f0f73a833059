"""Registering, and confirming the address."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, Signer

from inforo import passwords
from inforo.accounts import queries as accounts_queries
from inforo.accounts import tries
from inforo.accounts.forms import AddressForm, PasswordForm
from inforo.accounts.models import Purpose
from inforo.accounts.views import begin_session, internet_address, private
from inforo.applications.actions import Place
from inforo.applications.views import chosen_place
from inforo.authz import public
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.doors.queries import find_door
from inforo.forms import options, with_blank
from inforo.i18n import _
from inforo.municipalities import queries as municipalities
from inforo.municipalities.views import is_search
from inforo.registration import actions
from inforo.registration.actions import Registration
from inforo.registration.forms import RegisterForm
from inforo.security import against_guessing
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("registration", __name__)


@bp.route("/konto/registrieren", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    form = register_form()
    place, found = chosen_place(form)
    if request.method == "GET":
        form.invitation.data = request.args.get("einladung", "")
    if request.method == "GET" or is_search():
        return show_register(form, place, found)
    if not is_valid_registration(form, place):
        return show_register(form, place, found), 422
    if not form.website.data:
        count_registration()
        actions.register(registration(form, place), find_door(form.invitation.data or ""))
        session.commit()
    return redirect(url_for("registration.check_mail"), 303)


def register_form() -> RegisterForm:
    form = RegisterForm()
    form.department.choices = options(with_blank(vocabularies.choices("department")))
    form.set_places(accounts_queries.organisations(), list(municipalities.states()))
    return form


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
    tries.check_tries("registration-ip", address, settings.limit_registration_ip)
    tries.check_tries("registration-ip", "", settings.limit_registration_global)
    tries.note_try("registration-ip", address)
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
        "registration/register.html",
        form=form,
        municipality=municipality,
        found=None if municipality and not is_search() else found,
        query=request.form.get("municipality_query", ""),
        opened=form.opened.data or opening_stamp(),
        door=find_door(form.invitation.data or ""),
    )


@bp.get("/konto/registrieren/postfach")
@public
def check_mail() -> ResponseReturnValue:
    return render_template("registration/check_mail.html")


@bp.route("/konto/bestaetigung", methods=["GET", "POST"])
@public
def resend() -> ResponseReturnValue:
    """Mail the link again; the answer never tells whether there is such a registration."""
    form = AddressForm()
    if not form.validate_on_submit():
        page = render_template("registration/resend.html", form=form)
        return page, 422 if form.errors else 200
    may_mail = tries.count_token_mail(form.email.data, internet_address())
    session.commit()
    account = accounts_queries.find_account_by_email(form.email.data)
    if may_mail and account is not None and account.email_confirmed_at is None:
        actions.send_confirmation(account)
    session.commit()
    return redirect(url_for("registration.check_mail"), 303)


@bp.route("/konto/bestaetigen/<secret>", methods=["GET", "POST"])
@public
@against_guessing
def confirm(secret: str) -> ResponseReturnValue:
    """Confirm the address with the password chosen before, and open the application.

    The password is asked so that nobody confirms what a stranger registered in their name.
    """
    token = accounts_queries.get_token(Purpose.CONFIRM, secret)
    account = accounts_queries.get_account(token.account_id)
    form = PasswordForm()
    if form.validate_on_submit():
        tries.check_sign_in(account.email, internet_address())
        session.commit()
        if passwords.verify_password(account.password_hash, form.password.data):
            actions.confirm(accounts_queries.get_token(Purpose.CONFIRM, secret), account)
            return begin_session(account, "password", url_for("applications.show"))
        tries.note_failed_sign_in(account.email, internet_address())
        session.commit()
        form.password.errors = [_("Das ist nicht das Passwort aus Ihrer Registrierung.")]
    page = render_template(
        "registration/confirm.html", form=form, account=account, secret=secret
    )
    return private(page, 422 if form.errors else 200)
