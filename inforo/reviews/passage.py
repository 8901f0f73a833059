"""The passage of an example through the stages: how it begins, goes on and ends."""

from inforo import clock, versions
from inforo.authz import Actor
from inforo.capturing.actions import withdraw_links
from inforo.contributions.actions import add_step
from inforo.contributions.places import CORRECTED, SUBMITTED, WITHDRAWN
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l, written
from inforo.offices.actions import close_item, set_due
from inforo.offices.models import WorkKind
from inforo.reviews import deadlines, jobs, queries
from inforo.reviews.models import Review, Stage
from inforo.toolbox.example_parts import ExampleCriterion
from inforo.toolbox.models import Example


def open_review(example: Example) -> Review:
    """Return the passage the example is in, locked; begun now if there is none yet."""
    review = queries.find_open_review(example)
    if review is None:
        return begin_review(example)
    queries.lock_review(review)
    return review


def current_review(example: Example) -> Review:
    """Return the passage the example is in, locked; refuse if it is in none."""
    review = queries.find_open_review(example)
    if review is None:
        raise DomainError(_("Zurzeit wird dieses Praxisbeispiel nicht geprüft."))
    queries.lock_review(review)
    return review


def begin_review(example: Example) -> Review:
    if not versions.latest_number(example):
        versions.record(Actor(example.author_id), example, snapshot(example))
        session.flush()
    review = Review(
        example=example,
        example_id=example.id,
        base_number=versions.latest_number(example),
        readings=[],
        conflicts=[],
        agreements=[],
    )
    session.add(review)
    enter(review, Stage.REGIONAL)
    session.flush()
    return review


@SUBMITTED.then
def begin(actor: Actor, example: Example) -> None:
    """Start the passage, or go on with it after the author changed what was asked for."""
    review = open_review(example)
    review.base_number = versions.latest_number(example)
    enter(review, Stage.REGIONAL)


@CORRECTED.then
def read_again(actor: Actor, example: Example) -> None:
    """Let the readers agree anew: what they agreed on was said of another text."""
    review = queries.find_open_review(example)
    if review is None or review.stage not in {Stage.TALK, Stage.RELEASE}:
        return
    if review.agreed_by_id is None:
        return
    queries.lock_review(review)
    review.agreed_by_id, review.agreed_at = None, None
    enter(review, Stage.TALK)
    session.flush()
    add_step(actor, example, "reopened", is_internal=True)
    jobs.announce_talk.later(review_id=review.id, occasion=f"corrected:{review.version}")


@WITHDRAWN.then
def abandon(actor: Actor, example: Example) -> None:
    review = queries.find_open_review(example)
    if review is not None:
        end(actor, review, "withdrawn")


def show_agreed_criteria(review: Review) -> None:
    """Put what both readers agreed on into the text, for its author to release.

    In the history it stands under who proposed the example: not who of both was the last.
    """
    example = review.example
    example.criteria.clear()
    session.flush()
    example.criteria.extend(
        ExampleCriterion(
            criterion_key=agreed.criterion_key,
            position=agreed.position,
            level=agreed.level,
            reason=agreed.sentence,
            is_highlighted=agreed.is_highlighted,
        )
        for agreed in review.agreements
    )
    example.updated_at = clock.now()
    session.flush()
    words = written(_l("Ergebnis der Kriterienprüfung"))
    versions.record(Actor(review.decided_by_id), example, snapshot(example), words)


def end(actor: Actor, review: Review, outcome: str) -> None:
    """Close the passage and the seats of its readers."""
    review.end(outcome)
    review.example.blind_since = None
    withdraw_links(review.example)
    for reading in review.readings:
        close_item(actor, WorkKind.READING, reading, _l("beendet"))


def enter(review: Review, stage: Stage) -> None:
    """Go to a stage and let its time begin."""
    review.enter(stage, deadlines.due(review.example, stage))
    set_due(WorkKind.EXAMPLE, review.example, review.due_on)
