"""Proposing a published example, and leaving it as it is."""

from inforo import audit
from inforo.authz import Actor
from inforo.contributions.actions import add_step, tell_author
from inforo.errors import DomainError
from inforo.i18n import _, _l
from inforo.offices.actions import close_item
from inforo.offices.models import WorkKind
from inforo.reviews import jobs, queries
from inforo.reviews.actions import put_on_desk
from inforo.reviews.guards import Read, refuse_conflict, refuse_stage, refuse_unread
from inforo.reviews.models import Review, Stage
from inforo.reviews.passage import begin_review, current_review, end
from inforo.toolbox.models import Example


def nominate(actor: Actor, example: Example, message: str) -> Review:
    """Ask the office to let two readers rate the criteria; the page stays as it is."""
    queries.lock_example(example)
    if queries.find_open_review(example) is not None:
        raise DomainError(_("Dieses Praxisbeispiel wird schon geprüft."))
    put_on_desk(example)
    review = begin_review(example)
    step = add_step(actor, example, "nominated", message)
    jobs.announce_nomination.later(review_id=review.id, occasion=f"nominated:{step.id}")
    return review


def decline(actor: Actor, example: Example, reason: str, read: Read) -> None:
    """Leave the example published as it is, and tell its authors why."""
    review = current_review(example)
    refuse_conflict(actor, example, review)
    refuse_stage(review, Stage.REGIONAL, Stage.RELEASE)
    refuse_unread(example, read)
    end(actor, review, "not_awarded")
    step = add_step(actor, example, "not_awarded", reason)
    close_item(actor, WorkKind.EXAMPLE, example, _l("bleibt veröffentlicht"))
    audit.record(actor, "decline_good_practice", example, reason, title=example.title)
    title = _l("Bleibt veröffentlicht, ohne Good Practice: %(title)s", title=example.title)
    tell_author(actor, example, step, title)
