"""Opening links into a group, closing them, and coming through them."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo import web
from inforo.accounts import queries as accounts
from inforo.accounts.views import private
from inforo.authz import Actor, actor, public, require, signed_in
from inforo.config import settings
from inforo.db import session
from inforo.doors import actions, jobs, policy, queries
from inforo.doors.forms import LinkForm, MailForm
from inforo.doors.models import Door, DoorRule
from inforo.groups import queries as groups
from inforo.groups.forms import RequestForm
from inforo.groups.models import Group
from inforo.groups.places import GROUP_LINKS
from inforo.i18n import _
from inforo.memberships.views import require_management
from inforo.security import against_guessing, limit
from inforo.templating import piece

bp = Blueprint("doors", __name__)
SWEEPS = (jobs.forget_doors,)  # named here so that the worker knows them


@GROUP_LINKS.filled(order=10)
def link_to_doors(who: Actor, group: Group) -> str:
    return piece("doors/_links.html", group=group) if policy.may_open(who, group) else ""


def group_to_open(slug: str) -> Group:
    group = groups.get_group(actor(), slug)
    require_management(group)
    require(policy.may_open, group)
    return group


@bp.route("/gruppen/<slug>/einladungslinks", methods=["GET", "POST"])
@limit("invitations_staff", methods=["POST"])
def index(slug: str) -> ResponseReturnValue:
    """List the links of a group, and make one more."""
    group = group_to_open(slug)
    form = LinkForm()
    if form.validate_on_submit():
        actions.open_door(actor(), group, form.limits)
        flash(_("Der Link ist fertig. Kopieren Sie ihn aus der Liste."), "success")
        return web.created(url_for(".index", slug=group.slug))
    page = render_template(
        "doors/index.html",
        group=group,
        form=form,
        doors=queries.doors_of(group),
        most_uses=settings.group_link_uses,
        most_days=settings.token_group_link_days,
    )
    return private(page, 422 if form.errors else 200)


@bp.post("/gruppen/<slug>/einladungslinks/<int:door_id>/schliessen")
def close(slug: str, door_id: int) -> ResponseReturnValue:
    group = groups.get_group(actor(), slug)
    require_management(group)
    actions.close_door(actor(), queries.get_door_of(group, door_id))
    session.commit()
    flash(_("Der Link gilt nicht mehr."), "success")
    return redirect(url_for("groups.show" if group.is_archived else ".index", slug=slug), 303)


@bp.route("/gruppen/<slug>/per-mail-einladen", methods=["GET", "POST"])
@limit("invitations_staff", methods=["POST"])
def invite(slug: str) -> ResponseReturnValue:
    """Invite somebody by mail; the answer never tells whether there is an account."""
    group = group_to_open(slug)
    form = MailForm()
    if form.validate_on_submit():
        actions.invite_by_mail(actor(), group, form.email.data, form.message.data)
        flash(_("Die Einladung ist unterwegs."), "success")
        return web.created(url_for(".index", slug=group.slug))
    page = render_template("doors/invite.html", group=group, form=form)
    return page, 422 if form.errors else 200


@bp.get("/einladung/gruppe/<secret>")
@public
@against_guessing
def show(secret: str) -> ResponseReturnValue:
    """Show where a link leads: to sign in, to register, or into the group."""
    door = queries.get_door(secret)
    return render_door(door, secret, RequestForm().ask_of(door.group))


def render_door(door: Door, secret: str, form: RequestForm, code: int = 200) -> Response:
    who = actor()
    account = accounts.get_account(who.account_id) if who.is_signed_in else None
    page = render_template(
        "doors/show.html",
        door=door,
        group=door.group,
        secret=secret,
        form=form if door.rule is DoorRule.APPROVAL else None,
        fits=account is None or policy.fits(door, account),
        use=queries.find_use(door, who.account_id) if account else None,
        belongs=door.group_id in who.group_ids,
    )
    return private(page, code)


@bp.post("/einladung/gruppe/<secret>/annehmen")
@signed_in
@against_guessing
def enter(secret: str) -> ResponseReturnValue:
    """Come in, ask to be let in, or wait for the account to be approved."""
    door, who = queries.get_door(secret), actor()
    form = RequestForm().ask_of(door.group)
    if door.rule is DoorRule.APPROVAL and not form.validate_on_submit():
        return render_door(door, secret, form, 422)
    account = accounts.get_account(who.account_id)
    message = form.message.data or "" if door.rule is DoorRule.APPROVAL else ""
    actions.pass_through(account, door, message)
    session.commit()
    if not who.is_member:
        flash(_("Vorgemerkt. Sobald Ihr Konto freigegeben ist, geht es weiter."), "success")
        return redirect(url_for(".show", secret=secret), 303)
    if door.rule is DoorRule.APPROVAL:
        flash(_("Ihre Anfrage ist bei der Gruppenleitung."), "success")
        return redirect(url_for(".show", secret=secret), 303)
    flash(_("Willkommen! Sie gehören jetzt zur Gruppe."), "success")
    return redirect(url_for("groups.show", slug=door.group.slug), 303)
