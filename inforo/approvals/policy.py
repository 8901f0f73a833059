"""Who sees a post that waits, and who decides. Pure rules.

Authors see their own. Others are those whose basket it is in, and the managers of its group;
what went into a protected group meanwhile is seen by its managers only.
"""

from inforo.approvals.models import HeldPost
from inforo.authz import Actor
from inforo.offices.models import WorkItem
from inforo.offices.policy import may_work_on


def may_view(actor: Actor, held: HeldPost, item: WorkItem | None) -> bool:
    if actor.is_me(held.author_id):
        return True
    if held.group_id in actor.managed_group_ids:
        return True
    return item is not None and not held.group.is_protected and may_work_on(actor, item)


def may_decide(actor: Actor, held: HeldPost) -> bool:
    """Of those who see it: everybody but the author, once."""
    return held.is_waiting and not actor.is_me(held.author_id)


def may_revise(actor: Actor, held: HeldPost) -> bool:
    """Authors change or withdraw what is not published."""
    return actor.is_me(held.author_id) and held.approved_at is None
