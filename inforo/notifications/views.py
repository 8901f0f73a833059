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
from inforo.notifications.forms import CHANNELS, SettingsForm
from inforo.notifications.hiding import withheld
from inforo.notifications.models import Event, EventClass

bp = Blueprint("notifications", __name__)


def init_app(app: Flask) -> None:
    """Let every page show how many notifications and messages are unread."""
    app.context_processor(unread)


def unread() -> dict[str, int]:
    told, messages = queries.count_unread(g.get("actor", GUEST))
    return {"unread_count": told, "unread_messages": messages}


@bp.get("/konto/benachrichtigungen")
@signed_in
def index() -> ResponseReturnValue:
    page, count = web.page_number(), queries.count_notifications(actor())
    told = queries.list_notifications(actor(), page)
    return render_template(
        "notifications/index.html",
        notifications=told,
        withheld=withheld(actor(), told),
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


def offered(kind: EventClass) -> list[Event]:
    """Return the events of a class that concern this person."""
    events = [event for event in Event if event.kind is kind]
    return events if actor().is_staff else [each for each in events if each is not Event.WORK]


@bp.route("/konto/benachrichtigungen/einstellungen", methods=["GET", "POST"])
@signed_in
def edit() -> ResponseReturnValue:
    """Choose what comes through which channel, and when."""
    form = SettingsForm()
    events = offered(EventClass.PERSONAL) + offered(EventClass.ACTIVITY)
    form.offer(events)
    if request.method == "GET":
        fill(form, events)
    if not form.validate_on_submit():
        page = render_template(
            "notifications/edit.html",
            form=form,
            classes=[(kind, offered(kind)) for kind in EventClass],
            channels=CHANNELS,
        )
        return page, 422 if form.errors else 200
    for event in events:
        actions.choose(actor().account_id or 0, event, form.wish(event))
    actions.choose_times(queries.get_account(actor()), form.times())
    session.commit()
    flash(_("Ihre Wahl ist gespeichert."), "success")
    return redirect(url_for(".edit"), 303)


def fill(form: SettingsForm, events: list[Event]) -> None:
    """Show what counts now: what was chosen, else the defaults."""
    wishes = queries.wishes_of(actor(), events)
    for channel, name in zip(CHANNELS, ("on_platform", "by_mail", "in_digest"), strict=True):
        form[channel].data = [event.value for event in events if getattr(wishes[event], name)]
    chosen = queries.find_settings(actor())
    form.rhythm.data = chosen.rhythm.value
    form.weekday.data, form.hour.data = str(chosen.weekday), str(chosen.hour)
    for field, hour in (
        (form.quiet_from, chosen.quiet_from),
        (form.quiet_until, chosen.quiet_until),
    ):
        field.data = "" if hour is None else str(hour)
    form.introduced.data = chosen.introduced_at is not None


@bp.route("/abmelden-von-mails/<token>", methods=["GET", "POST"])
@public
@security.without_token
@security.against_guessing
def unsubscribe(token: str) -> ResponseReturnValue:
    """End mails of one kind: asked by a person, or at once by a mail program (RFC 8058)."""
    account_id, event = queries.read_unsubscribe_token(token)
    if not queries.account_exists(account_id):
        raise NotFound
    is_done = request.method == "POST"
    if is_done:
        actions.stop_mails(account_id, event)
        session.commit()
    answer = make_response(
        render_template(
            "notifications/unsubscribe.html", event=event, is_done=is_done, token=token
        )
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
