"""A form sent without a session: sign in in its place, then it is sent as it was typed.

Whose form it is says `written_by`, which our own page wrote into it. Only that person's
sign-in sends it. Without this proof nothing is sent by itself: another site could have made
the form. Then the text is shown, to be copied or to be sent with a button.
"""

from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import Markup

from inforo import continuing, refusals, web
from inforo.accounts import queries as accounts
from inforo.accounts.forms import SignInForm
from inforo.authz import Actor, actor
from inforo.config import settings
from inforo.db import session
from inforo.drafts import actions as drafts
from inforo.drafts import queries
from inforo.drafts.models import Draft
from inforo.drafts.views import here, typed_form
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.security import (
    AGAIN,
    address_prefix,
    author_of_form,
    comes_from_elsewhere,
    safe_path,
    take,
)
from inforo.templating import piece

bp = Blueprint("keeping", __name__)
KEY = "waiting_form"


def init_app(app: Flask) -> None:
    """Answer in place of the pages that sent people away without what they had typed."""
    app.login_manager.unauthorized_handler(ask_to_sign_in)  # type: ignore[attr-defined]
    app.register_error_handler(CSRFError, show_expired_form)
    app.jinja_env.globals["waiting_form"] = waiting_form


# Without a session ---------------------------------------------------------------------


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead guests to the sign-in; if they sent a form, show it here and keep the form."""
    typed = refusals.typed_text()
    owner = author_of_form() if request.method == "POST" else None
    if owner is None and not typed:
        return redirect(url_for("accounts.sign_in", next=wanted_page()), 302)
    draft = keep(owner) if owner is not None else None
    page = render_template(
        "keeping/sign_in.html",
        form=SignInForm(formdata=None),
        next=wanted_page(),
        draft=draft,
        typed=typed,
    )
    return page, 401


def wanted_page() -> str:
    """Return the page somebody was on or wanted, not where its form was sent to."""
    shown = safe_path(request.form.get("draft_path")) if request.method == "POST" else None
    return shown or request.full_path.rstrip("?")


def keep(owner: int) -> Draft | None:
    """Make a draft of the form that waits for its owner, and give the browser its key."""
    account = accounts.find_account(owner)
    is_too_fast = take(settings.limit_drafts, "kept", address_prefix())
    if account is None or not account.is_active or is_too_fast:
        return None
    web.begin_writing()
    try:
        typed = typed_form(f"form:{request.path}")
        draft, secret = drafts.wait_for_owner(Actor(owner), typed, here())
    except DomainError:  # too many drafts: the page shows the text itself
        session.rollback()
        return None
    session.commit()
    browser_session[KEY] = secret
    return draft


def waiting_form() -> Markup:
    """Say on the pages of the sign-in that a text waits to be sent."""
    key = browser_session.get(KEY, "")
    draft = queries.find_waiting(key) if key else None
    return piece("keeping/_waiting.html", draft=draft) if draft else Markup("")


# After the sign-in ---------------------------------------------------------------------


@bp.after_app_request
def send_what_waited(answer: Response) -> Response:
    """Let the answer to a sign-in be that of the form which waited for it."""
    if "new_session_row" not in g:
        return answer
    key = browser_session.get(KEY, "")
    draft = queries.find_waiting(key) if key else None
    if draft is None:
        return answer
    if not actor().is_me(draft.account_id):
        say_it_waits_for_somebody_else()
    elif not actor().lacks_second_factor:
        continuing.carry_out(continuing.Wanted(draft.send_to, form_of(draft), draft.id))
    return answer


def form_of(draft: Draft) -> dict[str, list[str]]:
    """Return the form as its page sent it; if it comes back, it goes on with its draft."""
    names = ("target", "writer", "path", "base", "label")
    return draft.fields | {f"draft_{name}": [getattr(draft, name)] for name in names}


def say_it_waits_for_somebody_else() -> None:
    """Put a message onto the first page of the session that has just begun."""
    message = _(
        "Vor Ihrer Anmeldung hatte jemand anderes in diesem Browser etwas geschrieben. "
        "Es wurde nicht gesendet; es liegt in den Entwürfen dieser Person."
    )
    row = g.new_session_row
    row.data = row.data | {"_flashes": [("info", message)]}
    session.commit()


@bp.after_app_request
def forget_what_was_carried_out(answer: Response) -> Response:
    """Delete the draft once its form was carried out; otherwise it is an ordinary draft."""
    draft_id = request.environ.get(AGAIN)
    if draft_id is None:
        return answer
    draft = session.get(Draft, draft_id)
    if draft is not None and answer.status_code == 303 and g.get("was_let_in"):
        drafts.discard(draft)
    elif draft is not None:
        drafts.stop_waiting(draft)
    session.commit()
    return answer


# With a session, but a token that is over ----------------------------------------------


def show_expired_form(_error: CSRFError) -> ResponseReturnValue:
    """Offer to send the form again with a fresh token; nothing typed is lost.

    A form of another website is not offered: one click would do what it was made for.
    """
    owner, who = author_of_form(), actor()
    if owner is not None and who.is_signed_in and not who.is_me(owner):
        keep(owner)
        return render_template("keeping/somebody_else.html"), 403
    if owner is not None and not who.is_signed_in:
        return ask_to_sign_in()
    if owner is None and comes_from_elsewhere():
        return render_template("keeping/foreign.html", typed=refusals.typed_text()), 403
    page = render_template(
        "keeping/expired.html",
        kept=sent_fields(),
        typed=refusals.typed_text(),
        action=request.full_path.rstrip("?"),
    )
    return page, 400


def sent_fields() -> list[tuple[str, Any]]:
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "written_by") and "password" not in name
    ]
