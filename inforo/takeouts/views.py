"""Meine Daten: the file with everything the platform keeps about oneself."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo import files
from inforo.accounts.security_views import fresh
from inforo.authz import actor, signed_in
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.takeouts import actions, queries

bp = Blueprint("takeouts", __name__)


@bp.get("/konto/daten")
@signed_in
@fresh
def show() -> ResponseReturnValue:
    takeout = queries.latest(actor())
    return render_template(
        "takeouts/show.html", takeout=takeout, may_order=queries.is_due(takeout)
    )


@bp.post("/konto/daten")
@signed_in
@fresh
def order() -> ResponseReturnValue:
    actions.order(actor())
    session.commit()
    return redirect(url_for(".show"), 303)


@bp.get("/konto/daten/<int:takeout_id>")
@signed_in
@fresh
def load(takeout_id: int) -> ResponseReturnValue:
    """Deliver the file to the person it is about, who has just shown who they are."""
    takeout = queries.get_takeout(actor(), takeout_id)
    if takeout.file is None:
        raise NotFound(_("Die Datei wird noch erstellt."))
    return files.deliver(takeout.file)
