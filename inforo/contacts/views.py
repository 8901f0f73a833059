"""From whom one wants messages, whom one has blocked, and the way to somebody's inbox."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import web
from inforo.accounts.models import Account
from inforo.authz import Actor, actor, require
from inforo.config import settings
from inforo.contacts import actions, policy, queries
from inforo.contacts.forms import WishForm
from inforo.contacts.models import Circle
from inforo.db import session
from inforo.i18n import _
from inforo.people.places import PERSON_SIDE
from inforo.templating import piece

bp = Blueprint("contacts", __name__)


@PERSON_SIDE.filled(order=10)
def panel(who: Actor, account: Account) -> str:
    """Offer to write to somebody, and to block them."""
    if not policy.may_block(who, account) or not policy.is_active(account):
        return ""
    contact = queries.get_contact(who, account.id)
    takes = policy.may_write_to(who, contact)
    return piece("contacts/_panel.html", person=account, takes_messages=takes)


@bp.route("/konto/nachrichten", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    form = WishForm(data={"circle": queries.circle_of(actor()).value})
    if not form.validate_on_submit():
        page = web.page_number()
        shown = render_template(
            "contacts/edit.html",
            form=form,
            blocks=queries.list_blocks(actor(), page),
            page=page,
            pages=-(-queries.count_blocks(actor()) // settings.page_size),
        )
        return shown, 422 if form.errors else 200
    actions.choose(actor(), Circle(form.circle.data))
    session.commit()
    flash(_("Ihre Wahl ist gespeichert."), "success")
    return redirect(url_for(".edit"), 303)


@bp.route("/personen/<int:account_id>/blockieren", methods=["GET", "POST"])
def block(account_id: int) -> ResponseReturnValue:
    """Say what blocking means, then do it."""
    contact = queries.get_contact(actor(), account_id)
    require(policy.may_block, contact.account)
    if request.method == "GET":
        return render_template("contacts/block.html", person=contact.account)
    actions.block(actor(), contact.account)
    session.commit()
    flash(_("%(name)s ist blockiert.", name=contact.account.name), "success")
    return redirect(url_for(".edit"), 303)


@bp.post("/konto/nachrichten/blockiert/<int:block_id>/aufheben")
def unblock(block_id: int) -> ResponseReturnValue:
    found = queries.get_block(actor(), block_id)
    actions.unblock(actor(), found)
    session.commit()
    flash(_("Sie sind füreinander wieder erreichbar."), "success")
    return redirect(url_for(".edit"), 303)
