"""Every SELECT on who is in a group, manages it, asked to join it or was invited."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import contains_eager

from inforo.accounts.models import Account, Organisation
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.groups.models import (
    Group,
    GroupRole,
    JoinRequest,
    Membership,
)
from inforo.groups.queries import ACTIVE, reader_count
from inforo.municipalities.models import Municipality


def count_members(group: Group) -> int:
    statement = select(func.count(Membership.id)).where(Membership.group_id == group.id)
    return session.scalar(statement) or 0


def count_active_members(group: Group) -> int:
    """Return how many members can read, which is who the list of members shows."""
    return session.scalar(select(reader_count()).where(Group.id == group.id)) or 0


def count_all_members() -> int:
    """Return how many approved members the platform has."""
    return session.scalar(select(func.count(Account.id)).where(*ACTIVE)) or 0


def members(
    group: Group, page: int = 1, *, role: GroupRole | None = None, size: int = 0
) -> list[Any]:
    """Return members with role, name and place; managers first, then by name."""
    size = size or settings.page_size
    statement = (
        select(
            Membership.role,
            (Membership.role == GroupRole.MANAGER).label("leads"),
            Membership.joined_at,
            Account.id,
            Account.name,
            Account.function,
            func.coalesce(Municipality.display_name, Organisation.name, "").label("place"),
        )
        .select_from(Membership)
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(Municipality, Municipality.ags == Account.municipality_ags)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
        .where(Membership.group_id == group.id, *ACTIVE)
        .order_by(
            case((Membership.role == GroupRole.MANAGER, 0), else_=1), Account.name, Account.id
        )
        .limit(size)
        .offset((page - 1) * size)
    )
    if role is not None:
        statement = statement.where(Membership.role == role)
    return list(session.execute(statement))


def find_membership(group: Group, account_id: int | None) -> Membership | None:
    return session.scalar(
        select(Membership).where(
            Membership.group_id == group.id, Membership.account_id == account_id
        )
    )


def get_membership(group: Group, account_id: int) -> Membership:
    membership = find_membership(group, account_id)
    if membership is None:
        raise NotFound
    return membership


def managers(group: Group) -> list[Account]:
    """Return the accounts of the managers, to tell them something."""
    statement = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.group_id == group.id,
            Membership.role == GroupRole.MANAGER,
            Account.closed_at.is_(None),
        )
        .order_by(Account.id)
    )
    return list(session.scalars(statement))


def find_request(group: Group, account_id: int | None) -> JoinRequest | None:
    return session.scalar(
        select(JoinRequest).where(
            JoinRequest.group_id == group.id, JoinRequest.account_id == account_id
        )
    )


def standing_invitations(actor: Actor) -> Select[JoinRequest]:
    """Return what asks for the invitations of a person: to living groups, not too old."""
    oldest = now() - timedelta(days=settings.token_invitation_days)
    return (
        select(JoinRequest)
        .join(Group, Group.id == JoinRequest.group_id)
        .where(
            JoinRequest.account_id == actor.account_id,
            JoinRequest.invited_by_id.is_not(None),
            JoinRequest.created_at > oldest,
            Group.archived_at.is_(None),
        )
        .options(contains_eager(JoinRequest.group))
    )


def invitations_of(actor: Actor) -> list[JoinRequest]:
    """Return the open invitations of a person."""
    statement = standing_invitations(actor).order_by(JoinRequest.id)
    return list(session.scalars(statement))


def names_of(account_ids: set[int | None]) -> dict[int, str]:
    """Return id → name, for histories."""
    statement = select(Account.id, Account.name).where(Account.id.in_(account_ids))
    return {row.id: row.name for row in session.execute(statement)}
