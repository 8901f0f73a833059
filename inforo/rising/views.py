"""What happens next with an unanswered question, and asking somebody by name."""

from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta

from inforo import clock, security, web
from inforo.accounts.models import Account
from inforo.authz import Actor, actor, require
from inforo.config import settings
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.places import THREAD_QUESTION
from inforo.discussions.queries import get_thread
from inforo.i18n import _, language, ngettext
from inforo.memberships.queries import find_people
from inforo.offices.workdays import local_day
from inforo.rising import actions, deadlines, finding, policy, queries
from inforo.rising import jobs as jobs  # its sweeps register themselves
from inforo.rising.forms import AskForm
from inforo.rising.queries import State
from inforo.templating import piece

bp = Blueprint("rising", __name__)
SUGGESTED = 5


@THREAD_QUESTION.filled(order=5)
def panel(who: Actor, thread: Thread) -> str:
    """Say below an unanswered question what happens next, and when."""
    is_waiting = thread.post_count < 2 or thread.last_post_by_id == thread.author_id
    if not is_waiting or not policy.is_open(thread):
        return ""
    state = queries.find_state(who, thread)
    if state is None:
        return ""
    return piece(
        "rising/_panel.html",
        thread=thread,
        who=who,
        steps=steps_of(thread, state),
        is_asked=state.request is not None and policy.may_decline(who, state.request),
        asks=policy.may_ask_people(who, thread),
    )


def steps_of(thread: Thread, state: State) -> list[Any]:
    """Return what was done, what comes next, and how long it takes as a rule."""
    found = [asked(thread, state), raised(thread, state), usual(state)]
    return [sentence for sentence in found if sentence]


def asked(thread: Thread, state: State) -> Any:
    rise, count = state.rise, settings.unanswered_helpers
    if rise is not None and rise.asked_at is not None:
        if not rise.helpers:
            return _("Niemand, der sich damit auskennt, möchte gerade gefragt werden.")
        return ngettext(
            "Am %(day)s haben wir ein Mitglied gefragt, das hier helfen kann.",
            "Am %(day)s haben wir %(num)s Mitglieder gefragt, die hier helfen können.",
            rise.helpers,
            day=spoken(local_day(rise.asked_at)),
        )
    is_over = rise is not None and rise.raised_at is not None
    if is_over or thread.created_at <= clock.now() - queries.RECENT:
        return ""
    return _(
        "Am %(day)s fragen wir Mitglieder, die hier helfen können (höchstens %(count)s).",
        day=spoken(deadlines.ask_day(thread)),
        count=count,
    )


def raised(thread: Thread, state: State) -> Any:
    rise, is_inside = state.rise, thread.group.is_protected
    if rise is not None and rise.raised_at is not None:
        day = spoken(local_day(rise.raised_at))
        if is_inside:
            return _("Seit %(day)s kümmert sich die Leitung der Gruppe darum.", day=day)
        return _("Seit %(day)s kümmert sich die Koordinierungsstelle darum.", day=day)
    day = spoken(deadlines.raise_day(thread))
    if is_inside:
        return _(
            "Bleibt die Antwort aus, bekommt die Leitung der Gruppe die Frage am %(day)s.",
            day=day,
        )
    return _(
        "Bleibt die Antwort aus, geht die Frage am %(day)s an die Koordinierungsstelle.",
        day=day,
    )


def usual(state: State) -> Any:
    """Say how long a first answer takes as a rule, where that is known."""
    if state.median_seconds is None:
        return ""
    rounded = timedelta(seconds=max(state.median_seconds, 600))
    if state.of_group:
        return _(
            "In dieser Gruppe kommt die erste Antwort meist innerhalb von %(time)s.",
            time=format_timedelta(rounded),
        )
    return _(
        "Die erste Antwort kommt meist innerhalb von %(time)s.", time=format_timedelta(rounded)
    )


def spoken(day: date) -> str:
    """Return "Dienstag, 1. Dezember"."""
    pattern = "EEEE, d. MMMM" if language() == "de" else "EEEE, d MMMM"
    return str(format_date(day, pattern, locale=language()))


@bp.route("/diskussionen/<int:thread_id>/hilfe", methods=["GET", "POST"])
@security.limit("invitations_staff", methods=["POST"])
def ask(thread_id: int) -> ResponseReturnValue:
    """Ask somebody by name: people who fit are suggested, others can be searched."""
    thread = get_thread(actor(), thread_id)
    require(policy.may_ask_people, thread)
    form = AskForm()
    if request.method == "GET" or "person_search" in request.form:
        return show(thread, form)
    chosen = web.given_id(request.form.get("person", ""))
    if not form.validate_on_submit() or chosen is None:
        form.person.errors = [_("Bitte wählen Sie eine Person aus.")]
        return show(thread, form, 422)
    try:
        person = actions.ask_person(actor(), thread, chosen)
    except actions.NotToBeAsked as error:
        form.person.errors = [error.message]
        return show(thread, form, 422)
    flash(_("%(name)s ist gefragt.", name=person.name), "success")
    return web.created(url_for(".ask", thread_id=thread.id))


def show(thread: Thread, form: AskForm, code: int = 200) -> ResponseReturnValue:
    typed = request.form.get("person_query", "")[:200].strip()
    found = find_people(typed) if typed else finding.helpers(thread, SUGGESTED)
    page = render_template(
        "rising/ask.html",
        thread=thread,
        form=form,
        query=typed,
        results=[as_choice(person) for person in found],
        requests=queries.requests_of(thread),
    )
    return page, code


def as_choice(person: Account) -> dict[str, Any]:
    return {"value": person.id, "label": person.name, "hint": person.place}


@bp.post("/diskussionen/<int:thread_id>/hilfe/gerade-nicht")
def decline(thread_id: int) -> ResponseReturnValue:
    """Say that one cannot help now; nobody else reads that but who asks people."""
    thread = get_thread(actor(), thread_id)
    asked_for = queries.get_request(actor(), thread)
    require(policy.may_decline, asked_for)
    actions.decline(asked_for)
    session.commit()
    flash(_("Danke für die Rückmeldung. Dazu fragen wir Sie nicht mehr."), "success")
    return redirect(thread.path, 303)
