"""The help page, and addresses that no mail reaches."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo.authz import actor, public, require, staff
from inforo.config import settings
from inforo.db import session
from inforo.i18n import _
from inforo.replies import addresses as addresses  # tells mails where answers go
from inforo.replies import bouncing, policy, queries
from inforo.replies import jobs as jobs  # its sweeps register themselves
from inforo.web import page_number

bp = Blueprint("replies", __name__)


@bp.get("/hilfe/antworten-per-e-mail")
@public
def help_page() -> ResponseReturnValue:
    return render_template("replies/help.html", is_open=bool(settings.reply_address))


@bp.get("/betrieb/unzustellbar")
@staff
def bounced() -> ResponseReturnValue:
    """List the addresses that refuse mails."""
    require(policy.may_see_bounces)
    page = page_number()
    return render_template(
        "replies/bounced.html",
        rows=queries.list_bounced(page),
        page=page,
        pages=-(-queries.count_bounced() // settings.page_size),
    )


@bp.post("/betrieb/unzustellbar/<int:bounced_id>/wieder-senden")
@staff
def resume(bounced_id: int) -> ResponseReturnValue:
    require(policy.may_see_bounces)
    bouncing.resume(actor(), queries.get_bounced(bounced_id))
    session.commit()
    flash(_("An diese Adresse gehen wieder E-Mails."), "success")
    return redirect(url_for(".bounced"), 303)
