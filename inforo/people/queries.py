"""Every SELECT on people, applications and invitations. Who asks comes first."""

from typing import Any

from sqlalchemy import select

from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor, Grant, Role
from inforo.db import session
from inforo.groups.models import GroupRole, Membership
from inforo.offices.models import CoordinationOffice, OfficeState, RoleAssignment


def actor_of(account: Account | Any) -> Actor:
    """Return what rules need to know of the signed-in person, or GUEST."""
    if not account.is_authenticated or account.closed_at is not None:
        return GUEST
    if not account.is_approved:
        return Actor(account.id, account.name)
    memberships = session.execute(
        select(Membership.group_id, Membership.role).where(Membership.account_id == account.id)
    ).all()
    return Actor(
        account_id=account.id,
        name=account.name,
        is_approved=True,
        municipality_ags=account.municipality_ags,
        organisation_id=account.organisation_id,
        state_code=account.state_code,
        grants=grants_of(account.id),
        group_ids=frozenset(group_id for group_id, _role in memberships),
        managed_group_ids=frozenset(
            group_id for group_id, role in memberships if role is GroupRole.MANAGER
        ),
    )


def grants_of(account_id: int) -> frozenset[Grant]:
    """Return the roles of a person; a coordinator gets one grant per Land of the office."""
    rows = session.execute(
        select(
            RoleAssignment,
            OfficeState.state_code,
            CoordinationOffice.programme_key,
        )
        .outerjoin(CoordinationOffice, CoordinationOffice.id == RoleAssignment.office_id)
        .outerjoin(OfficeState, OfficeState.office_id == RoleAssignment.office_id)
        .where(RoleAssignment.account_id == account_id)
    )
    return frozenset(
        grant_of(assignment, state_code, programme_key)
        for assignment, state_code, programme_key in rows
        if assignment.role is not Role.COORDINATOR or assignment.office_id is not None
    )


def grant_of(
    assignment: RoleAssignment, state_code: str | None, programme_key: str | None
) -> Grant:
    return Grant(
        role=assignment.role,
        state_code=state_code,
        programme_key=programme_key,
        office_id=assignment.office_id,
        municipality_ags=assignment.municipality_ags,
    )
