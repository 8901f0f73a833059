"""The desk of the two readers: a seat each, blind ratings, the talk, the agreement."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, files, versions
from inforo.authz import actor, require, staff
from inforo.db import session
from inforo.forms import Form
from inforo.i18n import _
from inforo.notifications.actions import mark_subject_read
from inforo.offices import standing_in
from inforo.readings import actions
from inforo.readings.forms import AgreementForm, RatingForm
from inforo.reviews import policy, queries
from inforo.reviews.forms import ConflictForm
from inforo.reviews.guards import ChangedSince
from inforo.reviews.models import Reading, Review, Stage
from inforo.reviews.views import read_version, show_changes, whole_text
from inforo.toolbox import fields
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("readings", __name__)


@bp.get("/arbeitskorb/lesungen/<int:reading_id>")
@staff
def read(reading_id: int) -> ResponseReturnValue:
    reading = queries.get_reading(actor(), reading_id)
    mark_subject_read(actor(), f"examples:{reading.review.example_id}")
    session.commit()
    form = rating_form()
    form.fill(reading.ratings)
    return show_reading(reading, form)


def rating_form() -> Any:
    form = RatingForm(formdata=request.form if request.method == "POST" else None)
    form.name_criteria(vocabularies.choices("criterion"))
    form.is_final = "submit" in request.form
    return form


def show_reading(
    reading: Reading,
    form: Any,
    conflict: Form | None = None,
    changed: ChangedSince | None = None,
) -> str:
    """Show the text without what the author or the other reader say about the criteria."""
    review = reading.review
    knows = queries.knows_self_rating(actor(), review)
    is_mine = policy.is_reader(actor(), reading)
    return render_template(
        "readings/read.html",
        reading=reading,
        form=form,
        conflict_form=conflict or ConflictForm(formdata=None),
        unfit="" if is_mine else policy.unfit_to_read(actor(), reading, knows),
        is_mine=is_mine,
        absent=standing_in.absent_for(actor(), clock.today()),
        may_rate=policy.may_rate(actor(), reading),
        changed=changed,
        **whole_text(queries.get_text(review)),
    )


def to_reading(reading: Reading, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for("readings.read", reading_id=reading.id), 303)


@bp.post("/arbeitskorb/lesungen/<int:reading_id>/uebernehmen")
@staff
def take(reading_id: int) -> ResponseReturnValue:
    reading = queries.get_reading(actor(), reading_id)
    actions.take_reading(actor(), reading)
    return to_reading(reading, _("Übernommen. Sie lesen unabhängig von der anderen Person."))


@bp.post("/arbeitskorb/lesungen/<int:reading_id>/zuruecklegen")
@staff
def give_back(reading_id: int) -> ResponseReturnValue:
    reading = queries.get_reading(actor(), reading_id)
    require(policy.may_rate, reading)
    actions.give_back_reading(actor(), reading)
    return to_reading(reading, _("Zurückgelegt. Ihre Angaben sind gelöscht."))


@bp.post("/arbeitskorb/lesungen/<int:reading_id>")
@staff
def rate(reading_id: int) -> ResponseReturnValue:
    """Keep the ratings as a draft, or hand them in."""
    reading = queries.get_reading(actor(), reading_id)
    require(policy.may_rate, reading)
    form = rating_form()
    if not form.validate_on_submit():
        return show_reading(reading, form), 422
    if not form.is_final:
        actions.save_ratings(actor(), reading, form.rows())
        return to_reading(reading, _("Gespeichert. Nur Sie sehen das."))
    try:
        actions.submit_ratings(actor(), reading, form.rows(), read_version())
    except ChangedSince as changed:
        session.rollback()
        return show_reading(reading, form, changed=changed), 409
    session.commit()
    if reading.review.stage is Stage.TALK:
        flash(_("Abgegeben. Beide Lesungen liegen vor."), "success")
        return redirect(url_for("readings.talk", example_id=reading.review.example_id), 303)
    return to_reading(reading, _("Abgegeben. Das Gespräch beginnt, wenn beide da sind."))


@bp.post("/arbeitskorb/lesungen/<int:reading_id>/befangen")
@staff
def decline_reading(reading_id: int) -> ResponseReturnValue:
    reading = queries.get_reading(actor(), reading_id)
    form = ConflictForm()
    if not form.validate_on_submit():
        ratings = rating_form()
        ratings.fill(reading.ratings)
        return show_reading(reading, ratings, conflict=form), 422
    actions.state_conflict(actor(), reading, form.conflict.data)
    session.commit()
    flash(_("Notiert. Die Lesung geht an eine andere Person."), "success")
    return redirect(url_for("moderation.index"), 303)


@bp.get("/arbeitskorb/lesungen/<int:reading_id>/dateien/<int:file_id>")
@staff
def reading_file(reading_id: int, file_id: int) -> ResponseReturnValue:
    """Deliver a file of the example to a reader from another Land."""
    reading = queries.get_reading(actor(), reading_id)
    attached = toolbox.get_example_file(reading.review.example, file_id)
    return files.deliver(attached.file, is_public=False)


@bp.get("/arbeitskorb/lesungen/<int:reading_id>/aenderungen/<int:number>")
@staff
def reading_changes(reading_id: int, number: int) -> ResponseReturnValue:
    reading = queries.get_reading(actor(), reading_id)
    back = url_for("readings.read", reading_id=reading.id)
    return show_changes(reading.review.example, number, back)


# The talk


@bp.route("/arbeitskorb/beispiele/<int:example_id>/gespraech", methods=["GET", "POST"])
@staff
def talk(example_id: int) -> ResponseReturnValue:
    """Show both ratings beside each other; POST writes down what both agreed on."""
    review = queries.get_talk(actor(), example_id)
    form = AgreementForm(formdata=request.form if request.method == "POST" else None)
    form.name_criteria(vocabularies.choices("criterion"))
    if request.method == "GET":
        form.fill(review.agreements or suggestions(review))
        form.highlighted.data = [agreed.criterion_key for agreed in review.highlighted]
        form.note.data = review.talk_note
        form.is_good.data = review.is_good or review.agreed_by_id is None
        return show_talk(review, form)
    require(policy.may_agree, review)
    if not form.validate_on_submit():
        return show_talk(review, form), 422
    actions.write_agreement(
        actor(), review, form.rows(), form.note.data or "", is_good=form.is_good.data
    )
    session.commit()
    flash(_("Aufgeschrieben. Jetzt bestätigt die andere Person."), "success")
    return redirect(url_for("readings.talk", example_id=example_id), 303)


def suggestions(review: Review) -> list[Any]:
    """Return the ratings both gave alike, to begin the agreement with."""
    first, second = (by_key(reading.ratings) for reading in review.readings)
    return [each for key, each in first.items() if each.level == second[key].level]


def by_key(rows: Any) -> dict[str, Any]:
    return {row.criterion_key: row for row in rows}


def show_talk(review: Review, form: Any, changed: ChangedSince | None = None) -> str:
    example = queries.get_text(review)
    number = versions.latest_number(example)
    return render_template(
        "readings/talk.html",
        review=review,
        example=example,
        form=form,
        number=number,
        changed=changed,
        rows=compare(review, example),
        stale=[reading for reading in review.readings if reading.number != number],
        may_agree=policy.may_agree(actor(), review),
        may_confirm=policy.may_confirm_agreement(actor(), review),
        levels=fields.LEVELS,
        criteria=dict(vocabularies.choices("criterion")),
    )


def compare(review: Review, example: Example) -> list[dict[str, Any]]:
    """Return each criterion with both ratings and the author's own, far ones marked."""
    sources = [reading.ratings for reading in review.readings]
    first, second = (by_key(ratings) for ratings in sources)
    own = by_key(example.criteria)
    return [
        {
            "label": label,
            "first": first.get(key),
            "second": second.get(key),
            "own": own.get(key) if review.agreed_at is None else None,
            "is_far": abs(first[key].level - second[key].level) > 1,
        }
        for key, label in vocabularies.choices("criterion")
        if key in first and key in second
    ]


@bp.post("/arbeitskorb/beispiele/<int:example_id>/gespraech/bestaetigen")
@staff
def confirm_agreement(example_id: int) -> ResponseReturnValue:
    review = queries.get_talk(actor(), example_id)
    agreement = request.form.get("agreement", "")
    try:
        actions.confirm_agreement(actor(), review, read_version(), agreement)
    except ChangedSince as changed:
        session.rollback()
        review = queries.get_talk(actor(), example_id)
        form = AgreementForm(formdata=None)
        form.name_criteria(vocabularies.choices("criterion"))
        form.fill(review.agreements)
        return show_talk(review, form, changed), 409
    session.commit()
    flash(_("Bestätigt. Die Kriterienprüfung ist abgeschlossen."), "success")
    return redirect(url_for("moderation.index"), 303)


@bp.get("/arbeitskorb/beispiele/<int:example_id>/gespraech/aenderungen/<int:number>")
@staff
def talk_changes(example_id: int, number: int) -> ResponseReturnValue:
    """Show the readers what has changed since one of them has read the text."""
    review = queries.get_talk(actor(), example_id)
    back = url_for("readings.talk", example_id=example_id)
    return show_changes(queries.get_text(review), number, back)
