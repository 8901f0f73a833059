"""Roles: who holds which one, giving and taking them. And the number in the header."""

from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, web
from inforo.accounts import queries as accounts
from inforo.accounts.models import Account
from inforo.authz import GUEST, Role, actor, admin, require, staff
from inforo.config import settings
from inforo.db import session
from inforo.forms import ReasonForm, options, with_blank
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.offices import actions, assignments, policy, queries, role_actions, standing_in
from inforo.offices.forms import AbsenceForm, RoleForm
from inforo.offices.models import CoordinationOffice, RoleAssignment

bp = Blueprint("offices", __name__)


def init_app(app: Flask) -> None:
    """Let every page of the staff show how much waits in the basket."""
    app.context_processor(
        lambda: {"basket_count": queries.count_open_items(g.get("actor", GUEST))}
    )


@bp.get("/arbeitskorb/rollen")
@staff
def roles() -> ResponseReturnValue:
    require(policy.may_open_roles)
    chosen = request.args.get("rolle", "")
    role = Role(chosen) if chosen in list(Role) else None
    counts = assignments.count_roles(actor())
    total = counts.get(role, 0) if role else sum(counts.values())
    page = web.page_number()
    return render_template(
        "offices/roles.html",
        roles=assignments.roles(actor(), role, page, settings.page_size),
        proposals=assignments.proposals() if actor().is_admin else [],
        entries=tabs(counts, role),
        page=page,
        pages=-(-total // settings.page_size),
    )


def tabs(counts: dict[Role, int], chosen: Role | None) -> list[tuple[Any, str, int, bool]]:
    """Return the kinds of roles there are here, with their numbers."""
    url = url_for("offices.roles")
    kinds = [
        (role.label, f"{url}?rolle={role.value}", counts[role], role is chosen)
        for role in Role
        if role in counts
    ]
    return [(_("Alle"), url, sum(counts.values()), chosen is None), *kinds]


@bp.route("/arbeitskorb/rollen/neu", methods=["GET", "POST"])
@staff
def grant() -> ResponseReturnValue:
    require(policy.may_open_roles)
    form = RoleForm(email=request.args.get("email", ""))
    offer_choices(form)
    if form.validate_on_submit():
        wanted = read_role(form)
        if wanted is not None:
            require(policy.may_grant, wanted)
            give(wanted, form.reason.data)
            return web.created(url_for("offices.roles"))
    page = render_template("offices/grant.html", form=form)
    return page, 422 if form.errors else 200


def offer_choices(form: RoleForm) -> None:
    """Show only the roles this person may give."""
    if actor().is_admin:
        offices = [(str(office.id), office.name) for office in queries.offices()]
        form.role.choices = options(with_blank((role.value, role.label) for role in Role))
        form.office.choices = options(with_blank(offices))
    else:
        form.role.choices = options([(Role.PROFILE_EDITOR.value, Role.PROFILE_EDITOR.label)])
        del form.office


def read_role(form: RoleForm) -> RoleAssignment | None:
    """Return the wanted role, or None with the reasons beside the fields."""
    account = find_person(form)
    role = Role(form.role.data)
    municipality = find_place(form, account) if role is Role.PROFILE_EDITOR else None
    office = find_office(form) if role is Role.COORDINATOR else None
    if form.errors or account is None:
        return None
    return role_actions.new_role(account, role, office=office, municipality=municipality)


def find_person(form: RoleForm) -> Account | None:
    """Find the account; people of other Länder do not exist for a coordinator."""
    account = accounts.find_account_by_email(form.email.data)
    known = account is not None and account.is_approved
    if account is not None and known and (actor().is_admin or actor().coordinates(account)):
        return account
    form.email.errors = [
        _("In Ihrer Zuständigkeit gibt es kein freigegebenes Konto mit dieser Adresse.")
    ]
    return None


def find_office(form: RoleForm) -> CoordinationOffice | None:
    if form.office.data:
        return queries.get_office(int(form.office.data))
    form.office.errors = [_("Bitte wählen Sie die Koordinierungsstelle.")]
    return None


def find_place(form: RoleForm, account: Account | None) -> Municipality | None:
    """Find the municipality by name or AGS; without either it is the person's own."""
    if not form.municipality.data:
        own = account.municipality if account else None
        form.municipality.errors = [] if own else [_("Bitte geben Sie die Kommune an.")]
        return own
    found = queries.municipalities_named(form.municipality.data)
    if len(found) == 1:
        return found[0]
    form.municipality.errors = [
        _(
            "Diesen Namen gibt es mehrmals. Bitte geben Sie den Schlüssel an: %(keys)s",
            keys=", ".join(f"{place.ags} ({place.state_code})" for place in found),
        )
        if found
        else _("Diese Kommune kennen wir nicht. Bitte prüfen Sie die Schreibweise.")
    ]
    return None


def give(wanted: RoleAssignment, reason: str) -> None:
    """Give the role at once, or ask a second admin where two are needed."""
    if wanted.role in policy.TAKES_TWO:
        role_actions.propose(actor(), wanted, reason)
        flash(_("Vorgeschlagen. Eine zweite Person aus dem Betrieb muss zustimmen."), "info")
    else:
        role_actions.grant(actor(), wanted, reason)
        flash(_("Die Rolle gilt ab sofort. Die Person ist benachrichtigt."), "success")


@bp.route("/arbeitskorb/rollen/<int:assignment_id>/entziehen", methods=["GET", "POST"])
@staff
def revoke(assignment_id: int) -> ResponseReturnValue:
    held = assignments.get_role(actor(), assignment_id)
    require(policy.may_revoke, held)
    form = ReasonForm()
    if form.validate_on_submit():
        role_actions.revoke(actor(), held, form.reason.data)
        session.commit()
        flash(_("Die Rolle ist entzogen. Die Person ist benachrichtigt."), "success")
        return redirect(url_for("offices.roles"), 303)
    page = render_template("offices/revoke.html", form=form, held=held)
    return page, 422 if form.errors else 200


@bp.post("/arbeitskorb/rollen/vorschlaege/<int:proposal_id>/bestaetigen")
@admin
def confirm(proposal_id: int) -> ResponseReturnValue:
    proposal = assignments.get_proposal(proposal_id)
    require(policy.may_confirm, proposal)
    role_actions.confirm(actor(), proposal)
    session.commit()
    flash(_("Die Rolle gilt ab sofort. Die Person ist benachrichtigt."), "success")
    return redirect(url_for("offices.roles"), 303)


@bp.post("/arbeitskorb/rollen/vorschlaege/<int:proposal_id>/verwerfen")
@admin
def withdraw(proposal_id: int) -> ResponseReturnValue:
    proposal = assignments.get_proposal(proposal_id)
    require(policy.may_withdraw, proposal)
    role_actions.withdraw(actor(), proposal)
    session.commit()
    flash(_("Der Vorschlag ist verworfen."), "info")
    return redirect(url_for("offices.roles"), 303)


# Absences


@bp.route("/konto/vertretung", methods=["GET", "POST"])
@staff
def absences() -> ResponseReturnValue:
    """Note when one is away and who stands in."""
    require(policy.may_note_absence)
    form = AbsenceForm()
    colleagues = {str(person.id): person for person in standing_in.colleagues_of(actor())}
    form.deputy.choices = options(
        with_blank((key, person.name) for key, person in colleagues.items())
    )
    if form.validate_on_submit():
        actions.note_absence(
            actor(), form.starts_on.data, form.ends_on.data, colleagues[form.deputy.data]
        )
        flash(_("Ihre Vertretung ist eingetragen."), "success")
        return web.created(url_for("offices.absences"))
    page = render_template(
        "offices/absences.html",
        form=form,
        colleagues=colleagues,
        absences=standing_in.absences_of(actor(), clock.today()),
        absent=standing_in.absent_for(actor(), clock.today()),
    )
    return page, 422 if form.errors else 200


@bp.post("/konto/vertretung/<int:absence_id>/loeschen")
@staff
def end_absence(absence_id: int) -> ResponseReturnValue:
    absence = standing_in.get_absence(actor(), absence_id)
    require(policy.may_end_absence, absence)
    actions.end_absence(actor(), absence)
    session.commit()
    flash(_("Die Abwesenheit ist gelöscht."), "success")
    return redirect(url_for("offices.absences"), 303)
