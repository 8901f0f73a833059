"""The author's side of a review: reading the final text, and seeing where it is."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo import clock
from inforo.authz import Actor, actor
from inforo.contributions.actions import missing_to_publish
from inforo.contributions.places import STATUS
from inforo.db import session
from inforo.forms import Form
from inforo.i18n import _
from inforo.notifications.actions import mark_subject_read
from inforo.releases import actions
from inforo.releases.forms import ObjectionForm
from inforo.reviews import policy, queries
from inforo.reviews.guards import ChangedSince
from inforo.reviews.models import Review, Stage
from inforo.reviews.views import differences, read_version, whole_text
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author
from inforo.toolbox.states import ExampleState, Tier

bp = Blueprint("releases", __name__)
WAY = (Stage.REGIONAL, Stage.CRITERIA, Stage.TALK, Stage.RELEASE)


@bp.get("/werkzeugkiste/beitragen/<int:example_id>/freigabe")
def release(example_id: int) -> ResponseReturnValue:
    """Show an author the final text and what others have changed in it."""
    example, review = queries.get_release(actor(), example_id)
    mark_subject_read(actor(), f"examples:{example.id}")
    session.commit()
    return show_release(example, review, ObjectionForm())


def show_release(
    example: Example,
    review: Review | None,
    form: Form,
    changed: ChangedSince | None = None,
) -> str:
    waits = review is not None and policy.may_release(actor(), review)
    return render_template(
        "releases/release.html",
        review=review,
        form=form,
        waits=waits,
        changed=changed,
        entries=written_changes(example, review) if review else [],
        missing=missing_to_publish(example),
        **whole_text(example),
    )


def written_changes(example: Example, review: Review) -> list[tuple[Any, Any]]:
    """Return what differs in the text; what readers say of the criteria stands beside it."""
    without = {"criteria"} if review.tier is Tier.GOOD_PRACTICE else set()
    return differences(example, review.base_number, without)


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/freigeben")
def give_release(example_id: int) -> ResponseReturnValue:
    example, review = queries.get_release(actor(), example_id)
    try:
        actions.release(actor(), example, read_version())
    except ChangedSince as changed:
        session.rollback()
        return show_release(example, review, ObjectionForm(formdata=None), changed), 409
    session.commit()
    flash(_("Freigegeben. Ihr Praxisbeispiel ist jetzt öffentlich."), "success")
    return redirect(url_for("contributions.show", example_id=example.id), 303)


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/einwenden")
def object_to(example_id: int) -> ResponseReturnValue:
    example, review = queries.get_release(actor(), example_id)
    form = ObjectionForm()
    if not form.validate_on_submit():
        return show_release(example, review, form), 422
    actions.object_to(actor(), example, form.objection.data)
    session.commit()
    flash(_("Ihr Einwand ist bei der Koordinierungsstelle."), "success")
    return redirect(url_for("contributions.show", example_id=example.id), 303)


@STATUS.filled(order=10)
def status_panel(who: Actor, example: Example) -> str:
    """Show an author where the example is, who acts next and until when."""
    if example.state is ExampleState.DRAFT:
        return ""
    review = queries.find_last_review(example)
    if review is None:
        return ""
    return render_template(
        "releases/_status.html",
        example=example,
        review=review,
        way=[stage for stage in WAY if is_on_way(review, stage)],
        awaited=[seat.seat for seat in review.readings if seat.submitted_at is None],
        office=queries.find_responsible_office(example),
        may_release=is_author(who, example) and review.stage is Stage.RELEASE,
        overdue=bool(review.due_on and review.due_on < clock.today()),
    )


def is_on_way(review: Review, stage: Stage) -> bool:
    """Tell whether a stage belongs to this passage: not every example goes to two readers."""
    if stage is review.stage:
        return True
    if stage in {Stage.CRITERIA, Stage.TALK}:
        return bool(review.readings)
    return stage is Stage.REGIONAL or bool(review.readings)
