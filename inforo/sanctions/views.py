"""The page on which an office restricts somebody and keeps notes, and what people see of it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, web
from inforo.accounts.models import Account
from inforo.accounts.queries import get_account
from inforo.authz import actor, signed_in, staff
from inforo.db import session
from inforo.i18n import _
from inforo.people import actions as people
from inforo.reasons.views import has_reason
from inforo.sanctions import actions, queries
from inforo.sanctions.forms import NoteForm, SanctionForm

bp = Blueprint("sanctions", __name__)


@bp.get("/personen/<int:account_id>/massnahmen")
@staff
def show(account_id: int) -> ResponseReturnValue:
    return show_person(queries.get_person(actor(), account_id))


def show_person(
    account: Account,
    silence_form: SanctionForm | None = None,
    suspend_form: SanctionForm | None = None,
    note_form: NoteForm | None = None,
) -> ResponseReturnValue:
    forms = [form for form in (silence_form, suspend_form, note_form) if form]
    page = render_template(
        "sanctions/show.html",
        person=account,
        now=clock.now(),
        notes=queries.notes_about(account.id),
        silence_form=silence_form or SanctionForm(formdata=None, prefix="silence"),
        suspend_form=suspend_form or SanctionForm(formdata=None, prefix="suspend"),
        note_form=note_form or NoteForm(formdata=None),
    )
    return page, 422 if any(form.errors for form in forms) else 200


def back_to(account: Account, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show", account_id=account.id), 303)


@bp.post("/personen/<int:account_id>/stummschalten")
@staff
def silence(account_id: int) -> ResponseReturnValue:
    account = queries.get_person(actor(), account_id)
    form = SanctionForm(prefix="silence")
    if not has_reason(form):
        return show_person(account, silence_form=form)
    actions.silence(actor(), account, form.last_day.data, form.reason.data)
    session.commit()
    return back_to(account, _("%(name)s kann jetzt nur lesen.", name=account.name))


@bp.post("/personen/<int:account_id>/stummschaltung-beenden")
@staff
def end_silence(account_id: int) -> ResponseReturnValue:
    account = queries.get_person(actor(), account_id)
    actions.end_silence(actor(), account)
    session.commit()
    return back_to(account, _("%(name)s kann wieder schreiben.", name=account.name))


@bp.post("/personen/<int:account_id>/sperren-bis")
@staff
def suspend(account_id: int) -> ResponseReturnValue:
    account = queries.get_person(actor(), account_id)
    form = SanctionForm(prefix="suspend")
    if not has_reason(form):
        return show_person(account, suspend_form=form)
    actions.suspend_until(actor(), account, form.last_day.data, form.reason.data)
    session.commit()
    return back_to(account, _("%(name)s ist gesperrt.", name=account.name))


@bp.post("/personen/<int:account_id>/sperre-beenden")
@staff
def end_suspension(account_id: int) -> ResponseReturnValue:
    account = queries.get_person(actor(), account_id)
    people.reactivate(actor(), account)
    session.commit()
    return back_to(account, _("%(name)s ist wieder dabei.", name=account.name))


@bp.post("/personen/<int:account_id>/vermerke")
@staff
def add_note(account_id: int) -> ResponseReturnValue:
    account = queries.get_person(actor(), account_id)
    form = NoteForm()
    if not form.validate_on_submit():
        return show_person(account, note_form=form)
    actions.add_note(actor(), account, form.text.data)
    flash(_("Der Vermerk ist gespeichert."), "success")
    return web.created(url_for(".show", account_id=account.id))


@bp.post("/personen/<int:account_id>/vermerke/<int:note_id>/loeschen")
@staff
def delete_note(account_id: int, note_id: int) -> ResponseReturnValue:
    account = queries.get_person(actor(), account_id)
    actions.delete_note(actor(), queries.get_note(account, note_id))
    session.commit()
    return back_to(account, _("Der Vermerk ist gelöscht."))


@bp.get("/konto/vermerke")
@signed_in
def mine() -> ResponseReturnValue:
    """Show people what offices noted about them, and what restricts them."""
    return render_template(
        "sanctions/mine.html",
        account=get_account(actor().account_id),
        now=clock.now(),
        notes=queries.notes_about(actor().account_id),
    )
