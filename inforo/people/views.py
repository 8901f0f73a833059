"""The directory, person pages, one's own profile, suspension."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import versions
from inforo.accounts import queries as accounts_queries
from inforo.accounts.models import Account
from inforo.authz import actor, admin, require
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.forms import ReasonForm, options, with_blank
from inforo.i18n import _
from inforo.municipalities import queries as municipalities
from inforo.people import actions, policy, queries
from inforo.people.forms import ProfileForm
from inforo.people.places import PERSON_SIDE
from inforo.people.queries import Filters
from inforo.vocabularies import queries as vocabularies
from inforo.web import page_number

LONGEST = 100
TOPICS = "field_of_action"
PROFILE_TEXTS = ("name", "function", "phone", "about", "helps_with", "looks_for")
bp = Blueprint("people", __name__)


def department_label(key: str) -> str:
    return vocabularies.labels("department").get(key, "") if key else ""


@bp.get("/personen/")
def index() -> ResponseReturnValue:
    filters = Filters(
        q=request.args.get("q", "")[:LONGEST],
        state=request.args.get("land", "")[:2],
        topic=vocabularies.current_key(TOPICS, request.args.get("thema", "")[:LONGEST]),
        helps=request.args.get("hilft", "")[:LONGEST],
    )
    page = page_number()
    total = queries.count_people(actor(), filters)
    return render_template(
        "people/index.html",
        filters=filters,
        people=queries.people(actor(), filters, page),
        total=total,
        page=page,
        pages=-(-total // settings.page_size),
        states=municipalities.states(),
        topics=vocabularies.terms(TOPICS),
    )


@bp.get("/personen/<int:account_id>")
def show(account_id: int) -> ResponseReturnValue:
    return show_person(queries.get_person(actor(), account_id))


def show_person(
    account: Account,
    *,
    form: ReasonForm | None = None,
    address_form: ReasonForm | None = None,
    address: str = "",
) -> ResponseReturnValue:
    """Show a person page, and of each field only what its owner lets the reader see."""
    together = queries.are_colleagues(actor(), account)
    seen = {
        field
        for field in policy.FIELDS
        if policy.may_see(actor(), account, field, are_colleagues=together)
    }
    page = render_template(
        "people/show.html",
        person=account,
        seen=seen,
        department=department_label(account.department_key),
        topics=queries.topics_of(account) if "topics" in seen else [],
        groups=queries.groups_of(actor(), account) if "groups" in seen else [],
        roles=queries.roles_of(account),
        side=PERSON_SIDE,
        address=address or (account.email if "email" in seen else ""),
        form=form or ReasonForm(prefix="suspend", formdata=None),
        address_form=address_form or ReasonForm(prefix="address", formdata=None),
    )
    return page, 422 if form or address_form else 200


def get_person_to_keep(account_id: int) -> Account:
    """Return a person this office may suspend; other offices do not find them there."""
    account = queries.get_person(actor(), account_id)
    if actor().is_coordinator and not actor().moderates(account):
        raise NotFound
    require(policy.may_suspend, account)
    require(policy.may_suspend_holder, queries.roles_of(account))
    return account


@bp.post("/personen/<int:account_id>/sperren")
def suspend(account_id: int) -> ResponseReturnValue:
    account = get_person_to_keep(account_id)
    form = ReasonForm(prefix="suspend")
    if not form.validate_on_submit():
        return show_person(account, form=form)
    actions.suspend(actor(), account, form.reason.data)
    session.commit()
    flash(_("%(name)s ist gesperrt und überall abgemeldet.", name=account.name), "success")
    return redirect(url_for("people.show", account_id=account.id), 303)


@bp.post("/personen/<int:account_id>/entsperren")
def reactivate(account_id: int) -> ResponseReturnValue:
    account = get_person_to_keep(account_id)
    actions.reactivate(actor(), account)
    session.commit()
    flash(_("%(name)s ist wieder dabei.", name=account.name), "success")
    return redirect(url_for("people.show", account_id=account.id), 303)


@bp.post("/personen/<int:account_id>/adresse")
@admin
def look_up_address(account_id: int) -> ResponseReturnValue:
    """Show an admin an address nobody else sees, once, with a reason that is logged."""
    account = queries.get_person(actor(), account_id)
    require(policy.may_see_address, account)
    form = ReasonForm(prefix="address")
    if not form.validate_on_submit():
        return show_person(account, address_form=form)
    actions.look_up_address(actor(), account, form.reason.data)
    session.commit()
    return show_person(account, address=account.email)


@bp.route("/konto/profil", methods=["GET", "POST"])
def edit_profile() -> ResponseReturnValue:
    account = accounts_queries.get_account(actor().account_id)
    form = profile_form(account)
    if not form.validate_on_submit():
        return show_profile(account, form), 422 if form.errors else 200
    try:
        versions.check(account, form.version.data)
    except versions.Conflict:
        form.version.data = str(account.version)
        return show_profile(account, form, conflict=True), 409
    chosen = vocabularies.terms_by_key(TOPICS, form.topics.data or [])
    actions.edit_profile(actor(), account, profile_changes(form), chosen)
    session.commit()
    flash(_("Ihre Seite ist gespeichert."), "success")
    return redirect(url_for("people.show", account_id=account.id), 303)


def profile_form(account: Account) -> ProfileForm:
    topics = [term.key for term in queries.topics_of(account)]
    shown = {f"show_{field}": policy.audience_of(account, field) for field in policy.FIELDS}
    form = ProfileForm(
        data={field: getattr(account, field) for field in PROFILE_TEXTS}
        | {name: audience.value for name, audience in shown.items()}
        | {
            "department": account.department_key,
            "topics": topics,
            "may_be_asked": account.may_be_asked_at is not None,
        }
    )
    if not form.is_submitted():
        form.version.data = str(account.version)
    departments = vocabularies.choices("department", keep=[account.department_key])
    form.department.choices = options(with_blank(departments))
    form.topics.choices = options(vocabularies.choices(TOPICS, keep=topics))
    return form


def profile_changes(form: ProfileForm) -> dict[str, Any]:
    changes = {field: getattr(form, field).data or "" for field in PROFILE_TEXTS}
    changes["department_key"] = form.department.data or ""
    changes["may_be_asked"] = form.may_be_asked.data
    changes["visibility"] = {
        field: getattr(form, f"show_{field}").data for field in policy.FIELDS
    }
    return changes


def show_profile(account: Account, form: ProfileForm, *, conflict: bool = False) -> str:
    differing = [
        (getattr(form, field).label.text, getattr(account, field), getattr(form, field).data)
        for field in PROFILE_TEXTS
        if conflict and getattr(account, field) != (getattr(form, field).data or "")
    ]
    return render_template(
        "people/edit_profile.html",
        account=account,
        form=form,
        conflict=conflict,
        differing=differing,
        moves=queries.has_open_application(account.id),
    )
