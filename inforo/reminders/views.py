"""Setting reminders on threads and examples, and the list of one's own."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, security, versions, web
from inforo.authz import Actor, actor, require
from inforo.config import settings
from inforo.db import session
from inforo.discussions.queries import get_thread
from inforo.i18n import _
from inforo.reminders import actions, policy, queries
from inforo.reminders import jobs as jobs  # its sweeps register themselves
from inforo.reminders.forms import MoveForm, ReminderForm
from inforo.templating import piece
from inforo.text import slug
from inforo.toolbox.models import Example
from inforo.toolbox.places import EXAMPLE_ACTIONS
from inforo.toolbox.queries import get_example_head

bp = Blueprint("reminders", __name__)
NEXT_WEEK = timedelta(days=7)


@EXAMPLE_ACTIONS.filled(order=55)
def offer_example(who: Actor, example: Example) -> str:
    return piece("reminders/_offer.html", who=who, example=example)


@bp.route("/diskussionen/<int:thread_id>/wiedervorlage", methods=["GET", "POST"])
def remind_of_thread(thread_id: int) -> ResponseReturnValue:
    thread = get_thread(actor(), thread_id)
    return remind(thread.title, thread.path, thread_id=thread.id)


@bp.route("/werkzeugkiste/beispiele/<int:example_id>/wiedervorlage", methods=["GET", "POST"])
def remind_of_example(example_id: int) -> ResponseReturnValue:
    example = get_example_head(actor(), example_id)
    path = url_for("toolbox.show_example", example_id=example.id, slug=slug(example.title))
    return remind(example.title, path, example_id=example.id)


def remind(title: str, path: str, **target: int) -> ResponseReturnValue:
    """Ask for day and note, and keep them."""
    require(policy.may_remind)
    form = ReminderForm(data={"due_on": clock.today() + NEXT_WEEK} if is_get() else None)
    if not form.validate_on_submit():
        known = queries.open_about(actor(), **target)
        page = render_template(
            "reminders/new.html", form=form, title=title, path=path, known=known
        )
        return page, 422 if form.errors else 200
    actions.remind(actor(), form.due_on.data, form.note.data, **target)
    flash(_("Wir erinnern Sie. Alles dazu steht unter „Wiedervorlage“."), "success")
    return web.created(path)


def is_get() -> bool:
    return request.method == "GET"


@bp.get("/konto/wiedervorlage")
def index() -> ResponseReturnValue:
    page, shows_done = web.page_number(), "erledigt" in request.args
    found = (queries.list_done if shows_done else queries.list_open)(actor(), page)
    return render_template(
        "reminders/index.html",
        rows=found[: settings.page_size],
        shows_done=shows_done,
        page=page,
        has_more=len(found) > settings.page_size,
    )


@bp.route("/konto/wiedervorlage/<int:reminder_id>", methods=["GET", "POST"])
def edit(reminder_id: int) -> ResponseReturnValue:
    """Show a reminder; move it to another day, or change the note."""
    reminder = queries.get_reminder(actor(), reminder_id)
    form = MoveForm(kept=reminder.due_on, obj=reminder if is_get() else None)
    if not form.validate_on_submit():
        shown: Any = queries.get_named(actor(), reminder)
        return render_template("reminders/edit.html", form=form, row=shown), (
            422 if form.errors else 200
        )
    versions.check(reminder, form.version.data)
    actions.move(reminder, form.due_on.data, form.note.data)
    session.commit()
    flash(_("Das ist gespeichert."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/konto/wiedervorlage/<int:reminder_id>/erledigt")
def finish(reminder_id: int) -> ResponseReturnValue:
    """Note a reminder as done; with `offen` it is open again."""
    reminder = queries.get_reminder(actor(), reminder_id)
    if "offen" in request.form:
        actions.reopen(reminder)
    else:
        actions.finish(actor(), reminder)
        flash(_("Erledigt."), "success")
    return save_and_go_back()


@bp.post("/konto/wiedervorlage/<int:reminder_id>/loeschen")
def delete(reminder_id: int) -> ResponseReturnValue:
    reminder = queries.get_reminder(actor(), reminder_id)
    actions.remove(actor(), reminder)
    flash(_("Die Wiedervorlage ist gelöscht."), "success")
    return save_and_go_back()


def save_and_go_back() -> ResponseReturnValue:
    session.commit()
    back = security.safe_path(request.args.get("next"))
    return redirect(back or url_for(".index"), 303)
