"""Signing in and out, and forgotten passwords."""

from datetime import timedelta

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
    CodeForm,
    NewPasswordForm,
    SignInForm,
)
from inforo.accounts.models import Account, Purpose
from inforo.authz import actor, public
from inforo.config import settings
from inforo.db import session
from inforo.i18n import _
from inforo.security import address_prefix, against_guessing, safe_path

CODE_LIFE = timedelta(minutes=5)
PENDING = "pending_code"
SWEEPS = (jobs.forget_sessions_and_tokens,)  # named here so that the worker knows them
DEVICE_SECONDS = 180 * 24 * 3600
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
    if account.seen_at is not None and not is_known_device(account.email):
        actions.tell_of_new_device(account, sessions.coarse_browser(request.user_agent.string))
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
@against_guessing
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
