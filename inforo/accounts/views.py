"""Signing in and out, forgotten passwords, and the page about one's own security."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

import pyotp
import segno
from flask import (
    Blueprint,
    Response,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_login import login_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as Answer

from inforo import authz, passwords, sessions, web
from inforo.accounts import actions, codes, jobs, queries, tries
from inforo.accounts.forms import (
    AddressForm,
    ChangeEmailForm,
    ChangePasswordForm,
    CodeForm,
    NewPasswordForm,
    PasswordForm,
    SignInForm,
)
from inforo.accounts.models import Account, Purpose
from inforo.authz import actor, public, signed_in
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.security import address_prefix, limit, safe_path
from inforo.sessions import LoginSession

View = TypeVar("View", bound=Callable[..., Any])
CODE_LIFE = timedelta(minutes=5)
PENDING = "pending_code"
SWEEPS = (jobs.forget_sessions_and_tokens,)  # named here so that the worker knows them
DEVICE_SECONDS = 180 * 24 * 3600
HANDLE = 16  # characters of a session's hash that name it on the page
bp = Blueprint("accounts", __name__)


def destination(fallback: str = "pages.start") -> str:
    """Return where somebody wanted to go before signing in."""
    return safe_path(request.values.get("next")) or url_for(fallback)


def internet_address() -> str:
    return address_prefix()


@bp.route("/konto/anmelden", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if actor().is_signed_in:
        return redirect(destination(), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return show_sign_in(form)
    account = check_password(form.email.data, form.password.data)
    if account is None:
        form.password.errors = [_("E-Mail-Adresse und Passwort passen nicht zusammen.")]
        return show_sign_in(form)
    if account.has_second_factor:
        return ask_for_code(account)
    return begin_session(account, "password")


def show_sign_in(form: SignInForm) -> ResponseReturnValue:
    page = render_template("accounts/sign_in.html", form=form, next=destination())
    return page, 422 if form.errors else 200


def check_password(email: str, password: str) -> Account | None:
    """Return the account if the password fits; takes the same time if there is none.

    No transaction is open while the password is hashed: nobody waits for it.
    """
    bucket = tries.KNOWN_DEVICE if is_known_device(email) else tries.LOGIN
    tries.check_sign_in(email, internet_address(), bucket)
    account = queries.find_account_by_email(email)
    session.commit()
    known = account.password_hash if account and account.is_active else ""
    if passwords.verify_password(known, password):
        strengthen(account, password)
        return account
    tries.note_failed_sign_in(email, internet_address(), bucket)
    session.commit()
    return None


def device_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="device")


def is_known_device(email: str) -> bool:
    """Tell whether this person signed in with this browser before; opens nothing."""
    cookie = request.cookies.get(sessions.cookie_name("device"), "")
    try:
        known = device_signer().loads(cookie, max_age=DEVICE_SECONDS)
    except BadSignature:
        return False
    return bool(known == tries.blurred(email))


def remember_device(answer: Answer, account: Account) -> Answer:
    answer.set_cookie(
        sessions.cookie_name("device"),
        device_signer().dumps(tries.blurred(account.email)),
        max_age=DEVICE_SECONDS,
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
    return answer


def strengthen(account: Account | None, password: str) -> None:
    """Hash the password anew if today's settings are stronger than those it was made with."""
    if account is not None and passwords.needs_rehash(account.password_hash):
        actions.note_sign_in(account, passwords.hash_password(password))


def ask_for_code(account: Account) -> ResponseReturnValue:
    """Remember for five minutes that the password was right, and ask for the second factor."""
    _token, secret = actions.issue_token(Purpose.SECOND_FACTOR, CODE_LIFE, account)
    session.commit()
    browser_session[PENDING] = secret
    return redirect(url_for("accounts.enter_code", next=destination()), 303)


@bp.route("/konto/anmelden/code", methods=["GET", "POST"])
@public
def enter_code() -> ResponseReturnValue:
    token = queries.find_token(Purpose.SECOND_FACTOR, browser_session.get(PENDING, ""))
    if token is None:
        flash(_("Das hat etwas lange gedauert. Bitte melden Sie sich noch einmal an."), "info")
        return redirect(url_for("accounts.sign_in", next=destination()), 303)
    account = queries.get_account(token.account_id)
    form = CodeForm()
    if form.validate_on_submit():
        if try_code(account, form.code.data):
            actions.use_token(token)
            return begin_session(account, "password totp")
        form.code.errors = [_("Dieser Code passt nicht oder wurde schon benutzt.")]
    page = render_template("accounts/code.html", form=form, next=destination())
    return page, 422 if form.errors else 200


