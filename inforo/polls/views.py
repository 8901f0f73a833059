"""Polls on the page of their thread, and on one of their own."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from inforo import clock, security, web
from inforo.authz import Actor, actor, require
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.places import THREAD_QUESTION
from inforo.discussions.queries import get_thread
from inforo.errors import BadInput
from inforo.i18n import _
from inforo.polls import actions, policy, queries
from inforo.polls.forms import EditForm, PollForm, ProlongForm, ballot
from inforo.polls.models import Poll
from inforo.templating import piece

bp = Blueprint("polls", __name__)
TWO_WEEKS = timedelta(days=14)


@THREAD_QUESTION.filled(order=10)
def panel(who: Actor, thread: Thread) -> str:
    """Show the polls below the question, or who asked how to add one."""
    states = queries.states(who, thread)
    has_own = any(state.from_elsewhere is None for state in states)
    pieces = [shown(state) for state in states]
    if not has_own and policy.may_add(who, thread):
        pieces.append(piece("polls/_offer.html", thread=thread))
    return "\n".join(pieces)


def shown(state: queries.State) -> str:
    """Return the poll itself, or what a merged thread brought with a way to its own page."""
    if state.from_elsewhere is not None:
        return piece("polls/_brought.html", state=state)
    return piece("polls/_panel.html", state=state, form=ballot(state, formdata=None))


@bp.route("/diskussionen/<int:thread_id>/umfrage/neu", methods=["GET", "POST"])
def new(thread_id: int) -> ResponseReturnValue:
    thread = get_thread(actor(), thread_id)
    require(policy.may_add, thread)
    is_get = request.method == "GET"
    form = PollForm(data={"ends_on": clock.today() + TWO_WEEKS} if is_get else None)
    if not form.validate_on_submit():
        page = render_template("polls/new.html", form=form, thread=thread)
        return page, 422 if form.errors else 200
    poll = actions.add(actor(), thread, form.values)
    return web.created(poll.path)


@bp.get("/diskussionen/<int:thread_id>/umfrage")
def show(thread_id: int) -> ResponseReturnValue:
    state = queries.get_state_with_names(actor(), thread_id)
    return render_template("polls/show.html", state=state, form=ballot(state, formdata=None))


@bp.route("/diskussionen/<int:thread_id>/umfrage/bearbeiten", methods=["GET", "POST"])
def edit(thread_id: int) -> ResponseReturnValue:
    """Correct a poll; once somebody voted, only let it run longer."""
    poll = queries.get_state(actor(), thread_id).poll
    if request.method == "POST":
        actions.hold_still(poll.thread)
    require(policy.may_edit, poll)
    form = editing(poll)
    if not form.validate_on_submit():
        return show_edit(poll, form, 422 if form.errors else 200)
    if is_late(poll, form):
        return show_edit(poll, form, 409)
    if isinstance(form, ProlongForm):
        actions.prolong(actor(), poll, form.ends_on.data)
    else:
        actions.edit(actor(), poll, form.question.data, form.labels, form.ends_on.data)
    session.commit()
    flash(_("Die Umfrage ist gespeichert."), "success")
    return redirect(poll.path, 303)


def editing(poll: Poll) -> EditForm | ProlongForm:
    """Return the form for what may still change, filled with what is there."""
    begun: dict[str, Any] = {"ends_on": poll.ends_on, "version": poll.version}
    given = {"data": begun} if request.method == "GET" else {}
    if queries.count_ballots(poll):
        return ProlongForm(poll.ends_on, **given)
    begun |= {"question": poll.question, "options": "\n".join(queries.labels(poll))}
    return EditForm(**given)


def is_late(poll: Poll, form: EditForm | ProlongForm) -> bool:
    """Tell whether somebody saved or voted since the form was opened; it goes on from there."""
    is_stale = str(poll.version) != form.version.data
    form.version.data = str(poll.version)
    return is_stale or (isinstance(form, ProlongForm) and "question" in request.form)


def show_edit(poll: Poll, form: EditForm | ProlongForm, code: int) -> ResponseReturnValue:
    page = render_template(
        "polls/edit.html",
        poll=poll,
        form=form,
        labels=queries.labels(poll),
        is_answered=isinstance(form, ProlongForm),
        typed=request.form,
        is_conflict=code == 409,
    )
    return page, code


@bp.post("/diskussionen/<int:thread_id>/umfrage/abstimmen")
@security.limit("votes")
def vote(thread_id: int) -> ResponseReturnValue:
    state = queries.get_state(actor(), thread_id)
    require(policy.may_vote, state.poll)
    form = ballot(state)
    if not form.validate_on_submit():
        return render_template("polls/show.html", state=state, form=form), 422
    actions.vote(actor(), state.poll.thread, numbers(form.chosen))
    session.commit()
    flash(_("Ihre Stimme zählt. Bis zum Ende können Sie sie ändern."), "success")
    return redirect(state.poll.path, 303)


def numbers(chosen: list[str]) -> list[int]:
    found = [web.given_id(value) for value in chosen]
    if None in found:
        raise BadInput(_("Diese Antwort gibt es in der Umfrage nicht."))
    return [number for number in found if number is not None]


@bp.post("/diskussionen/<int:thread_id>/umfrage/zurueckziehen")
@security.limit("votes")
def withdraw(thread_id: int) -> ResponseReturnValue:
    poll = queries.get_state(actor(), thread_id).poll
    require(policy.may_vote, poll)
    actions.withdraw(actor(), poll.thread)
    session.commit()
    flash(_("Ihre Stimme ist zurückgezogen."), "success")
    return redirect(poll.path, 303)


@bp.post("/diskussionen/<int:thread_id>/umfrage/loeschen")
def remove(thread_id: int) -> ResponseReturnValue:
    poll = queries.get_state(actor(), thread_id).poll
    require(policy.may_remove, poll)
    place = poll.place
    actions.remove(actor(), poll)
    session.commit()
    flash(_("Die Umfrage ist gelöscht."), "success")
    return redirect(place.path, 303)
