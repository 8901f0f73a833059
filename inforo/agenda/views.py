"""What waits for somebody, on a page of its own."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import security
from inforo.agenda import actions, queries
from inforo.authz import actor
from inforo.db import session
from inforo.i18n import _

bp = Blueprint("agenda", __name__)
MOST_SHOWN = 50


@bp.get("/konto/offene-punkte")
def index() -> ResponseReturnValue:
    points = queries.points(actor(), MOST_SHOWN)
    return render_template("agenda/index.html", points=points, most=MOST_SHOWN)


@bp.post("/konto/offene-punkte/<int:notification_id>/erledigt")
def settle(notification_id: int) -> ResponseReturnValue:
    """Note a mention as settled without an answer."""
    actions.settle(actor(), queries.get_mention(actor(), notification_id))
    session.commit()
    flash(_("Erledigt."), "success")
    back = security.safe_path(request.args.get("next"))
    return redirect(back or url_for(".index"), 303)
