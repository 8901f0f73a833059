"""Pages to write an enquiry in steps, to let it go out, and to steer it while it runs."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import security, web
from inforo.authz import actor, require
from inforo.clock import today
from inforo.config import settings
from inforo.db import session
from inforo.enquiries import actions, policy, queries, recipients
from inforo.enquiries.forms import (
    EndForm,
    TargetForm,
)
from inforo.enquiries.models import Enquiry
from inforo.enquiries.states import Outcome
from inforo.forms import Form, ReasonForm, options
from inforo.i18n import _
from inforo.municipalities.queries import states
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("enquiries", __name__)


def is_get() -> bool:
    return request.method == "GET"


def status(form: Form) -> int:
    return 422 if form.errors else 200


@bp.get("/kommunalabfragen/")
def index() -> ResponseReturnValue:
    """List what waits for the person, what they ask, what runs, and what has ended."""
    page, view = web.page_number(), request.args.get("ansicht", "")
    if view == "meine":
        rows = queries.list_mine(actor(), page, archived="abgelegt" in request.args)
    elif view in {"laufende", "beendete"}:
        rows = queries.list_all(actor(), page, is_over=view == "beendete")
    else:
        view, rows = "offene", queries.list_open(actor(), page)
    return render_template(
        "enquiries/index.html",
        rows=rows[: settings.page_size],
        view=view,
        page=page,
        has_more=len(rows) > settings.page_size,
        may_create=policy.may_create(actor()),
    )


def own_draft(enquiry_id: int) -> Enquiry:
    """Return an enquiry its author may still change."""
    enquiry = queries.get_enquiry(actor(), enquiry_id, to_change=not is_get())
    require(policy.may_edit, enquiry)
    return enquiry


# Going out ------------------------------------------------------------------------------


@bp.get("/kommunalabfragen/<int:enquiry_id>")
def show(enquiry_id: int) -> ResponseReturnValue:
    enquiry = queries.get_enquiry(actor(), enquiry_id)
    web.begin_writing()
    actions.note_seen(actor(), enquiry)
    session.commit()
    return show_enquiry(enquiry)


def show_enquiry(
    enquiry: Enquiry,
    code: int = 200,
    *,
    reason: ReasonForm | None = None,
    end: EndForm | None = None,
    withdrawal: ReasonForm | None = None,
) -> ResponseReturnValue:
    """Show an enquiry as this reader may see it; forms that came back carry their errors."""
    is_out = enquiry.approved_at is not None
    own = queries.own_invitations(actor(), enquiry) if is_out else []
    has_answered = any(answer and answer.submitted_at for _one, answer in own)
    page = render_template(
        "enquiries/show.html",
        enquiry=enquiry,
        own=own,
        counts=queries.counts(enquiry) if is_out else (0, 0),
        reach=None if is_out else recipients.reach(enquiry.target, enquiry.ags),
        missing=actions.missing(enquiry) if enquiry.is_unsent else [],
        target=described(enquiry),
        directly=policy.may_send_directly(actor(), enquiry),
        reads_result=policy.may_read_result(actor(), enquiry, has_answered=has_answered),
        reason=reason or ReasonForm(formdata=None, prefix=""),
        end=end or end_form(enquiry, formdata=None),
        withdrawal=withdrawal or ReasonForm(formdata=None, prefix="z-"),
    )
    return page, code


def described(enquiry: Enquiry) -> list[tuple[str, list[str]]]:
    """Return whom it goes to in words: what narrows it, and to what."""
    form = TargetForm(earliest=today(), formdata=None, meta={"csrf": False})
    form.states.choices = options((state.code, state.name) for state in states())
    form.topics.choices = options(vocabularies.choices(recipients.TOPICS))
    found = []
    for name in ("states", "kinds", "sizes", "topics"):
        labels = {choice.value: str(choice.label) for choice in form[name].choices}
        chosen = [labels.get(key, key) for key in enquiry.target.get(name, ())]
        if chosen:
            found.append((str(form[name].label.text), chosen))
    return found


def end_form(enquiry: Enquiry, **given: Any) -> EndForm:
    """Return the form for a later last day."""
    return EndForm(earliest=max(today(), enquiry.ends_on or today()), **given)


@bp.post("/kommunalabfragen/<int:enquiry_id>/absenden")
@security.limit("invitations")
def hand_in(enquiry_id: int) -> ResponseReturnValue:
    enquiry = own_draft(enquiry_id)
    if actions.hand_in(actor(), enquiry):
        flash(_("Die Abfrage geht jetzt hinaus."), "success")
    else:
        flash(_("Die Abfrage liegt bei der Koordinierungsstelle zur Freigabe."), "success")
    session.commit()
    return redirect(enquiry.path, 303)


def to_decide(enquiry_id: int) -> Enquiry:
    enquiry = queries.get_enquiry(actor(), enquiry_id, to_change=True)
    require(policy.may_decide, enquiry)
    return enquiry


@bp.post("/kommunalabfragen/<int:enquiry_id>/freigeben")
def approve(enquiry_id: int) -> ResponseReturnValue:
    enquiry = to_decide(enquiry_id)
    actions.approve(actor(), enquiry)
    session.commit()
    flash(_("Freigegeben. Die Abfrage geht jetzt hinaus."), "success")
    return redirect(enquiry.path, 303)


@bp.post("/kommunalabfragen/<int:enquiry_id>/zurueckgeben")
def send_back(enquiry_id: int) -> ResponseReturnValue:
    enquiry = to_decide(enquiry_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return show_enquiry(enquiry, 422, reason=form)
    actions.send_back(actor(), enquiry, form.reason.data)
    session.commit()
    flash(_("Zurückgegeben. Die Person hat die Begründung bekommen."), "success")
    return redirect(url_for(".index"), 303)


# While it runs --------------------------------------------------------------------------


def to_steer(enquiry_id: int) -> Enquiry:
    enquiry = queries.get_enquiry(actor(), enquiry_id, to_change=True)
    require(policy.may_steer, enquiry)
    return enquiry


@bp.post("/kommunalabfragen/<int:enquiry_id>/verlaengern")
def extend(enquiry_id: int) -> ResponseReturnValue:
    enquiry = to_steer(enquiry_id)
    require(policy.may_extend, enquiry)
    form = end_form(enquiry)
    if not form.validate_on_submit():
        return show_enquiry(enquiry, 422, end=form)
    actions.extend(actor(), enquiry, form.ends_on.data)
    session.commit()
    flash(_("Die Frist ist verlängert."), "success")
    return redirect(enquiry.path, 303)


@bp.post("/kommunalabfragen/<int:enquiry_id>/beenden")
def close(enquiry_id: int) -> ResponseReturnValue:
    enquiry = to_steer(enquiry_id)
    actions.close(actor(), enquiry)
    session.commit()
    flash(_("Die Abfrage ist beendet. Das Ergebnis wird zusammengestellt."), "success")
    return redirect(enquiry.path, 303)


@bp.post("/kommunalabfragen/<int:enquiry_id>/zurueckziehen")
def withdraw(enquiry_id: int) -> ResponseReturnValue:
    enquiry = to_steer(enquiry_id)
    form = ReasonForm(prefix="z-")
    if not form.validate_on_submit():
        return show_enquiry(enquiry, 422, withdrawal=form)
    actions.withdraw(actor(), enquiry, form.reason.data)
    session.commit()
    flash(_("Zurückgezogen. Die Kommunen erfahren den Grund."), "success")
    return redirect(enquiry.path, 303)


@bp.post("/kommunalabfragen/<int:enquiry_id>/ablegen")
def archive(enquiry_id: int) -> ResponseReturnValue:
    """Take it off one's list; with `zurueck` put it there again."""
    enquiry = queries.get_enquiry(actor(), enquiry_id, to_change=True)
    require(policy.may_archive, enquiry)
    actions.archive(enquiry, is_wanted="zurueck" not in request.form)
    session.commit()
    flash(_("Das ist gespeichert."), "success")
    return redirect(url_for(".index", ansicht="meine"), 303)


@bp.get("/kommunalabfragen/<int:enquiry_id>/versand")
def sending(enquiry_id: int) -> ResponseReturnValue:
    """Show which municipalities got it, and why others did not."""
    enquiry = queries.get_enquiry(actor(), enquiry_id)
    require(policy.may_see_sending, enquiry)
    given, page = request.args.get("stand", ""), web.page_number()
    outcome = Outcome(given) if given in set(Outcome) else None
    rows = queries.list_invitations(enquiry, outcome, page)
    return render_template(
        "enquiries/sending.html",
        enquiry=enquiry,
        outcome=outcome,
        totals=queries.outcome_counts(enquiry),
        rows=rows[: settings.page_size],
        page=page,
        has_more=len(rows) > settings.page_size,
    )
