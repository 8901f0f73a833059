"""The review of what was contributed: the office's desk, the readers, the author's release."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, files, versions
from inforo.authz import Actor, actor, require, staff
from inforo.contributions.actions import missing_to_publish
from inforo.contributions.places import STATUS
from inforo.db import session
from inforo.errors import Forbidden
from inforo.forms import Form, ReasonForm, options, with_blank
from inforo.i18n import _
from inforo.notifications.actions import mark_subject_read
from inforo.offices import queries as offices
from inforo.reviews import actions, policy, queries, readings
from inforo.reviews.forms import (
    AgreementForm,
    AskForm,
    ConflictForm,
    NoteForm,
    ObjectionForm,
    ProposeForm,
    RatingForm,
)
from inforo.reviews.guards import ChangedSince, Read
from inforo.reviews.models import STAGES, Reading, Review, Stage
from inforo.text import diff
from inforo.toolbox import fields
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example, ExampleState
from inforo.toolbox.policy import is_author, may_see_criteria
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("reviews", __name__)
WAY = (Stage.REGIONAL, Stage.CRITERIA, Stage.TALK, Stage.RELEASE)


def read_version() -> Read:
    """Return what the person had before the eyes, as the form tells."""
    number = request.form.get("number", "")
    return Read(request.form.get("version", ""), int(number) if number.isdecimal() else 0)


def whole_text(example: Example) -> dict[str, Any]:
    """Return what the templates of an example's text need."""
    return {
        "example": example,
        "number": versions.latest_number(example),
        "criteria": dict(vocabularies.choices("criterion")),
        "evidence": fields.EVIDENCE,
        "levels": fields.LEVELS,
    }


def differences(example: Example, number: int) -> list[tuple[Any, Any]]:
    """Return (label, HTML of the difference) since a version, as far as one may see it."""
    hidden = set() if may_see_criteria(actor(), example) else {"criteria"}
    return [
        (fields.LABELS[name], diff(before, after))
        for name, before, after in queries.changes_since(example, number)
        if name not in hidden
    ]


# The office


