"""Every SELECT on offices, roles and work items. Who asks comes first."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor, Role
from inforo.db import session
from inforo.offices.models import (
    CoordinationOffice,
    OfficeKind,
    OfficeState,
    RoleAssignment,
    WorkItem,
    WorkKind,
)
from inforo.offices.policy import basket_of


def find_item(kind: WorkKind, subject: str) -> WorkItem | None:
    statement = select(WorkItem).where(WorkItem.kind == kind, WorkItem.subject == subject)
    return session.scalar(statement)


def count_open_items(actor: Actor) -> int:
    """Return how many things wait for this person's offices; 0 for everybody else."""
    if not actor.is_staff:
        return 0
    statement = select(func.count(WorkItem.id)).where(
        basket_of(actor), WorkItem.closed_at.is_(None)
    )
    return session.scalar(statement) or 0


def offices_of_state(state_code: str) -> list[CoordinationOffice]:
    """Return the offices of a Land, the KGC first."""
    statement = (
        select(CoordinationOffice)
        .join(OfficeState, OfficeState.office_id == CoordinationOffice.id)
        .where(
            OfficeState.state_code == state_code,
            CoordinationOffice.kind != OfficeKind.NATIONAL,
        )
        .order_by(CoordinationOffice.kind, CoordinationOffice.name)
    )
    return list(session.scalars(statement))


def offices() -> list[CoordinationOffice]:
    return list(session.scalars(select(CoordinationOffice).order_by(CoordinationOffice.name)))


def staff_of(office: CoordinationOffice) -> list[Account]:
    """Return who works for an office."""
    statement = (
        select(Account)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .where(RoleAssignment.office_id == office.id, Account.closed_at.is_(None))
        .order_by(Account.name)
    )
    return list(session.scalars(statement))


def coordinators_of_state(state_code: str | None) -> list[Account]:
    """Return the coordinators of a Land's KGC, for notices about new work."""
    statement = (
        select(Account)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .join(OfficeState, OfficeState.office_id == RoleAssignment.office_id)
        .join(CoordinationOffice, CoordinationOffice.id == RoleAssignment.office_id)
        .where(
            OfficeState.state_code == state_code,
            RoleAssignment.role == Role.COORDINATOR,
            CoordinationOffice.kind == OfficeKind.KGC,
            Account.closed_at.is_(None),
        )
    )
    return list(session.scalars(statement).unique())


def profile_editors(ags: str) -> list[Account]:
    """Return who keeps the profile of a municipality."""
    statement = (
        select(RoleAssignment)
        .where(
            RoleAssignment.municipality_ags == ags, RoleAssignment.role == Role.PROFILE_EDITOR
        )
        .options(joinedload(RoleAssignment.account))
    )
    return [assignment.account for assignment in session.scalars(statement)]
