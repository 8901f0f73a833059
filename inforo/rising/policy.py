"""Who may be asked about an unanswered question, and who may ask. Pure rules."""

from inforo.authz import Actor
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread
from inforo.rising.models import HelpRequest


def is_open(thread: Thread) -> bool:
    """Tell whether an answer is still wanted and possible."""
    group = thread.group
    is_closed = thread.is_locked or thread.is_hidden or group.archived_at is not None
    return not thread.is_answered and not is_closed and thread.merged_into_id is None


def may_be_asked(actor: Actor, thread: Thread) -> bool:
    """Who could answer, and does not ask themselves."""
    is_other = not actor.is_me(thread.author_id)
    return is_other and is_open(thread) and discussions.may_reply(actor, thread)


def may_decline(actor: Actor, request: HelpRequest) -> bool:
    return actor.is_me(request.account_id) and request.waits


def may_ask_people(actor: Actor, thread: Thread) -> bool:
    """The offices of the scope and the managers of the group, by name."""
    return is_open(thread) and discussions.may_moderate(actor, thread)
