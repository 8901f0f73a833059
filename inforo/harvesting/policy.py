"""Who may make an example of a discussion, and look after the consents. Pure rules."""

from inforo.authz import Actor
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread
from inforo.harvesting.models import Quote
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author


def may_harvest(actor: Actor, thread: Thread) -> bool:
    """Who asked, and the moderators; there must be something besides the question."""
    has_answers = thread.post_count > 1 and not thread.is_hidden
    is_mine = actor.is_me(thread.author_id) and discussions.may_view(actor, thread)
    is_writer = actor.is_member and not actor.is_silenced
    return has_answers and is_writer and (is_mine or discussions.may_moderate(actor, thread))


def may_see_quotes(actor: Actor, example: Example) -> bool:
    """The authors of the example see who was asked; words only of those who agreed."""
    return is_author(actor, example) and example.origin_thread_id is not None


def may_ask_again(actor: Actor, quote: Quote) -> bool:
    return may_see_quotes(actor, quote.example) and quote.waits
