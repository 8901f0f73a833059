"""Signing in and out, forgotten passwords, and the page about one's own security."""

from flask import (
    Blueprint,
    Response,
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

from inforo import authz, passwords, sessions
from inforo.accounts import actions, queries
from inforo.accounts.forms import SignInForm
from inforo.accounts.models import Account
from inforo.authz import actor, public, signed_in
from inforo.db import session
from inforo.i18n import _
from inforo.security import safe_path

bp = Blueprint("accounts", __name__)


def destination(fallback: str = "pages.start") -> str:
    """Return where somebody wanted to go before signing in."""
    return safe_path(request.values.get("next")) or url_for(fallback)


def internet_address() -> str:
    return sessions.shortened(request.remote_addr or "") or "-"


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
    return begin_session(account, "password")


def show_sign_in(form: SignInForm) -> ResponseReturnValue:
    page = render_template("accounts/sign_in.html", form=form, next=destination())
    return page, 422 if form.errors else 200


def check_password(email: str, password: str) -> Account | None:
    """Return the account if the password fits; takes the same time if there is none.

    No transaction is open while the password is hashed: nobody waits for it.
    """
    actions.check_sign_in(email, internet_address())
    account = queries.find_account_by_email(email)
    session.commit()
    known = account.password_hash if account and account.is_active else ""
    if passwords.verify_password(known, password):
        return account
    actions.note_failed_sign_in(email, internet_address())
    session.commit()
    return None


def private(page: str, status: int = 200) -> Response:
    """Answer with a page whose address is a secret: no other site learns it."""
    answer = make_response(page, status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def begin_session(account: Account, methods: str, target: str = "") -> ResponseReturnValue:
    """Give the browser a session with a new id, commit, and lead on."""
    actions.note_sign_in(account)
    login_user(account)
    who = authz.refresh_actor()
    sessions.begin(
        account.id,
        request,
        is_staff=who.is_staff or who.lacks_second_factor,
        methods=methods,
    )
    session.commit()
    return redirect(target or destination(), 303)


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


@bp.route("/konto/sicherheit", methods=["GET", "POST"])
@signed_in
def security() -> ResponseReturnValue:
    return redirect(url_for("pages.start"))


@bp.route("/konto/passwort-vergessen", methods=["GET", "POST"])
@public
def forgot_password() -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in"))


@bp.route("/konto/sicherheit/zweiter-faktor", methods=["GET", "POST"])
@signed_in
def second_factor() -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in"))
