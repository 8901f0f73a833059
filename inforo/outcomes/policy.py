"""Who tells what came of a question: who asked it, where they may still write. Pure rules."""

from inforo.authz import Actor
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread


def may_tell(actor: Actor, thread: Thread) -> bool:
    is_mine = actor.is_me(thread.author_id)
    is_open = not thread.is_locked and thread.merged_into_id is None
    return is_mine and is_open and discussions.may_reply(actor, thread)
