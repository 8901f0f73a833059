"""Who may write, submit and withdraw. Nobody decides about what is their own.

Authors change their drafts and what was given back to them. What is submitted or published
is changed by the responsible office (with history): so a text never changes under the eyes
of its reviewer, and a published page never without a second person. Authors who want to
change a published example withdraw it, or tell the office.
"""

from inforo.authz import Actor
from inforo.toolbox import policy as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.policy import (
    SEEN_BY_OFFICE,
    has_captured,
    has_own_interest,
    is_author,
    is_creator,
    is_responsible,
)
from inforo.toolbox.states import ExampleState

is_colleague = toolbox.is_colleague

AUTHOR_EDITS = frozenset(
    {
        ExampleState.DRAFT,
        ExampleState.CHANGES_ASKED,
        ExampleState.RETURNED,
        ExampleState.WITHDRAWN,
    }
)
OFFICE_EDITS = frozenset(
    {ExampleState.SUBMITTED, ExampleState.CHANGES_ASKED, ExampleState.PUBLISHED}
)


def may_contribute(actor: Actor, _: object = None) -> bool:
    return actor.is_member


def may_open_review(actor: Actor, example: Example) -> bool:
    """Tell whether the review exists for this person at all."""
    return example.state in SEEN_BY_OFFICE and is_responsible(actor, example)


def may_review(actor: Actor, example: Example) -> bool:
    """Decide about an example: the responsible office, never who is too near to it."""
    return may_open_review(actor, example) and not has_own_interest(actor, example)


def may_edit(actor: Actor, example: Example) -> bool:
    writes = is_author(actor, example) or has_captured(actor, example)
    if writes and example.state in AUTHOR_EDITS:
        return True
    return may_review(actor, example) and example.state in OFFICE_EDITS


def may_submit(actor: Actor, example: Example) -> bool:
    """Only authors hand in; what was captured in a conversation is released by its author."""
    return is_author(actor, example) and example.state in AUTHOR_EDITS


def may_withdraw(actor: Actor, example: Example) -> bool:
    if example.is_published and may_review(actor, example):
        return True
    return is_author(actor, example) and example.state in OFFICE_EDITS


def may_delete(actor: Actor, example: Example) -> bool:
    """Delete a draft nobody else has seen: who began it, not who helps."""
    return is_creator(actor, example) and example.state is ExampleState.DRAFT
