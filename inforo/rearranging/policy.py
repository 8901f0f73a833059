"""Who may move what where. Both threads are asked, as they are when it is saved."""

from inforo.authz import Actor
from inforo.discussions.models import Thread
from inforo.discussions.policy import may_moderate
from inforo.groups import policy as groups
from inforo.rearranging.models import Rearrangement


def may_rearrange(actor: Actor, thread: Thread) -> bool:
    return may_moderate(actor, thread)


def may_receive(actor: Actor, source: Thread, target: Thread) -> bool:
    """Tell whether posts of one thread may go into another: never to a wider audience."""
    return (
        target.id != source.id
        and not target.is_hidden
        and may_moderate(actor, target)
        and groups.may_write(actor, target.group)
        and not groups.is_wider(target.group.audience, source.group.audience)
    )


def may_undo(actor: Actor, done: Rearrangement) -> bool:
    """Whoever moderates both threads, as long as it is recent."""
    return (
        done.is_recent and may_moderate(actor, done.source) and may_moderate(actor, done.target)
    )
