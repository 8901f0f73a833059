"""The author agrees with the final text, or does not."""

from flask import url_for

from inforo import versions
from inforo.authz import Actor
from inforo.contributions.actions import add_step, missing_to_publish, refuse_missing
from inforo.contributions.places import OBJECTED, RELEASED
from inforo.offices.actions import open_item
from inforo.offices.models import WorkKind
from inforo.reviews import jobs
from inforo.reviews.actions import show_everybody
from inforo.reviews.guards import Read, refuse_stage, refuse_unread
from inforo.reviews.models import Stage
from inforo.reviews.passage import current_review, enter, show_agreed_criteria
from inforo.toolbox.models import Example


def release(actor: Actor, example: Example, read: Read) -> None:
    """The author agrees with the text as it is; it becomes public."""
    refuse_unread(example, read)
    make_public(actor, example)


@RELEASED.then
def make_public(actor: Actor, example: Example) -> None:
    """Publish what its author has read, here or behind a link that knows the version."""
    review = current_review(example)
    refuse_stage(review, Stage.RELEASE)
    refuse_missing(missing_to_publish(example))
    if example.is_published:
        show_agreed_criteria(review)
    review.released_number = versions.latest_number(example)
    add_step(actor, example, "released")
    show_everybody(actor, review)


def object_to(actor: Actor, example: Example, text: str) -> None:
    """The author does not agree; the office goes on."""
    refuse_stage(current_review(example), Stage.RELEASE)
    add_step(actor, example, "objected", text)
    go_back_to_office(actor, example)


@OBJECTED.then
def go_back_to_office(actor: Actor, example: Example) -> None:
    """Put the example on the desk of the office again."""
    review = current_review(example)
    refuse_stage(review, Stage.RELEASE)
    open_item(
        WorkKind.EXAMPLE,
        example,
        title=example.title,
        url=url_for("reviews.show", example_id=example.id),
        author_id=example.author_id,
    )
    enter(review, Stage.REGIONAL)
    jobs.announce_back.later(review_id=review.id, occasion=f"objected:{review.version}")
