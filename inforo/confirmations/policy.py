"""Who works on what people answered. The office confirms nothing that is its own."""

from inforo.authz import Actor
from inforo.contributions.policy import may_open_review, may_review
from inforo.toolbox.models import Example


def may_open(actor: Actor, example: Example) -> bool:
    """Tell whether the case exists for this person at all."""
    return example.is_published and may_open_review(actor, example)


def may_decide(actor: Actor, example: Example) -> bool:
    return example.is_published and may_review(actor, example)
