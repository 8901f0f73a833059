"""Who may change the circle of people who write an example."""

from inforo.authz import Actor
from inforo.toolbox.example_parts import ExampleAuthor
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author, is_creator


def may_invite(actor: Actor, example: Example) -> bool:
    return is_author(actor, example)


def may_hand_over(actor: Actor, example: Example) -> bool:
    return is_creator(actor, example)


def may_leave(actor: Actor, example: Example) -> bool:
    return is_author(actor, example)


def may_remove(actor: Actor, author: ExampleAuthor, example: Example) -> bool:
    """Others are taken off by who answers for the example; oneself one leaves."""
    return is_creator(actor, example) and not actor.is_me(author.account_id)
