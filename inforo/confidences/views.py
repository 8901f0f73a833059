"""The pages of a confidential question: for who asks, and for who handles it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import security, text, versions, web
from inforo.authz import Actor, actor, require
from inforo.confidences import actions, jobs, policy, queries
from inforo.confidences.forms import EndForm, MessageForm, OfferForm, ProposalForm
from inforo.confidences.policy import Case
from inforo.db import session
from inforo.discussions import queries as threads
from inforo.discussions.actions import TooMuchInIt
from inforo.discussions.models import Thread
from inforo.discussions.naming import name_of
from inforo.discussions.places import THREAD_QUESTION
from inforo.errors import Forbidden
from inforo.forms import Form, options, with_blank
from inforo.groups import queries as groups
from inforo.i18n import _
from inforo.notifications.actions import mark_subject_read
from inforo.notifications.queries import unread_about
from inforo.offices import queries as offices
from inforo.people.queries import actor_of
from inforo.templating import piece

bp = Blueprint("confidences", __name__)
SWEEPS = (jobs.forget_confidences,)  # named here so that the worker knows them
EMPTY = {"formdata": None}


@THREAD_QUESTION.filled(order=5)
def panel(who: Actor, thread: Thread) -> str:
    """Tell who asked that it is theirs, and that answering here would show the name."""
    if thread.relayed_by_id is None or not who.is_member:
        return ""
    question = queries.find_by_thread(thread.id)
    if question is None or not who.is_me(question.asker_id):
        return ""
    return piece("confidences/_panel.html", question=question)


@bp.get("/vertraulich/")
def index() -> ResponseReturnValue:
    return render_template("confidences/index.html", questions=queries.questions_of(actor()))


@bp.get("/vertraulich/<int:number>")
def show(number: int) -> ResponseReturnValue:
    case = case_to_read(number)
    if policy.is_asker(actor(), case):
        note_seen(number)
    else:
        web.begin_writing()
        actions.note_look(actor(), case)
        session.commit()
    return show_case(case)


def note_seen(number: int) -> None:
    """Mark as read what the person was told; only then this page writes for them."""
    subject = f"confidences:{number}"
    if unread_about(actor(), subject):
        web.begin_writing()
        mark_subject_read(actor(), subject)
        session.commit()


def case_to_read(number: int, *, to_change: bool = False) -> Case:
    case = queries.get_case(actor(), number, to_change=to_change)
    if not policy.may_view(actor(), case):
        raise Forbidden(
            _(
                "Bitte übernehmen Sie den Vorgang zuerst im Arbeitskorb. Nur wer die Frage "
                "bearbeitet, sieht Namen und Text."
            )
        )
    return case


def show_case(case: Case, code: int = 200, **forms: Form) -> ResponseReturnValue:
    """Show all there is; a form that holds errors is given."""
    question = case.question
    mine = policy.is_asker(actor(), case)
    shown: dict[str, Any] = {
        "message_form": MessageForm(**EMPTY),
        "end_form": EndForm(**EMPTY),
        "offer_form": OfferForm(**EMPTY),
    } | forms
    shown["offer_form"].office.choices = [] if mine else office_choices(case)
    page = render_template(
        "confidences/show.html",
        case=case,
        question=question,
        mine=mine,
        rules=policy,
        messages=queries.messages_of(question),
        answers=queries.answers_to(actor(), question) if mine and question.thread_id else [],
        looks=queries.looks_at(question),
        name_of=name_of,
        **shown,
    )
    return page, code


def office_choices(case: Case) -> Any:
    others = (one for one in offices.offices() if one.id != case.question.office_id)
    return options(with_blank((str(office.id), office.name) for office in others))


def done(case: Case, sentence: Any) -> ResponseReturnValue:
    session.commit()
    flash(sentence, "success")
    return redirect(case.question.path, 303)


@bp.post("/vertraulich/<int:number>/nachricht")
@security.limit("edits")
def write(number: int) -> ResponseReturnValue:
    case = case_to_read(number, to_change=True)
    require(policy.may_write, case)
    form = MessageForm()
    if not form.validate_on_submit():
        return show_case(case, 422, message_form=form)
    try:
        actions.write(actor(), case, form.body.data, for_thread=form.for_thread.data)
    except TooMuchInIt as error:
        form.body.errors = [error.message]
        return show_case(case, 422, message_form=form)
    flash(_("Ihre Nachricht ist angekommen."), "success")
    return web.created(case.question.path)


@bp.route("/vertraulich/<int:number>/vorschlag", methods=["GET", "POST"])
@security.limit("edits", methods=["POST"])
def propose(number: int) -> ResponseReturnValue:
    """Let the office write down what shall be published."""
    case = case_to_read(number, to_change=request.method == "POST")
    require(policy.may_propose, case)
    form = ProposalForm(data=begun(case) if request.method == "GET" else None)
    form.group_id.choices = group_choices(case)
    if "preview" in request.form or not form.validate_on_submit():
        return show_proposal(case, form, 422 if form.errors else 200)
    try:
        versions.check(case.question, form.version.data)
        group = groups.get_group_by_id(actor(), int(form.group_id.data))
        actions.propose(actor(), case, group, form.title.data, form.body.data)
    except versions.Conflict:
        form.version.data = str(case.question.version)
        return show_proposal(case, form, 409)
    except TooMuchInIt as error:
        form.body.errors = [error.message]
        return show_proposal(case, form, 422)
    return done(case, _("Die fragende Person bekommt den Text zum Lesen und Freigeben."))


def begun(case: Case) -> dict[str, Any]:
    question = case.question
    return {
        "title": question.proposed_title or question.title,
        "body": question.proposed_body or question.body,
        "group_id": str(question.group_id or ""),
        "version": str(question.version),
    }


def group_choices(case: Case) -> Any:
    asker = case.question.asker
    rows = queries.groups_for(actor(), actor_of(asker)) if asker is not None else []
    return options((str(row.id), row.name) for row in rows)


def show_proposal(case: Case, form: ProposalForm, code: int) -> ResponseReturnValue:
    page = render_template(
        "confidences/propose.html",
        question=case.question,
        form=form,
        is_conflict=code == 409,
        preview=text.preview(form.body.data) if "preview" in request.form else "",
    )
    return page, code


@bp.post("/vertraulich/<int:number>/freigeben")
def release(number: int) -> ResponseReturnValue:
    case = case_to_read(number, to_change=True)
    require(policy.may_release, case)
    actions.release(case, request.form.get("proposal", ""))
    return done(case, _("Freigegeben. Die Stelle veröffentlicht jetzt genau diesen Text."))


@bp.post("/vertraulich/<int:number>/veroeffentlichen")
def publish(number: int) -> ResponseReturnValue:
    case = case_to_read(number, to_change=True)
    require(policy.may_publish, case)
    actions.publish(actor(), case)
    return done(case, _("Die Frage ist veröffentlicht, ohne Namen."))


@bp.post("/vertraulich/<int:number>/weitergeben/<int:message_id>")
def relay(number: int, message_id: int) -> ResponseReturnValue:
    case = case_to_read(number, to_change=True)
    require(policy.may_relay, case)
    said = queries.get_message(case.question, message_id)
    actions.relay(actor(), case, said)
    return done(case, _("Der Text steht jetzt in der Diskussion, ohne Namen."))


@bp.post("/vertraulich/<int:number>/abschliessen")
def end(number: int) -> ResponseReturnValue:
    """Withdraw it, or close it for the office."""
    case = case_to_read(number, to_change=True)
    require(policy.may_end, case)
    form = EndForm()
    if policy.is_asker(actor(), case):
        actions.end(actor(), case)
        return done(case, _("Ihre Frage ist zurückgezogen. Veröffentlicht wird nichts."))
    if not form.validate_on_submit():
        return show_case(case, 422, end_form=form)
    actions.end(actor(), case, form.reason.data)
    return done(case, _("Abgeschlossen. Die fragende Person hat Ihren Satz bekommen."))


@bp.post("/vertraulich/<int:number>/abgeben")
def offer(number: int) -> ResponseReturnValue:
    case = case_to_read(number, to_change=True)
    require(policy.may_offer, case)
    form = OfferForm()
    form.office.choices = office_choices(case)
    if not form.validate_on_submit() or not form.office.data:
        if not form.office.data:
            form.office.errors = [_("Bitte wählen Sie eine Stelle.")]
        return show_case(case, 422, offer_form=form)
    office = offices.get_office(int(form.office.data))
    actions.offer(actor(), case, office, form.offer_reason.data)
    return done(case, _("Die fragende Person entscheidet jetzt, ob sie zustimmt."))


@bp.post("/vertraulich/<int:number>/abgabe")
def agree(number: int) -> ResponseReturnValue:
    case = case_to_read(number, to_change=True)
    require(policy.may_agree, case)
    actions.agree(case, is_wanted=request.form.get("decision") == "yes")
    return done(case, _("Danke. Die zuständige Stelle weiß jetzt Bescheid."))


@bp.post("/vertraulich/<int:number>/antwort/<int:post_id>")
def accept(number: int, post_id: int) -> ResponseReturnValue:
    case = case_to_read(number, to_change=True)
    require(policy.may_accept, case)
    actions.accept(case, threads.get_post(actor(), post_id))
    return done(case, _("Als Antwort markiert. Ihr Name steht nirgends dabei."))


@bp.route("/vertraulich/<int:number>/zu-erkennen-geben", methods=["GET", "POST"])
def reveal(number: int) -> ResponseReturnValue:
    """Ask once more, then put the name on the question for good."""
    case = case_to_read(number, to_change=request.method == "POST")
    require(policy.may_reveal, case)
    if request.method == "GET" or request.form.get("sure") != "yes":
        page = render_template("confidences/reveal.html", question=case.question)
        return page, 200 if request.method == "GET" else 422
    actions.reveal(actor(), case)
    session.commit()
    flash(_("Ihre Frage trägt jetzt Ihren Namen."), "success")
    thread = case.question.thread
    return redirect(thread.path if thread else url_for("confidences.index"), 303)
