"""The table of all Länder, and handing over several items: all of them, or none."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, web
from inforo.authz import actor, require, staff
from inforo.clock import now
from inforo.db import session
from inforo.desks import queries
from inforo.errors import DomainError
from inforo.forms import options, with_blank
from inforo.i18n import _, ngettext
from inforo.moderation import actions
from inforo.moderation.forms import HandOverForm
from inforo.offices import policy
from inforo.offices import queries as offices
from inforo.offices.models import WorkItem
from inforo.offices.workdays import working_days_between

bp = Blueprint("desks", __name__)


@bp.get("/arbeitskorb/ueberblick")
@staff
def index() -> ResponseReturnValue:
    """Show what waits in which Land, for as long as how many working days."""
    return render_template(
        "desks/index.html",
        desks=queries.desks(actor(), clock.today()),
        days_since=lambda moment, code: working_days_between(moment, now(), code),
    )


@bp.post("/arbeitskorb/abgeben")
@staff
def hand_over() -> ResponseReturnValue:
    """Hand chosen items over together. If one is gone or not one's own, nothing happens."""
    given = [web.given_id(item) or 0 for item in request.form.getlist("item")]
    if not given:
        raise DomainError(_("Bitte wählen Sie mindestens einen Vorgang aus."))
    items = offices.get_items_to_change(actor(), given)
    for item in items:
        require(policy.may_change, item)
    form = HandOverForm() if "confirm" in request.form else HandOverForm(formdata=None)
    form.office.choices = options(
        with_blank((str(office.id), office.name) for office in offices.offices())
    )
    if not form.validate_on_submit():
        return show_choice(items, form)
    office = offices.get_office(int(form.office.data))
    for item in items:
        actions.hand_over(actor(), item, office, form.reason.data)
    session.commit()
    words = ngettext("%(num)s Vorgang abgegeben.", "%(num)s Vorgänge abgegeben.", len(items))
    flash(words, "success")
    return redirect(url_for("moderation.index"), 303)


def show_choice(items: list[WorkItem], form: HandOverForm) -> ResponseReturnValue:
    page = render_template("desks/hand_over.html", items=items, form=form)
    return page, 422 if form.errors else 200
