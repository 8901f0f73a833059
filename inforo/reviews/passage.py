"""The passage of an example through the stages: how it begins, goes on and ends."""

from inforo import versions
from inforo.authz import Actor
from inforo.capturing.actions import withdraw_links
from inforo.contributions.places import SUBMITTED, WITHDRAWN
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.i18n import _l
from inforo.offices.actions import close_item, set_due
from inforo.offices.models import WorkKind
from inforo.reviews import deadlines, queries
from inforo.reviews.models import Review, Stage
from inforo.toolbox.models import Example


def open_review(example: Example) -> Review:
    """Return the passage the example is in, locked; begun now if there is none yet."""
    review = queries.find_open_review(example)
    if review is None:
        return begin_review(example)
    queries.lock_review(review)
    return review


def begin_review(example: Example) -> Review:
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
    if not versions.latest_number(example):
        versions.record(actor, example, snapshot(example))
        session.flush()
    review = open_review(example)
    review.base_number = versions.latest_number(example)
    enter(review, Stage.REGIONAL)


@WITHDRAWN.then
def abandon(actor: Actor, example: Example) -> None:
    review = queries.find_open_review(example)
    if review is not None:
        end(actor, review, "withdrawn")


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
