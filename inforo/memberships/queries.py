"""Every SELECT on requests and invitations. Who asks comes first."""

from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import folded, session
from inforo.errors import NotFound
from inforo.groups import policy
from inforo.groups.member_queries import standing_invitations
from inforo.groups.models import Group, JoinRequest, Membership
from inforo.groups.queries import ACTIVE
from inforo.i18n import _
from inforo.people.queries import actor_of


def is_let_near(group: Group, account_id: int | None) -> bool:
    """Tell whether somebody belongs to the protected group around this one, if there is one."""
    if group.sheltered_by_id is None:
        return True
    statement = select(Membership.id).where(
        Membership.group_id == group.sheltered_by_id, Membership.account_id == account_id
    )
    return session.scalar(statement) is not None


def memberships_inside(group: Group, account_id: int) -> list[Any]:
    """Return (part, membership) where somebody belongs only because of this group."""
    statement = (
        select(Group, Membership)
        .join(Membership, Membership.group_id == Group.id)
        .where(Group.sheltered_by_id == group.id, Membership.account_id == account_id)
        .order_by(Group.id)
    )
    return list(session.execute(statement))


def requests_inside(group: Group, account_id: int) -> list[JoinRequest]:
    """Return the open requests and invitations of somebody into what this group shelters."""
    statement = (
        select(JoinRequest)
        .join(Group, Group.id == JoinRequest.group_id)
        .where(Group.sheltered_by_id == group.id, JoinRequest.account_id == account_id)
    )
    return list(session.scalars(statement))


def open_requests(group: Group) -> list[JoinRequest]:
    """Return who asks to be let in and who was invited, the oldest first."""
    statement = (
        select(JoinRequest)
        .where(JoinRequest.group_id == group.id)
        .options(joinedload(JoinRequest.account).joinedload(Account.municipality))
        .options(joinedload(JoinRequest.account).joinedload(Account.organisation))
        .order_by(JoinRequest.created_at, JoinRequest.id)
    )
    return list(session.scalars(statement))


def get_request(group: Group, request_id: int) -> JoinRequest:
    """Return a request somebody made, to be decided by the group."""
    request = session.get(JoinRequest, request_id)
    if request is None or request.group_id != group.id:
        raise NotFound
    return request


def get_invitation(actor: Actor, request_id: int) -> JoinRequest:
    """Return an invitation to the person; nobody else learns that it exists.

    It ends with the right of who invited to let people in.
    """
    invitation = session.scalar(standing_invitations(actor).where(JoinRequest.id == request_id))
    if invitation is None or not is_backed(invitation):
        raise NotFound(_("Diese Einladung gilt nicht mehr. Bitte fragen Sie noch einmal nach."))
    return invitation


def is_backed(invitation: JoinRequest) -> bool:
    """Tell whether who invited may still let people into the group."""
    host = session.get(Account, invitation.invited_by_id)
    return host is not None and policy.may_manage(actor_of(host), invitation.group)


def find_people(typed: str, limit: int = 20) -> list[Account]:
    """Return approved members by parts of their name or by their exact address."""
    words = folded(typed).split()
    if not words:
        return []
    named = and_(*(Account.name_key.contains(word, autoescape=True) for word in words))
    statement = (
        select(Account)
        .where(*ACTIVE, or_(named, Account.email_key == folded(typed)))
        .options(joinedload(Account.municipality), joinedload(Account.organisation))
        .order_by(Account.name, Account.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def find_member_of_platform(account_id: int | None) -> Account | None:
    return session.scalar(select(Account).where(Account.id == account_id, *ACTIVE))
