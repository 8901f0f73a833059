"""Who may open links into a group, and whom a link lets in. Pure rules."""

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import folded
from inforo.doors.models import Door, DoorRule
from inforo.groups import policy as groups
from inforo.groups.models import Group


def may_open(actor: Actor, group: Group) -> bool:
    """Tell whether the person may invite by link: who decides about members anyway."""
    return groups.may_manage(actor, group) and not group.is_archived


def fits(door: Door, account: Account) -> bool:
    """Tell whether a link was meant for the confirmed address of this account."""
    if door.rule is DoorRule.PERSON:
        return account.email_key == door.email_key
    if door.rule is DoorRule.DOMAINS:
        return folded(account.email).rpartition("@")[2] in door.domain_list
    return True
