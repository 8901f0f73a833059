"""The author agrees with the final text, or does not."""

from flask import url_for

from inforo import versions
from inforo.authz import Actor
from inforo.contributions.actions import add_step, missing_to_publish, refuse_missing
from inforo.offices.actions import open_item
from inforo.offices.models import WorkKind
from inforo.reviews import jobs
from inforo.reviews.actions import show_everybody
from inforo.reviews.guards import Read, refuse_stage, refuse_unread
from inforo.reviews.models import Stage
from inforo.reviews.passage import enter, open_review
from inforo.toolbox.models import Example


def release(actor: Actor, example: Example, read: Read) -> None:
    """The author agrees with the text as it is; it becomes public."""
    review = open_review(example)
    refuse_stage(review, Stage.RELEASE)
    refuse_unread(example, read)
    refuse_missing(missing_to_publish(example))
    review.released_number = versions.latest_number(example)
    add_step(actor, example, "released")
    show_everybody(actor, review)


def object_to(actor: Actor, example: Example, text: str) -> None:
    """The author does not agree; the office goes on."""
    review = open_review(example)
    refuse_stage(review, Stage.RELEASE)
    add_step(actor, example, "objected", text)
    open_item(
        WorkKind.EXAMPLE,
        example,
        title=example.title,
        url=url_for("reviews.show", example_id=example.id),
        author_id=example.author_id,
    )
    enter(review, Stage.REGIONAL)
    jobs.announce_back.later(review_id=review.id, occasion=f"objected:{review.version}")