@bp.get("/arbeitskorb/beispiele/<int:example_id>")
@staff
def show(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    mark_subject_read(actor(), f"examples:{example.id}")
    session.commit()
    return show_review(example)


def show_review(example: Example, changed: ChangedSince | None = None, **given: Form) -> str:
    """Show everything a reviewer needs; `given` are forms that came back with errors."""
    forms = {
        "ask": AskForm,
        "back": ReasonForm,
        "note": NoteForm,
        "conflict": ConflictForm,
        "propose": ProposeForm,
    }
    shown = {name: given.get(name) or form(formdata=None) for name, form in forms.items()}
    review = queries.find_open_review(example)
    shown["propose"].office.choices = office_choices(example)
    return render_template(
        "reviews/show.html",
        forms=shown,
        changed=changed,
        problems=next((form for form in given.values() if form.errors), None),
        missing=missing_to_publish(example),
        steps=toolbox.steps_of(example, with_internal=policy.may_see_notes(actor(), example)),
        review=review,
        stage=review.stage if review else Stage.REGIONAL,
        conflict=policy.conflict(actor(), example, review),
        needs_release=review is not None and actions.needs_release(example, review),
        overdue=bool(review and review.due_on and review.due_on < clock.today()),
        **whole_text(example),
    )


def office_choices(example: Example) -> Any:
    """Return the offices that may read as the second one."""
    places = offices.offices_with_states()
    own = offices.responsible_office(places, example.scope)
    taken = {example.office_id, own.id if own else None}
    others = queries.other_offices(taken)
    return options(with_blank((str(office.id), office.name) for office in others))


def back_to_review(example: Example, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for("reviews.show", example_id=example.id), 303)


def unread(example: Example, changed: ChangedSince, **given: Form) -> ResponseReturnValue:
    """Answer that the text is not the one that was read; what was typed stays."""
    session.rollback()
    return show_review(example, changed, **given), 409


@bp.post("/arbeitskorb/beispiele/<int:example_id>/veroeffentlichen")
@staff
def publish(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    refuse_conflict(example)
    require(policy.may_publish, example)
    try:
        is_public = actions.publish(actor(), example, read_version())
    except ChangedSince as changed:
        return unread(example, changed)
    if is_public:
        return back_to_review(example, _("Das Praxisbeispiel ist jetzt öffentlich."))
    told = _("Die Autorin oder der Autor liest jetzt die Fassung und gibt sie frei.")
    return back_to_review(example, told)


def refuse_conflict(example: Example) -> None:
    """Say why somebody with a stake may not decide, before anything else is checked."""
    reason = policy.conflict(actor(), example, queries.find_open_review(example))
    if reason:
        raise Forbidden(str(reason))


@bp.post("/arbeitskorb/beispiele/<int:example_id>/nachfragen")
@staff
def ask_changes(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    refuse_conflict(example)
    require(policy.may_ask_changes, example)
    form = AskForm()
    if not form.validate_on_submit():
        return show_review(example, ask=form), 422
    try:
        actions.ask_changes(actor(), example, form.question.data, read_version())
    except ChangedSince as changed:
        return unread(example, changed, ask=form)
    return back_to_review(example, _("Die Bitte ist unterwegs."))


@bp.post("/arbeitskorb/beispiele/<int:example_id>/zurueckgeben")
@staff
def send_back(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    refuse_conflict(example)
    require(policy.may_send_back, example)
    form = ReasonForm()
    if not form.validate_on_submit():
        return show_review(example, back=form), 422
    try:
        actions.send_back(actor(), example, form.reason.data, read_version())
    except ChangedSince as changed:
        return unread(example, changed, back=form)
    return back_to_review(example, _("Abgelehnt. Die Begründung ist unterwegs."))


@bp.post("/arbeitskorb/beispiele/<int:example_id>/good-practice")
@staff
def propose(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    refuse_conflict(example)
    require(policy.may_propose, example)
    form = ProposeForm()
    form.office.choices = office_choices(example)
    if not form.validate_on_submit():
        return show_review(example, propose=form), 422
    try:
        office = offices.get_office(int(form.office.data))
        actions.propose(actor(), example, office, read_version())
    except ChangedSince as changed:
        return unread(example, changed, propose=form)
    return back_to_review(example, _("Vorgeschlagen. Zwei Lesende bewerten die Kriterien."))


@bp.post("/arbeitskorb/beispiele/<int:example_id>/befangen")
@staff
def state_conflict(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    require(policy.may_state_conflict, example)
    form = ConflictForm()
    if not form.validate_on_submit():
        return show_review(example, conflict=form), 422
    actions.state_conflict(actor(), example, form.conflict.data)
    return back_to_review(example, _("Notiert. Der Beitrag geht an eine andere Person."))


@bp.post("/arbeitskorb/beispiele/<int:example_id>/notiz")
@staff
def note(example_id: int) -> ResponseReturnValue:
    example = queries.get_review(actor(), example_id)
    require(policy.may_see_notes, example)
    form = NoteForm()
    if not form.validate_on_submit():
        return show_review(example, note=form), 422
    actions.note(actor(), example, form.note.data)
    return back_to_review(example, _("Notiert."))


@bp.get("/arbeitskorb/beispiele/<int:example_id>/aenderungen/<int:number>")
@staff
def changes(example_id: int, number: int) -> ResponseReturnValue:
    """Show what has changed since a version."""
    example = queries.get_review(actor(), example_id)
    back = url_for("reviews.show", example_id=example.id)
    return show_changes(example, number, back)


def show_changes(example: Example, number: int, back: str) -> str:
    return render_template(
        "reviews/changes.html",
        example=example,
        number=number,
        entries=differences(example, number),
        back=back,
    )


# Two readers


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
        "reviews/read.html",
        reading=reading,
        form=form,
        conflict_form=conflict or ConflictForm(formdata=None),
        unfit="" if is_mine else policy.unfit_to_read(actor(), reading, knows),
        is_mine=is_mine,
        absent=offices.absent_for(actor(), clock.today()),
        may_rate=policy.may_rate(actor(), reading),
        changed=changed,
        **whole_text(queries.get_text(review)),
    )


def to_reading(reading: Reading, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for("reviews.read", reading_id=reading.id), 303)


@bp.post("/arbeitskorb/lesungen/<int:reading_id>/uebernehmen")
@staff
def take(reading_id: int) -> ResponseReturnValue:
    reading = queries.get_reading(actor(), reading_id)
    readings.take_reading(actor(), reading)
    return to_reading(reading, _("Übernommen. Sie lesen unabhängig von der anderen Person."))


@bp.post("/arbeitskorb/lesungen/<int:reading_id>/zuruecklegen")
@staff
def give_back(reading_id: int) -> ResponseReturnValue:
    reading = queries.get_reading(actor(), reading_id)
    require(policy.may_rate, reading)
    readings.give_back_reading(actor(), reading)
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
        readings.save_ratings(actor(), reading, form.rows())
        return to_reading(reading, _("Gespeichert. Nur Sie sehen das."))
    try:
        readings.submit_ratings(actor(), reading, form.rows(), read_version())
    except ChangedSince as changed:
        session.rollback()
        return show_reading(reading, form, changed=changed), 409
    session.commit()
    if reading.review.stage is Stage.TALK:
        flash(_("Abgegeben. Beide Lesungen liegen vor."), "success")
        return redirect(url_for("reviews.talk", example_id=reading.review.example_id), 303)
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
    readings.state_conflict(actor(), reading, form.conflict.data)
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
    back = url_for("reviews.read", reading_id=reading.id)
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
    readings.write_agreement(
        actor(), review, form.rows(), form.note.data or "", is_good=form.is_good.data
    )
    session.commit()
    flash(_("Aufgeschrieben. Jetzt bestätigt die andere Person."), "success")
    return redirect(url_for("reviews.talk", example_id=example_id), 303)


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
        "reviews/talk.html",
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
        readings.confirm_agreement(actor(), review, read_version(), agreement)
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
    back = url_for("reviews.talk", example_id=example_id)
    return show_changes(queries.get_text(review), number, back)


# The author


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
        "reviews/release.html",
        review=review,
        form=form,
        waits=waits,
        changed=changed,
        entries=differences(example, review.base_number) if review else [],
        missing=missing_to_publish(example),
        **whole_text(example),
    )


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
        "reviews/_status.html",
        example=example,
        review=review,
        way=[stage for stage in WAY if is_on_way(review, stage)],
        stages=STAGES,
        office=queries.find_responsible_office(example),
        may_release=is_author(who, example) and review.stage is Stage.RELEASE,
        overdue=bool(review.due_on and review.due_on < clock.today()),
    )


def is_on_way(review: Review, stage: Stage) -> bool:
    """Tell whether a stage belongs to this passage: not every example goes to two readers."""
    if stage in {Stage.CRITERIA, Stage.TALK}:
        return bool(review.readings)
    return stage is Stage.REGIONAL or review.stage is Stage.RELEASE or bool(review.readings)


# Tools


@bp.route("/arbeitskorb/werkzeuge/<int:tool_id>", methods=["GET", "POST"])
@staff
def show_tool(tool_id: int) -> ResponseReturnValue:
    """Show a tool to its reviewer; POST returns it with a reason."""
    tool = queries.get_tool_review(actor(), tool_id)
    form = ReasonForm()
    if request.method == "POST":
        require(policy.may_review_tool, tool)
    if form.validate_on_submit():
        actions.return_tool(actor(), tool, form.reason.data)
        session.commit()
        flash(_("Zurückgegeben. Die Begründung ist unterwegs."), "success")
        return redirect(url_for("reviews.show_tool", tool_id=tool.id), 303)
    may_decide = policy.may_review_tool(actor(), tool)
    page = render_template(
        "reviews/show_tool.html", tool=tool, form=form, may_decide=may_decide
    )
    return page, 422 if form.errors else 200


@bp.post("/arbeitskorb/werkzeuge/<int:tool_id>/veroeffentlichen")
@staff
def publish_tool(tool_id: int) -> ResponseReturnValue:
    tool = queries.get_tool_review(actor(), tool_id)
    require(policy.may_review_tool, tool)
    actions.publish_tool(actor(), tool, read_version())
    session.commit()
    flash(_("Das Werkzeug ist jetzt öffentlich."), "success")
    return redirect(url_for("reviews.show_tool", tool_id=tool.id), 303)
