"""Who proposes a published example for Good Practice: its authors, besides the office."""

from inforo.authz import Actor
from inforo.reviews.policy import may_rise
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author


def may_nominate(actor: Actor, example: Example) -> bool:
    return is_author(actor, example) and may_rise(example)
