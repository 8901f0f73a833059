"""Where moderators may move a thread. Whether they moderate it, discussions know."""

from inforo.authz import Actor, Scope
from inforo.discussions.models import Thread
from inforo.groups import policy as groups
from inforo.groups.models import Group


def may_move_to(actor: Actor, thread: Thread, group: Group, scope: Scope) -> bool:
    """Tell whether a moderator reaches the target, with the scope the thread would get."""
    if group.id == thread.group_id or not groups.may_write(actor, group):
        return False
    if groups.is_wider(group.audience, thread.group.audience):
        return False
    reaches = actor.is_admin or any(grant.covers(scope) for grant in actor.coordinated)
    return reaches or group.id in actor.managed_group_ids
