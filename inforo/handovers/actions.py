"""Every write on offers to lead a group. Nothing here commits; the caller does."""

from typing import Any

from flask import url_for

from inforo import audit
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.groups import queries as groups
from inforo.groups.actions import log_title, tell_managers
from inforo.groups.member_queries import get_membership
from inforo.groups.models import Group, GroupRole, Membership
from inforo.handovers import queries
from inforo.handovers.models import Answer, Handover
from inforo.i18n import _, _l
from inforo.memberships.actions import tell
from inforo.watching import actions as watching
from inforo.watching.models import Level, Target


class LeadsAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Diese Person leitet die Gruppe schon."))


def offer(
    actor: Actor, group: Group, membership: Membership, message: str, *, stays: bool
) -> Handover:
    """Ask a member to lead the group; a newer offer takes the place of an older one."""
    if membership.role is GroupRole.MANAGER:
        raise LeadsAlready
    older = queries.find_open(group, membership.account_id)
    if older is not None:
        settle(older, Answer.WITHDRAWN)
        session.flush()
    handover = Handover(
        group_id=group.id,
        from_id=actor.account_id,
        to_id=membership.account_id,
        message=message,
        stays=stays,
    )
    session.add(handover)
    session.flush()
    audit.record(actor, "offer_handover", group, title=log_title(group))
    tell(
        actor,
        membership.account_id,
        title=_l(
            "%(name)s bittet Sie, die Gruppe „%(group)s“ zu leiten",
            name=actor.name,
            group=group.name,
        ),
        url=url_for("handovers.show", handover_id=handover.id),
        key=f"group-handover:{handover.id}",
        text=message,
    )
    return handover


def settle(handover: Handover, answer: Answer) -> None:
    handover.answer, handover.answered_at = answer, now()


def accept(actor: Actor, handover: Handover) -> None:
    """Lead the group; who handed it over stays a member, or a manager beside."""
    group = handover.group
    groups.lock_group(group)
    settle(handover, Answer.ACCEPTED)
    get_membership(group, handover.to_id).role = GroupRole.MANAGER
    if not handover.stays:
        get_membership(group, handover.from_id).role = GroupRole.MEMBER
    watching.suggest(handover.to_id, Target.GROUP, group.id, Level.FOLLOW)
    audit.record(actor, "accept_handover", group, title=log_title(group))
    title = _l(
        "%(name)s leitet jetzt die Gruppe „%(group)s“", name=actor.name, group=group.name
    )
    key = f"group-handover:{handover.id}:accepted"
    session.flush()
    tell_managers(actor, group, title, "", key)
    tell_giver(actor, handover, title, key)


def decline(actor: Actor, handover: Handover) -> None:
    settle(handover, Answer.DECLINED)
    audit.record(actor, "decline_handover", handover.group, title=log_title(handover.group))
    title = _l(
        "%(name)s möchte die Gruppe „%(group)s“ nicht leiten",
        name=actor.name,
        group=handover.group.name,
    )
    tell_giver(actor, handover, title, f"group-handover:{handover.id}:declined")


def withdraw(actor: Actor, handover: Handover) -> None:
    settle(handover, Answer.WITHDRAWN)
    audit.record(actor, "withdraw_handover", handover.group, title=log_title(handover.group))


def tell_giver(actor: Actor, handover: Handover, title: Any, key: str) -> None:
    url = url_for("memberships.members", slug=handover.group.slug)
    tell(actor, handover.from_id, title=title, url=url, key=key)
