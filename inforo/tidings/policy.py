"""Who may still be told of something new. Pure rules."""

from inforo.authz import Actor
from inforo.groups import policy as groups
from inforo.tidings.models import Tiding


def may_hear(actor: Actor, tiding: Tiding) -> bool:
    """Files and pages of a group are read by who reads the group."""
    return groups.may_read(actor, tiding.group)
