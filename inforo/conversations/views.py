"""Pages of private messages: inbox, conversation, a new one, and the page of a report."""

from flask import (
    Blueprint,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import security, text, web
from inforo.accounts.models import Account
from inforo.authz import actor, require, staff
from inforo.config import settings
from inforo.contacts import queries as contacts
from inforo.conversations import actions, policy, queries
from inforo.conversations import jobs as jobs  # its sweep registers itself
from inforo.conversations.forms import MessageForm, ReportForm, StartForm
from inforo.conversations.models import PAGE_LENGTH, MessageReport, page_of
from inforo.conversations.patience import seconds_to_wait
from inforo.conversations.policy import Talk
from inforo.conversations.queries import Filters
from inforo.db import session
from inforo.discussions.patience import patience
from inforo.drafts.views import draft_for
from inforo.forms import ReasonForm, options
from inforo.i18n import _
from inforo.notifications.queries import count_unread
from inforo.reasons.views import has_reason
from inforo.reports import views as reports
from inforo.reports.models import ReportReason

bp = Blueprint("conversations", __name__)
DRAFT = "message:new"
LONGEST = 100
FOUND = 10


# --- reading -------------------------------------------------------------------------------


@bp.get("/nachrichten/")
def index() -> ResponseReturnValue:
    filters = Filters(
        archived=request.args.get("ansicht", "") == "archiv",
        q=request.args.get("q", "")[:LONGEST],
    )
    page, count = web.page_number(), queries.count_talks(actor(), filters)
    return render_template(
        "conversations/index.html",
        talks=[
            (Talk(conversation, mine), last)
            for conversation, mine, last in queries.list_talks(actor(), filters, page)
        ],
        blocked=contacts.blocked_by(actor()),
        filters=filters,
        count=count,
        page=page,
        pages=-(-count // settings.page_size),
    )


@bp.get("/nachrichten/<int:conversation_id>")
def show(conversation_id: int) -> ResponseReturnValue:
    """Show a conversation from the first unread message on, and note that it was read."""
    talk = queries.get_talk(actor(), conversation_id)
    before, number = talk.mine.read_number, talk.conversation.message_count
    page = shown_page(talk)
    last = min(number, page * PAGE_LENGTH)
    if last > before:
        web.begin_writing()
        talk = queries.get_talk(actor(), conversation_id)
        actions.read_up_to(actor(), talk, last)
        session.commit()
    return render_talk(talk, page=page, before=before)


def shown_page(talk: Talk) -> int:
    """Return the page asked for, else that of the first unread message, or the last one."""
    pages = page_of(talk.conversation.message_count)
    if "seite" in request.args:
        return min(web.page_number(), pages)
    return min(page_of(talk.mine.read_number + 1), pages)


def render_talk(
    talk: Talk,
    form: MessageForm | None = None,
    code: int = 200,
    preview: str = "",
    page: int = 0,
    before: int | None = None,
) -> ResponseReturnValue:
    pages = page_of(talk.conversation.message_count)
    page = page or pages
    if form is None and policy.may_reply(actor(), talk):
        form = MessageForm(formdata=None)
        draft_for(form, f"message:{talk.conversation.id}")
    shown = render_template(
        "conversations/show.html",
        talk=talk,
        messages=queries.messages(talk, page),
        page=page,
        pages=pages,
        read_number=talk.mine.read_number if before is None else before,
        form=form,
        preview=preview,
    )
    return shown, code


@bp.get("/nachrichten/<int:conversation_id>/neues")
def news(conversation_id: int) -> ResponseReturnValue:
    """Tell an open window how many messages there are; 304 as long as it is the same."""
    count = queries.get_talk(actor(), conversation_id).conversation.message_count
    unread, talks = count_unread(actor())
    answer = make_response(jsonify(unread=unread, messages=talks, posts=count))
    answer.set_etag(f"{unread}-{talks}-{count}", weak=True)
    return answer.make_conditional(request)


# --- writing -------------------------------------------------------------------------------


@bp.route("/nachrichten/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    require(policy.may_write)
    wanted = request.args.get("an", "")
    is_get = request.method == "GET"
    form = StartForm(data={"recipients": [wanted]} if is_get and wanted else None)
    draft_for(form, DRAFT)
    found = offer(form)
    if is_get or "search" in request.form or "preview" in request.form:
        return render_new(form, found)
    if not form.validate_on_submit():
        return render_new(form, found, 422)
    wait = seconds_to_wait(actor(), begins=True)
    if wait:
        form.body.errors = [patience(wait)]
        return web.ask_to_wait(wait, render_new(form, found, 429))
    try:
        begun = actions.start(actor(), form.chosen, form.subject.data, form.body.data)
    except actions.NotReachable as error:
        form.recipients.errors = [error.message]
        return render_new(form, found, 422)
    except actions.TooManyLinks as error:
        form.body.errors = [error.message]
        return render_new(form, found, 422)
    return web.created(begun.path)


def offer(form: StartForm) -> list[Account] | None:
    """Offer who is chosen and who was found; return what a search found, if there was one."""
    known = contacts.contacts(actor(), form.chosen) if form.chosen else {}
    people = [known[each].account for each in form.chosen if each in known]
    words = request.form.get("recipient_query", "")[:LONGEST]
    found = None
    if "search" in request.form and words.strip():
        found = list(contacts.find_people(actor(), words, FOUND))
        people += [person for person in found if person.id not in form.chosen]
    form.recipients.choices = options(
        (str(person.id), f"{person.name}, {person.place}" if person.place else person.name)
        for person in people
    )
    return found


def render_new(
    form: StartForm, found: list[Account] | None, code: int = 200
) -> ResponseReturnValue:
    wants_preview = "preview" in request.form
    page = render_template(
        "conversations/new.html",
        form=form,
        found=found,
        query=request.form.get("recipient_query", "")[:LONGEST],
        preview=text.preview(form.body.data) if wants_preview else "",
    )
    return page, code


@bp.post("/nachrichten/<int:conversation_id>/antworten")
def reply(conversation_id: int) -> ResponseReturnValue:
    talk = queries.get_talk(actor(), conversation_id)
    require(policy.may_reply, talk)
    form = MessageForm()
    if "preview" in request.form:
        return render_talk(talk, form, preview=text.preview(form.body.data))
    if not form.validate_on_submit():
        return render_talk(talk, form, 422)
    wait = seconds_to_wait(actor(), begins=False)
    if wait:
        form.body.errors = [patience(wait)]
        return web.ask_to_wait(wait, render_talk(talk, form, 429))
    try:
        written = actions.reply(actor(), talk, form.body.data)
    except actions.TooManyLinks as error:
        form.body.errors = [error.message]
        return render_talk(talk, form, 422)
    return web.created(written.path)


# --- arranging for oneself -------------------------------------------------------------------


def arranged(talk: Talk, message: str, address: str = "") -> ResponseReturnValue:
    session.commit()
    flash(message, "success")
    return redirect(address or talk.conversation.path, 303)


@bp.post("/nachrichten/<int:conversation_id>/stumm")
def mute(conversation_id: int) -> ResponseReturnValue:
    talk = queries.get_talk(actor(), conversation_id)
    if talk.mine.muted_at is None:
        talk.mine.mute()
        return arranged(talk, _("Sie erfahren von neuen Nachrichten hier nichts mehr."))
    talk.mine.unmute()
    return arranged(talk, _("Sie erfahren wieder von neuen Nachrichten."))


@bp.post("/nachrichten/<int:conversation_id>/archiv")
def archive(conversation_id: int) -> ResponseReturnValue:
    talk = queries.get_talk(actor(), conversation_id)
    if talk.mine.archived_at is None:
        talk.mine.archive()
        return arranged(talk, _("Das Gespräch liegt im Archiv."), url_for(".index"))
    talk.mine.unarchive()
    return arranged(talk, _("Das Gespräch ist wieder im Eingang."))


@bp.route("/nachrichten/<int:conversation_id>/loeschen", methods=["GET", "POST"])
def clear(conversation_id: int) -> ResponseReturnValue:
    """Ask once, then delete a conversation for oneself."""
    talk = queries.get_talk(actor(), conversation_id)
    if request.method == "GET":
        return render_template("conversations/clear.html", talk=talk)
    actions.clear(actor(), talk)
    return arranged(talk, _("Das Gespräch ist für Sie gelöscht."), url_for(".index"))


@bp.route("/nachrichten/<int:conversation_id>/verlassen", methods=["GET", "POST"])
def leave(conversation_id: int) -> ResponseReturnValue:
    """Ask once, then leave a conversation of several people."""
    talk = queries.get_talk(actor(), conversation_id)
    require(policy.may_leave, talk)
    if request.method == "GET":
        return render_template("conversations/leave.html", talk=talk)
    actions.leave(actor(), talk)
    return arranged(talk, _("Sie haben das Gespräch verlassen."), url_for(".index"))


# --- reporting -----------------------------------------------------------------------------


@bp.route("/nachrichten/melden/<int:message_id>", methods=["GET", "POST"])
@security.limit("reports", methods=["POST"])
def report(message_id: int) -> ResponseReturnValue:
    message = queries.get_message(actor(), message_id)
    require(policy.may_report, message)
    form = ReportForm()
    if not form.validate_on_submit():
        page = render_template("conversations/report.html", message=message, form=form)
        return page, 422 if form.errors else 200
    actions.report(actor(), message, ReportReason(form.reason.data), form.text.data)
    flash(_("Danke. Ihre Meldung wird geprüft; Sie hören von uns."), "success")
    return web.created(message.path)


@bp.route("/arbeitskorb/nachrichten/<int:report_id>", methods=["GET", "POST"])
@staff
def review(report_id: int) -> ResponseReturnValue:
    """Show an admin a reported message, nothing around it, and take the decision."""
    reported = queries.get_report(actor(), report_id)
    form = ReasonForm()
    if not has_reason(form):
        note_reading(reported)
        return reports.show("conversations/review.html", reported, form)
    hides = request.form.get("decision") == "hide"
    actions.decide(actor(), reported, hide=hides, reason=form.reason.data)
    return reports.decided()


def note_reading(reported: MessageReport) -> None:
    """Each showing is logged."""
    if request.method == "GET":
        web.begin_writing()
    actions.note_reading(actor(), reported)
    session.commit()
