"""The page about one's own security: password, address, second factor, sessions."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

import pyotp
import segno
from flask import (
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from inforo import passwords, sessions
from inforo.accounts import actions, codes, queries, tries
from inforo.accounts.forms import (
    ChangeEmailForm,
    ChangePasswordForm,
    CodeForm,
    PasswordForm,
)
from inforo.accounts.models import Account, Purpose
from inforo.accounts.views import bp, destination, is_strong, private, start_session
from inforo.authz import actor, public, signed_in
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.security import against_guessing
from inforo.sessions import LoginSession

View = TypeVar("View", bound=Callable[..., Any])

HANDLE = 16  # characters of a session's hash that name it on the page


def current_row() -> LoginSession | None:
    """Return the session of this browser."""
    row: LoginSession | None = getattr(browser_session, "row", None)
    return row


def me() -> Account:
    return queries.get_account(actor().account_id)


def fresh(view: View) -> View:
    """Ask for the password again before a sensitive step, if signing in is long ago."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        row = current_row()
        oldest = now() - timedelta(minutes=settings.reauthentication_minutes)
        if row is None or row.authenticated_at >= oldest:
            return view(*args, **kwargs)
        is_page = request.method == "GET"
        target = request.path if is_page else url_for("accounts.security")
        return redirect(url_for("accounts.confirm_identity", next=target), 303)

    return cast(View, guarded)


@bp.route("/konto/noch-einmal", methods=["GET", "POST"])
@signed_in
def confirm_identity() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit() and is_my_password(form.password):
        row = current_row()
        if row is not None:
            row.authenticated_at = now()
        session.commit()
        return redirect(destination("accounts.security"), 303)
    page = render_template("accounts/confirm_identity.html", form=form, next=destination())
    return page, 422 if form.errors else 200


def is_my_password(field: Any) -> bool:
    """Tell whether the password is right; explain at the field, count wrong ones."""
    account = me()
    tries.check_tries("reauth", str(account.id), settings.limit_reauthentication)
    session.commit()
    if passwords.verify_password(account.password_hash, field.data):
        return True
    tries.note_try("reauth", str(account.id))
    session.commit()
    field.errors = [_("Das ist nicht Ihr Passwort.")]
    return False


@bp.get("/konto/sicherheit")
@signed_in
def security() -> ResponseReturnValue:
    return show_security()


def show_security(
    password_form: ChangePasswordForm | None = None, email_form: ChangeEmailForm | None = None
) -> ResponseReturnValue:
    page = render_template(
        "accounts/security.html",
        account=me(),
        rows=queries.sessions_of(actor()),
        current=current_row(),
        password_form=password_form or ChangePasswordForm(formdata=None),
        email_form=email_form or ChangeEmailForm(formdata=None),
    )
    return page, 422 if password_form or email_form else 200


@bp.post("/konto/sicherheit/passwort")
@signed_in
def change_password() -> ResponseReturnValue:
    form, account = ChangePasswordForm(), me()
    is_valid = form.validate() and is_my_password(form.password) and is_strong(form, account)
    if not is_valid:
        return show_security(password_form=form)
    session.commit()
    new_hash = passwords.hash_password(form.new_password.data)
    methods = getattr(current_row(), "methods", "password")
    actions.set_password(account, new_hash)
    message = _("Ihr neues Passwort gilt. Alle anderen Geräte sind abgemeldet.")
    start_session(account, methods, message)
    session.commit()
    return redirect(url_for("accounts.security"), 303)


@bp.post("/konto/sicherheit/adresse")
@signed_in
def change_email() -> ResponseReturnValue:
    form, account = ChangeEmailForm(), me()
    if not (form.validate() and is_my_password(form.email_password)):
        return show_security(email_form=form)
    tries.check_tries("email", str(account.id), settings.limit_email_change)
    tries.note_try("email", str(account.id))
    actions.request_email(account, form.new_email.data)
    session.commit()
    flash(
        _("Bitte sehen Sie in das neue Postfach und bestätigen Sie dort die Adresse."), "info"
    )
    return redirect(url_for("accounts.security"), 303)


@bp.route("/konto/adresse/<secret>", methods=["GET", "POST"])
@public
@against_guessing
def confirm_email(secret: str) -> ResponseReturnValue:
    token = queries.get_token(Purpose.EMAIL, secret)
    account = queries.get_account(token.account_id)
    if request.method == "GET":
        email = token.data["email"]
        page = render_template("accounts/confirm_email.html", email=email, secret=secret)
        return private(page)
    actions.change_email(token, account)
    session.commit()
    flash(_("Ihre neue E-Mail-Adresse gilt ab jetzt."), "success")
    return redirect(url_for("accounts.security"), 303)


@bp.route("/konto/sicherheit/zweiter-faktor", methods=["GET", "POST"])
@signed_in
@fresh
def second_factor() -> ResponseReturnValue:
    """Set up an app that makes codes: shown as QR code and as text."""
    account = me()
    if account.has_second_factor:
        return redirect(url_for("accounts.security"), 303)
    secret = browser_session.setdefault("totp_secret", pyotp.random_base32())
    form = CodeForm()
    if form.validate_on_submit():
        step = codes.step_of(secret, form.code.data)
        if step:
            return finish_second_factor(account, secret, step)
        form.code.errors = [_("Dieser Code passt nicht. Geht die Uhr Ihres Telefons richtig?")]
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name="inforo")
    page = render_template(
        "accounts/second_factor.html", form=form, secret=secret, qr=segno.make(uri, micro=False)
    )
    return page, 422 if form.errors else 200


def finish_second_factor(account: Account, secret: str, step: int) -> ResponseReturnValue:
    """Turn it on, renew the session, and show the recovery codes this once."""
    shown = codes.set_second_factor(account, secret, step)
    session.flush()
    end_this_session()
    start_session(account, "password totp")
    session.commit()
    return render_template("accounts/recovery_codes.html", codes=shown)


def end_this_session() -> None:
    row = current_row()
    if row is not None:
        sessions.end(row)


@bp.post("/konto/sicherheit/zweiter-faktor/ersatzcodes")
@signed_in
@fresh
def recovery_codes() -> ResponseReturnValue:
    account = me()
    if not account.has_second_factor:
        raise NotFound
    shown = codes.new_recovery_codes(account)
    session.commit()
    return render_template("accounts/recovery_codes.html", codes=shown)


@bp.post("/konto/sicherheit/zweiter-faktor/ausschalten")
@signed_in
@fresh
def remove_second_factor() -> ResponseReturnValue:
    account = me()
    if account.has_second_factor:
        codes.remove_second_factor(account)
    session.commit()
    flash(_("Der zweite Faktor ist ausgeschaltet."), "success")
    return redirect(url_for("accounts.security"), 303)


@bp.post("/konto/sicherheit/sitzungen/<handle>")
@signed_in
def end_session(handle: str) -> ResponseReturnValue:
    """Sign another browser of this person out; `andere` means all but this one."""
    current = current_row()
    for row in queries.sessions_of(actor()):
        is_current = current is not None and row.id_hash == current.id_hash
        if not is_current and handle in (row.id_hash[:HANDLE], "andere"):
            session.delete(row)
    session.commit()
    flash(_("Abgemeldet."), "success")
    return redirect(url_for("accounts.security"), 303)
