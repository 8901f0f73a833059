"""Proposing one's published example, and the office's no."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo.authz import Actor, actor, require, staff
from inforo.contributions.places import STATUS
from inforo.db import session
from inforo.forms import ReasonForm
from inforo.i18n import _
from inforo.nominations import actions, policy
from inforo.nominations.forms import NominationForm
from inforo.reviews import policy as reviews
from inforo.reviews import queries
from inforo.reviews.views import decide, read_version
from inforo.toolbox.models import Example

bp = Blueprint("nominations", __name__)


@bp.route("/werkzeugkiste/beitragen/<int:example_id>/good-practice", methods=["GET", "POST"])
def nominate(example_id: int) -> ResponseReturnValue:
    """Say what happens next; POST asks the office."""
    example, review = queries.get_release(actor(), example_id)
    require(policy.may_nominate, example)
    form = NominationForm()
    if form.validate_on_submit():
        actions.nominate(actor(), example, form.message.data or "")
        session.commit()
        flash(_("Vorgeschlagen. Die Koordinierungsstelle hat Bescheid bekommen."), "success")
        return redirect(url_for("contributions.show", example_id=example.id), 303)
    page = render_template(
        "nominations/nominate.html", example=example, form=form, is_open=review is not None
    )
    return page, 422 if form.errors else 200


@STATUS.filled(order=20)
def invitation(who: Actor, example: Example) -> str:
    """Lead authors of a published example to its way up, unless it is on it already."""
    if not policy.may_nominate(who, example) or queries.find_open_review(example):
        return ""
    return render_template("nominations/_invitation.html", example=example)


@bp.post("/arbeitskorb/beispiele/<int:example_id>/bleibt-veroeffentlicht")
@staff
def decline(example_id: int) -> ResponseReturnValue:
    example, form = queries.get_review(actor(), example_id), ReasonForm()

    def act() -> None:
        actions.decline(actor(), example, form.reason.data, read_version())

    told = _("Abgelehnt. Das Beispiel bleibt veröffentlicht, wie es ist.")
    return decide(example, reviews.may_decline_nomination, act, told, back=form)
