"""Who does what with a confidential question. Pure rules.

Two sides only: who asks, and the person of the office who has taken it (or stands in for them).
Colleagues see a number in the basket until they take it; no other role opens it.
"""

from dataclasses import dataclass, field

from inforo.authz import Actor
from inforo.confidences.models import Confidence
from inforo.offices import policy as offices
from inforo.offices.models import WorkItem


@dataclass(frozen=True)
class Case:
    """A question with its item in the basket, and whom the reader stands in for today."""

    question: Confidence
    item: WorkItem
    absent: frozenset[int] = field(default_factory=frozenset)


def may_ask(actor: Actor, _: object = None) -> bool:
    return actor.is_member and not actor.is_silenced


def is_asker(actor: Actor, case: Case) -> bool:
    return actor.is_me(case.question.asker_id)


def may_know(actor: Actor, case: Case) -> bool:
    """Know that it is there: who asked, and the staff of the office that has it."""
    return is_asker(actor, case) or offices.may_work_on(actor, case.item)


def handles(actor: Actor, case: Case) -> bool:
    """Read name and words for the office: who has taken it, or stands in for who has."""
    if is_asker(actor, case) or not offices.may_work_on(actor, case.item):
        return False
    return actor.is_me(case.item.taken_by_id) or case.item.taken_by_id in case.absent


def may_view(actor: Actor, case: Case) -> bool:
    return is_asker(actor, case) or handles(actor, case)


def may_write(actor: Actor, case: Case) -> bool:
    """Write to each other: until it ended without being published."""
    return may_view(actor, case) and case.question.ended_at is None


def may_propose(actor: Actor, case: Case) -> bool:
    return handles(actor, case) and case.question.is_open


def may_release(actor: Actor, case: Case) -> bool:
    return is_asker(actor, case) and case.question.awaits_release


def may_publish(actor: Actor, case: Case) -> bool:
    question = case.question
    return handles(actor, case) and question.is_open and question.is_released


def may_relay(actor: Actor, case: Case) -> bool:
    """Put the words of who asked into the discussion, for the office."""
    return handles(actor, case) and case.question.may_be_revealed


def may_end(actor: Actor, case: Case) -> bool:
    """Withdraw it, or close it without publishing."""
    return may_view(actor, case) and case.question.is_open


def may_offer(actor: Actor, case: Case) -> bool:
    """Ask whether another office may have it."""
    return handles(actor, case) and case.question.is_open


def may_agree(actor: Actor, case: Case) -> bool:
    """Let another office have it, or not."""
    return is_asker(actor, case) and case.question.wanted_office_id is not None


def may_accept(actor: Actor, case: Case) -> bool:
    """Say which post answers the question."""
    return is_asker(actor, case) and case.question.thread_id is not None


def may_reveal(actor: Actor, case: Case) -> bool:
    return is_asker(actor, case) and case.question.may_be_revealed
