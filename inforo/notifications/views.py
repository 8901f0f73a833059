"""What one was told, and what one wants to be told by mail."""

from flask import (
    Blueprint,
    Flask,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import security, web
from inforo.authz import GUEST, actor, public, signed_in
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.notifications import actions, queries
from inforo.notifications import jobs as jobs  # its sweep registers itself
from inforo.notifications.forms import MailForm
from inforo.notifications.models import Event

bp = Blueprint("notifications", __name__)


def init_app(app: Flask) -> None:
    """Let every page show how many notifications are unread."""
    app.context_processor(lambda: {"unread_count": queries.count_unread(g.get("actor", GUEST))})


@bp.get("/konto/benachrichtigungen")
@signed_in
def index() -> ResponseReturnValue:
    page, count = web.page_number(), queries.count_notifications(actor())
    return render_template(
        "notifications/index.html",
        notifications=queries.list_notifications(actor(), page),
        page=page,
        pages=-(-count // settings.page_size),
    )


@bp.get("/konto/benachrichtigungen/<int:notification_id>")
@signed_in
def show(notification_id: int) -> ResponseReturnValue:
    """Note that the notification was read, and lead to what it is about."""
    told = queries.get_notification(actor(), notification_id)
    if told.read_at is None:
        web.begin_writing()
        actions.mark_read(actor(), [told])
        session.commit()
    return redirect(security.safe_path(told.url.partition("#")[0]) or url_for(".index"), 303)


@bp.post("/konto/benachrichtigungen/<int:notification_id>/gelesen")
@signed_in
def mark_read(notification_id: int) -> ResponseReturnValue:
    actions.mark_read(actor(), [queries.get_notification(actor(), notification_id)])
    session.commit()
    return redirect(url_for(".index"), 303)


@bp.post("/konto/benachrichtigungen/gelesen")
@signed_in
def mark_all_read() -> ResponseReturnValue:
    actions.mark_all_read(actor())
    session.commit()
    return redirect(url_for(".index"), 303)


def optional_events() -> list[Event]:
    """Return the kinds of events that leave a choice, and concern this person."""
    offered = [event for event in Event if event not in actions.ALWAYS_MAILED]
    return offered if actor().is_staff else [e for e in offered if e is not Event.WORK]


@bp.route("/konto/benachrichtigungen/einstellungen", methods=["GET", "POST"])
@signed_in
def edit() -> ResponseReturnValue:
    """Choose what comes by mail."""
    form = MailForm()
    form.offer(optional_events())
    if request.method == "GET":
        choices = queries.mail_choices(actor().account_id)
        form.events.data = [
            event.value
            for event in optional_events()
            if event not in choices or choices[event].by_mail
        ]
    if not form.validate_on_submit():
        page = render_template("notifications/edit.html", form=form)
        return page, 422 if form.errors else 200
    wanted = {Event(value) for value in form.events.data or []}
    for event in optional_events():
        actions.choose_mail(actor().account_id or 0, event, by_mail=event in wanted)
    session.commit()
    flash(_("Ihre Wahl ist gespeichert."), "success")
    return redirect(url_for(".edit"), 303)


@bp.route("/abmelden-von-mails/<token>", methods=["GET", "POST"])
@public
@security.without_token
def unsubscribe(token: str) -> ResponseReturnValue:
    """End mails of one kind: asked by a person, or at once by a mail program (RFC 8058)."""
    account_id, event = queries.read_unsubscribe_token(token)
    if not queries.account_exists(account_id):
        raise NotFound
    is_done = request.method == "POST"
    if is_done:
        actions.choose_mail(account_id, event, by_mail=False)
        session.commit()
    answer = make_response(
        render_template(
            "notifications/unsubscribe.html", event=event, is_done=is_done, token=token
        )
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
