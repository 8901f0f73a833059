"""Who may do what with polls: what their thread allows. A locked one takes no votes."""

from inforo.authz import Actor
from inforo.config import settings
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread
from inforo.groups import policy as groups
from inforo.polls.models import Poll


def may_add(actor: Actor, thread: Thread) -> bool:
    """Put a poll under a question: who asked it."""
    return actor.is_me(thread.author_id) and takes_votes(actor, thread)


def takes_votes(actor: Actor, thread: Thread) -> bool:
    is_open = not thread.is_locked and not thread.is_hidden
    return is_open and groups.may_write(actor, thread.group)


def may_vote(actor: Actor, poll: Poll) -> bool:
    return not poll.is_over and takes_votes(actor, poll.place)


def may_remove(actor: Actor, poll: Poll) -> bool:
    """Who asked, as long as nobody voted (`actions.remove`), and the moderators."""
    return may_ask(actor, poll) or discussions.may_moderate(actor, poll.place)


def may_ask(actor: Actor, poll: Poll) -> bool:
    """Say what the poll asks: who asked the question it belongs to."""
    return actor.is_me(poll.thread.author_id) and takes_votes(actor, poll.place)


def may_edit(actor: Actor, poll: Poll) -> bool:
    """Correct it, or only prolong it once somebody voted (`actions.edit`)."""
    return not poll.is_over and may_remove(actor, poll)


def may_see_result(poll: Poll, count: int, *, has_voted: bool) -> bool:
    """Tell whether the numbers are shown; few anonymous ones would say who voted what."""
    if not poll.is_named and count < settings.poll_smallest:
        return False
    return poll.shows_early or has_voted or poll.is_over or poll.place.is_locked


def may_see_names(actor: Actor, poll: Poll) -> bool:
    return poll.is_named and actor.is_member