def try_code(account: Account, code: str) -> bool:
    """Tell whether a code fits; wrong ones are counted and committed."""
    tries.check_tries("code", str(account.id), settings.limit_second_factor)
    if codes.use_code(account, code):
        return True
    tries.note_try("code", str(account.id))
    session.commit()
    return False


def private(page: str, status: int = 200) -> Response:
    """Answer with a page whose address is a secret: no other site learns it."""
    answer = make_response(page, status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def begin_session(account: Account, methods: str, target: str = "") -> ResponseReturnValue:
    """Give the browser a session with a new id, commit, and lead on."""
    actions.note_sign_in(account)
    start_session(account, methods)
    session.commit()
    answer = redirect(target or first_page(), 303)
    if account.language != "de" and "language" not in request.cookies:
        web.keep_choice(answer, "language", account.language)
    return remember_device(answer, account)


def first_page() -> str:
    """Return where to go after signing in: what was asked for, or what is to be done first."""
    if actor().lacks_second_factor:
        return url_for("accounts.second_factor")
    wanted = destination()
    waits = wanted == url_for("pages.start") and not actor().is_member
    return url_for("applications.show") if waits else wanted


def start_session(account: Account, methods: str, message: str = "") -> None:
    """Begin a session in place of the present one; `message` is shown on the next page."""
    login_user(account)
    who = authz.refresh_actor()
    is_staff = who.is_staff or who.lacks_second_factor
    row = sessions.begin(account.id, request, is_staff=is_staff, methods=methods)
    if message:
        row.data = row.data | {"_flashes": [("success", message)]}


@bp.route("/konto/abmelden", methods=["POST"])
@public
def sign_out() -> ResponseReturnValue:
    row = getattr(browser_session, "row", None)
    if row is not None:
        sessions.end(row)
        session.commit()
    g.session_ended = True
    answer = redirect(url_for("pages.start"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


# Forgotten passwords -------------------------------------------------------------------


@bp.route("/konto/passwort-vergessen", methods=["GET", "POST"])
@public
def forgot_password() -> ResponseReturnValue:
    """Mail a link; the answer never tells whether there is an account."""
    form = AddressForm()
    if not form.validate_on_submit():
        page = render_template("accounts/forgot.html", form=form)
        return page, 422 if form.errors else 200
    if tries.count_token_mail(form.email.data, internet_address()):
        actions.mail_reset.later(email=form.email.data)
    session.commit()
    return redirect(url_for("accounts.reset_sent"), 303)


@bp.get("/konto/passwort-vergessen/postfach")
@public
def reset_sent() -> ResponseReturnValue:
    return render_template("accounts/reset_sent.html")


@bp.route("/konto/passwort/<secret>", methods=["GET", "POST"])
@public
@limit("token_guess", deduct_when=lambda answer: answer.status_code == 404)
def reset_password(secret: str) -> ResponseReturnValue:
    token = queries.get_token(Purpose.RESET, secret)
    account = queries.get_account(token.account_id)
    form = NewPasswordForm()
    if form.validate_on_submit() and is_strong(form, account):
        session.commit()
        new_hash = passwords.hash_password(form.new_password.data)
        actions.use_token(queries.get_token(Purpose.RESET, secret))
        actions.set_password(account, new_hash)
        session.commit()
        flash(_("Ihr neues Passwort gilt. Bitte melden Sie sich damit an."), "success")
        return redirect(url_for("accounts.sign_in"), 303)
    page = render_template("accounts/reset.html", form=form, account=account, secret=secret)
    return private(page, 422 if form.errors else 200)


def is_strong(form: NewPasswordForm, account: Account) -> bool:
    """Explain at the field why a new password is easy to guess."""
    personal = (account.name, account.email, account.place, account.function)
    weakness = passwords.weakness(form.new_password.data, *personal)
    if weakness:
        form.new_password.errors = [weakness]
    return not weakness


# The page about one's own security -----------------------------------------------------


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
@limit("token_guess", deduct_when=lambda answer: answer.status_code == 404)
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
