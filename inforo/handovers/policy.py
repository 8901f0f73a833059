"""Who may offer a group, and who answers. Pure rules."""

from inforo.authz import Actor
from inforo.groups.models import Group
from inforo.handovers.models import Handover


def may_offer(actor: Actor, group: Group) -> bool:
    """Only who leads a living group can hand it over."""
    return group.id in actor.managed_group_ids and not group.is_archived


def may_answer(actor: Actor, handover: Handover) -> bool:
    return actor.is_me(handover.to_id)


def may_withdraw(actor: Actor, handover: Handover) -> bool:
    return actor.is_me(handover.from_id) or handover.group_id in actor.managed_group_ids


def may_see(actor: Actor, handover: Handover) -> bool:
    return may_answer(actor, handover) or may_withdraw(actor, handover)
