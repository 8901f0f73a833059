"""Offering a group to somebody, and answering."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import web
from inforo.authz import Actor, actor, require
from inforo.db import session
from inforo.errors import BadInput
from inforo.groups import queries as groups
from inforo.groups.member_queries import get_membership
from inforo.groups.models import Group
from inforo.groups.places import DIRECTORY_TOP
from inforo.handovers import actions, policy, queries
from inforo.handovers.forms import OfferForm
from inforo.i18n import _, _l
from inforo.memberships.places import MEMBERS_TOP
from inforo.memberships.views import require_management
from inforo.templating import piece

bp = Blueprint("handovers", __name__)
ANSWERS = {
    "accept": (policy.may_answer, actions.accept, _l("Sie leiten jetzt die Gruppe.")),
    "decline": (policy.may_answer, actions.decline, _l("Sie haben abgelehnt.")),
    "withdraw": (policy.may_withdraw, actions.withdraw, _l("Das Angebot ist zurückgezogen.")),
}


@DIRECTORY_TOP.filled(order=10)
def show_offers(who: Actor, _nothing: Any) -> str:
    """Show what somebody is asked to lead, above the list of groups."""
    found = queries.offered_to(who) if who.is_member else []
    return piece("handovers/_offers.html", offers=found) if found else ""


@MEMBERS_TOP.filled(order=10)
def show_offered(who: Actor, group: Group) -> str:
    """Show the managers to whom their group is offered."""
    found = queries.offered_in(group) if policy.may_offer(who, group) else []
    return piece("handovers/_offered.html", offers=found) if found else ""


@bp.route("/gruppen/<slug>/leitung-anbieten/<int:account_id>", methods=["GET", "POST"])
def offer(slug: str, account_id: int) -> ResponseReturnValue:
    """Ask a member to lead the group."""
    group = groups.get_group(actor(), slug)
    require_management(group)
    require(policy.may_offer, group)
    membership = get_membership(group, account_id)
    form = OfferForm()
    if form.validate_on_submit():
        message, stays = form.message.data or "", form.stays.data
        actions.offer(actor(), group, membership, message, stays=stays)
        flash(_("%(name)s ist gefragt.", name=membership.account.name), "success")
        return web.created(url_for("memberships.members", slug=group.slug))
    page = render_template(
        "handovers/offer.html", group=group, form=form, taker=membership.account
    )
    return page, 422 if form.errors else 200


@bp.route("/gruppen/uebergaben/<int:handover_id>", methods=["GET", "POST"])
def show(handover_id: int) -> ResponseReturnValue:
    """Show an offer to those it concerns, and take the answer."""
    is_sent = request.method == "POST"
    handover = queries.get_handover(actor(), handover_id, to_answer=is_sent)
    group = handover.group
    if not is_sent:
        return render_template("handovers/show.html", handover=handover, group=group)
    answer = ANSWERS.get(request.form.get("decision", ""))
    if answer is None:
        raise BadInput(_("Bitte wählen Sie eine Antwort."))
    rule, act, said = answer
    require(rule, handover)
    act(actor(), handover)
    session.commit()
    flash(str(said), "success")
    return redirect(url_for("groups.show", slug=group.slug), 303)
