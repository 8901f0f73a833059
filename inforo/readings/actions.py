"""What readers do: take a seat, rate blind, compare, agree."""

from collections.abc import Mapping, Sequence
from typing import Any

from inforo import clock, versions
from inforo.authz import Actor
from inforo.contributions.actions import add_step
from inforo.db import session
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _, _l
from inforo.offices.actions import close_item, find_and_take, free_item
from inforo.offices.models import CoordinationOffice, WorkKind
from inforo.offices.standing_in import absent_for
from inforo.reviews import jobs, policy, queries
from inforo.reviews.actions import ask_release, keep_conflict
from inforo.reviews.guards import Read, refuse_conflict, refuse_stage, refuse_unread
from inforo.reviews.models import Agreement, Reading, Review, ReviewRating, Stage
from inforo.reviews.passage import enter, show_agreed_criteria
from inforo.toolbox.states import Tier

HIGHLIGHTED = 3
Row = Mapping[str, Any]


def refuse_unfit(actor: Actor, reading: Reading) -> None:
    """Refuse who may not sit on this seat, with the reason."""
    knows = queries.knows_self_rating(actor, reading.review)
    reason = policy.unfit_to_read(actor, reading, knows)
    if reason:
        raise Forbidden(str(reason))


def take_reading(actor: Actor, reading: Reading) -> None:
    """Sit down on a free seat, or on the one of an absent colleague one stands in for."""
    queries.lock_review(reading.review)
    refuse_stage(reading.review, Stage.CRITERIA)
    if reading.reader_id == actor.account_id:
        return
    refuse_unfit(actor, reading)
    absent = absent_for(actor, clock.today())
    if reading.reader_id is not None and reading.reader_id not in absent:
        raise DomainError(_("Diese Lesung hat inzwischen jemand anderes übernommen."))
    if reading.submitted_at is not None:
        raise DomainError(_("Diese Lesung ist schon abgegeben."))
    reading.free()
    session.flush()
    reading.take(actor.account_id, policy.house_of(actor, reading))
    find_and_take(actor, WorkKind.READING, reading)
    add_step(actor, reading.review.example, "reading_taken", is_internal=True)


def give_back_reading(actor: Actor, reading: Reading) -> None:
    """Let somebody else read; what was written so far is deleted."""
    queries.lock_review(reading.review)
    if not policy.may_rate(actor, reading):
        raise Forbidden
    reading.free()
    free_item(WorkKind.READING, reading)


def offer_elsewhere(reading: Reading, office: CoordinationOffice) -> None:
    """Offer a seat to another office; whoever sat on it leaves nothing behind."""
    queries.lock_review(reading.review)
    refuse_stage(reading.review, Stage.CRITERIA)
    others = {other.office_id for other in reading.review.readings if other is not reading}
    if office.id in others:
        raise DomainError(_("Dort liest schon die andere Person."))
    reading.free()
    reading.office_id = office.id


def state_conflict(actor: Actor, reading: Reading, reason: str) -> None:
    """Say that one cannot rate this example; the seat goes to somebody else."""
    review = reading.review
    queries.lock_review(review)
    refuse_stage(review, Stage.CRITERIA)
    if policy.is_reader(actor, reading):
        if reading.submitted_at is not None:
            raise DomainError(_("Diese Lesung ist schon abgegeben."))
        reading.free()
        free_item(WorkKind.READING, reading)
    keep_conflict(actor, review, reason)
    jobs.announce_reading.later(reading_id=reading.id, occasion=f"conflict:{actor.account_id}")


def save_ratings(actor: Actor, reading: Reading, rows: Sequence[Row]) -> None:
    """Keep what was written so far; nobody else reads it."""
    queries.lock_review(reading.review)
    refuse_conflict(actor, reading.review.example, reading.review)
    if not policy.may_rate(actor, reading):
        raise Forbidden
    reading.ratings.clear()
    session.flush()
    reading.ratings.extend(ReviewRating(**row) for row in rows)


def submit_ratings(actor: Actor, reading: Reading, rows: Sequence[Row], read: Read) -> None:
    """Hand in all twelve ratings of the version that was read. The second opens the talk."""
    save_ratings(actor, reading, rows)
    example = reading.review.example
    refuse_unread(example, read)
    reading.submitted_at = clock.now()
    reading.number = versions.latest_number(example)
    close_item(actor, WorkKind.READING, reading, _l("abgegeben"))
    session.flush()
    after_readings(actor, reading.review)


# The talk


def write_agreement(
    actor: Actor, review: Review, rows: Sequence[Row], note: str, *, is_good: bool
) -> None:
    """Write down what both agreed on; it counts when the other reader has confirmed it."""
    queries.lock_review(review)
    refuse_stage(review, Stage.TALK)
    refuse_conflict(actor, review.example, review)
    if not policy.may_agree(actor, review):
        raise Forbidden
    chosen = [row for row in rows if row["is_highlighted"]]
    if is_good and len(chosen) != HIGHLIGHTED:
        raise DomainError(_("Für Good Practice sind es genau drei hervorgehobene Kriterien."))
    review.agreements.clear()
    session.flush()
    review.agreements.extend(Agreement(**row) for row in rows)
    review.talk_note, review.is_good = note, is_good
    review.agreed_by_id = actor.account_id
    review.agreed_number = versions.latest_number(review.example)
    session.flush()
    jobs.announce_talk.later(review_id=review.id, occasion=f"agreement:{review.version}")


def confirm_agreement(actor: Actor, review: Review, read: Read, agreement: str) -> None:
    """The other reader agrees too: the criteria of the example become those of the talk."""
    queries.lock_review(review)
    refuse_stage(review, Stage.TALK)
    refuse_conflict(actor, review.example, review)
    if not policy.may_confirm_agreement(actor, review):
        raise Forbidden(_("Bestätigen kann nur die andere lesende Person."))
    if str(review.version) != agreement:
        raise DomainError(
            _("Die Einigung wurde inzwischen geändert. Bitte lesen Sie sie noch einmal.")
        )
    refuse_unread(review.example, read)
    review.agreed_at = clock.now()
    if review.is_good and not review.example.is_published:
        show_agreed_criteria(review)
    after_agreement(actor, review)


def after_readings(actor: Actor, review: Review) -> None:
    """Open the talk as soon as both have submitted, once, whoever was the last."""
    if review.stage is not Stage.CRITERIA or not review.is_rated:
        return
    enter(review, Stage.TALK)
    review.example.blind_since = None
    add_step(actor, review.example, "rated", is_internal=True)
    jobs.announce_talk.later(review_id=review.id, occasion=f"rated:{review.id}")


def after_agreement(actor: Actor, review: Review) -> None:
    """Good Practice goes to the author; anything else back to the office, which decides."""
    example = review.example
    add_step(actor, example, "agreed", is_internal=True)
    if review.is_good:
        ask_release(review)
        return
    review.tier = Tier.PUBLISHED
    enter(review, Stage.REGIONAL)
    jobs.announce_back.later(review_id=review.id, occasion=f"agreed:{review.id}")
