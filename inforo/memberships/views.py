"""Coming in, asking, inviting, the list of members, leaving."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import security, web
from inforo.accounts.models import Account
from inforo.authz import actor, require
from inforo.config import settings
from inforo.db import session
from inforo.errors import BadInput, DomainError, NotFound
from inforo.groups import member_queries, policy
from inforo.groups import queries as groups
from inforo.groups.forms import RequestForm
from inforo.groups.models import Group
from inforo.groups.views import render_home
from inforo.i18n import _
from inforo.memberships import actions, queries
from inforo.memberships.forms import InviteForm
from inforo.memberships.places import MEMBERS_TOP
from inforo.watching import actions as watching
from inforo.watching.forms import LevelForm
from inforo.watching.models import Target

bp = Blueprint("memberships", __name__)


@bp.post("/gruppen/<slug>/beitreten")
def join(slug: str) -> ResponseReturnValue:
    group = groups.get_group(actor(), slug)
    if not policy.is_member_of(actor(), group):
        require(policy.may_join, group)
        form = LevelForm()
        actions.join(actor(), group, form.chosen if form.validate_on_submit() else None)
        session.commit()
        flash(_("Willkommen! Sie gehören jetzt zur Gruppe."), "success")
    return redirect(url_for("groups.show", slug=group.slug), 303)


@bp.post("/gruppen/<slug>/sichtbar-beitreten")
def join_visibly(slug: str) -> ResponseReturnValue:
    group = groups.get_group(actor(), slug)
    require(policy.may_join_visibly, group)
    actions.join_visibly(actor(), group)
    session.commit()
    flash(_("Sie lesen jetzt mit. Die Gruppenleitung hat davon erfahren."), "success")
    return redirect(url_for("groups.show", slug=group.slug), 303)


@bp.post("/gruppen/<slug>/austreten")
def leave(slug: str) -> ResponseReturnValue:
    group = groups.get_group(actor(), slug)
    require(policy.may_leave, group)
    actions.leave(actor(), group)
    session.commit()
    flash(_("Sie sind aus der Gruppe „%(name)s“ ausgetreten.", name=group.name), "success")
    return redirect(url_for("groups.index"), 303)


@bp.post("/gruppen/<slug>/folgen")
def follow(slug: str) -> ResponseReturnValue:
    group = groups.get_group(actor(), slug)
    require(policy.is_member_of, group)
    form = LevelForm()
    if not form.validate_on_submit():
        raise BadInput(_("Bitte wählen Sie, wie viel Sie von der Gruppe erfahren."))
    watching.choose(actor(), Target.GROUP, group.id, form.chosen)
    session.commit()
    back = security.safe_path(request.args.get("next"))
    return redirect(back or url_for("groups.show", slug=group.slug), 303)


@bp.post("/gruppen/<slug>/anfragen")
def ask(slug: str) -> ResponseReturnValue:
    """Ask to be let in."""
    group = groups.get_group(actor(), slug)
    require(policy.may_request, group)
    form = RequestForm().ask_of(group)
    if not form.validate_on_submit():
        return render_home(groups.get_home(actor(), slug), form, 422)
    actions.request_to_join(actor(), group, form.message.data)
    flash(_("Ihre Anfrage ist bei der Gruppenleitung."), "success")
    return web.created(url_for("groups.show", slug=group.slug))


@bp.post("/gruppen/<slug>/anfrage-zurueckziehen")
def withdraw(slug: str) -> ResponseReturnValue:
    group = groups.get_group(actor(), slug)
    actions.withdraw_request(actor(), group)
    session.commit()
    return redirect(url_for("groups.show", slug=group.slug), 303)


@bp.get("/gruppen/<slug>/mitglieder")
def members(slug: str) -> ResponseReturnValue:
    group = groups.get_group(actor(), slug)
    sees, manages = policy.may_see_members(actor(), group), policy.may_manage(actor(), group)
    if not sees and not manages:
        raise NotFound
    page, count = web.page_number(), member_queries.count_active_members(group) if sees else 0
    return render_template(
        "memberships/members.html",
        group=group,
        people=member_queries.members(group, page) if sees else [],
        sees=sees,
        manages=manages,
        count=count,
        page=page,
        pages=-(-count // settings.page_size),
        requests=queries.open_requests(group) if manages else [],
        top=MEMBERS_TOP.html(actor(), group) if manages else "",
    )


MEMBER_ACTIONS = {
    "leitung": actions.make_manager,
    "mitglied": actions.make_member,
    "entfernen": actions.remove_member,
}


@bp.post("/gruppen/<slug>/mitglieder/<int:account_id>")
def change_member(slug: str, account_id: int) -> ResponseReturnValue:
    """Make somebody a manager, take that back, or remove them."""
    group = groups.get_group(actor(), slug)
    require_management(group)
    membership = member_queries.get_membership(group, account_id)
    act = MEMBER_ACTIONS.get(request.form.get("act", ""))
    if act is None:
        raise BadInput(_("Bitte wählen Sie, was mit dem Mitglied geschehen soll."))
    act(actor(), group, membership)
    session.commit()
    flash(_("Das ist gespeichert."), "success")
    still_in = not actor().is_me(account_id) or request.form["act"] != "entfernen"
    target = url_for(".members" if still_in else "groups.show", slug=group.slug)
    return redirect(target, 303)


def require_management(group: Group) -> None:
    """Refuse with 404 where even the list of members is not to be seen (matrix M21)."""
    if not policy.may_manage(actor(), group) and not policy.may_see_members(actor(), group):
        raise NotFound
    require(policy.may_manage, group)


@bp.post("/gruppen/<slug>/anfragen/<int:request_id>")
def decide(slug: str, request_id: int) -> ResponseReturnValue:
    """Let somebody in, decline, or take an invitation back."""
    group = groups.get_group(actor(), slug)
    require_management(group)
    join_request = queries.get_request(group, request_id)
    accepted = request.form.get("decision") == "accept"
    actions.decide_request(actor(), group, join_request, accepted=accepted)
    session.commit()
    flash(_("Die Entscheidung ist gespeichert und wurde mitgeteilt."), "success")
    return redirect(url_for(".members", slug=group.slug), 303)


@bp.route("/gruppen/<slug>/einladen", methods=["GET", "POST"])
@security.limit("invitations_staff", methods=["POST"])
def invite(slug: str) -> ResponseReturnValue:
    """Invite a member of the platform: search, choose, send."""
    group = groups.get_group(actor(), slug)
    require_management(group)
    if request.method == "GET":
        actions.check_alive(group)
    form = InviteForm()
    if request.method == "GET" or "person_search" in request.form:
        return render_invite(group, form)
    chosen = web.given_id(request.form.get("person", ""))
    account = queries.find_member_of_platform(chosen) if chosen else None
    if not form.validate_on_submit() or account is None:
        form.person.errors = [_("Bitte suchen Sie eine Person und wählen Sie sie aus.")]
        return render_invite(group, form, 422)
    try:
        actions.invite(actor(), group, account, form.message.data)
    except DomainError as error:
        form.person.errors = [error.message]
        return render_invite(group, form, 422)
    flash(_("%(name)s ist eingeladen.", name=account.name), "success")
    return web.created(url_for(".members", slug=group.slug))


def render_invite(group: Group, form: InviteForm, code: int = 200) -> ResponseReturnValue:
    typed = request.form.get("person_query", "")[:200].strip()
    found = queries.find_people(typed) if typed else None
    results = found if found is None else [as_choice(person) for person in found]
    page = render_template(
        "memberships/invite.html", group=group, form=form, query=typed, results=results
    )
    return page, code


def as_choice(person: Account) -> dict[str, Any]:
    return {"value": person.id, "label": person.name, "hint": person.place}


@bp.route("/gruppen/einladungen/<int:request_id>", methods=["GET", "POST"])
def invitation(request_id: int) -> ResponseReturnValue:
    """Show an invitation to the person invited, and take the answer."""
    wanted = queries.get_invitation(actor(), request_id)
    if request.method == "GET":
        return render_template(
            "memberships/invitation.html", invitation=wanted, group=wanted.group
        )
    if request.form.get("decision") != "accept":
        actions.decline_invitation(actor(), wanted)
        session.commit()
        flash(_("Sie haben die Einladung abgelehnt."), "info")
        return redirect(url_for("groups.index"), 303)
    group = actions.accept_invitation(actor(), wanted)
    session.commit()
    flash(_("Willkommen! Sie gehören jetzt zur Gruppe."), "success")
    return redirect(url_for("groups.show", slug=group.slug), 303)
