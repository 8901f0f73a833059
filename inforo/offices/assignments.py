"""Who holds which role, and which roles wait for a second admin. Who asks comes first."""

from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor, Role
from inforo.db import session
from inforo.errors import NotFound
from inforo.municipalities.models import Municipality
from inforo.offices.models import RoleAssignment, RoleProposal
from inforo.offices.policy import roles_of

AnyRole = TypeVar("AnyRole", RoleAssignment, RoleProposal)


def roles_statement(actor: Actor, role: Role | None) -> Select[RoleAssignment]:
    statement = (
        select(RoleAssignment)
        .join(Account, Account.id == RoleAssignment.account_id)
        .outerjoin(Municipality, Municipality.ags == RoleAssignment.municipality_ags)
        .where(roles_of(actor), Account.closed_at.is_(None))
    )
    return statement.where(RoleAssignment.role == role) if role else statement


def roles(actor: Actor, role: Role | None, page: int, size: int) -> list[RoleAssignment]:
    """Return one page of the roles this person may see, by name of the holder."""
    statement = (
        roles_statement(actor, role)
        .options(
            joinedload(RoleAssignment.account),
            joinedload(RoleAssignment.office),
            joinedload(RoleAssignment.municipality),
        )
        .order_by(Account.name, Account.id, RoleAssignment.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(session.scalars(statement))


def count_roles(actor: Actor) -> dict[Role, int]:
    """Count the roles this person may see, by kind."""
    statement = roles_statement(actor, None).with_only_columns(
        RoleAssignment.role, func.count(RoleAssignment.id)
    )
    counts = session.execute(statement.group_by(RoleAssignment.role)).all()
    return dict(counts)


def get_role(actor: Actor, assignment_id: int) -> RoleAssignment:
    """Return one role this person may see."""
    statement = roles_statement(actor, None).where(RoleAssignment.id == assignment_id)
    held = session.scalar(statement)
    if held is None:
        raise NotFound
    return held


def find_role(
    kind: type[AnyRole], account: Account, role: Role, scope_key: str
) -> AnyRole | None:
    """Return the role somebody holds, or that is proposed for them."""
    return session.scalar(
        select(kind).where(
            kind.account_id == account.id, kind.role == role, kind.scope_key == scope_key
        )
    )


def all_roles() -> list[RoleAssignment]:
    """Return every role there is, for the command line."""
    statement = (
        select(RoleAssignment)
        .join(Account, Account.id == RoleAssignment.account_id)
        .options(
            joinedload(RoleAssignment.account),
            joinedload(RoleAssignment.office),
            joinedload(RoleAssignment.municipality),
        )
        .order_by(Account.email_key, RoleAssignment.role, RoleAssignment.scope_key)
    )
    return list(session.scalars(statement))


def active_admins() -> list[Account]:
    """Return who can act as admin today; their role rows stay locked until the commit."""
    statement = (
        select(RoleAssignment)
        .where(RoleAssignment.role == Role.ADMIN)
        .order_by(RoleAssignment.id)
        .with_for_update()
    )
    holders = [held.account_id for held in session.scalars(statement)]
    accounts = session.scalars(select(Account).where(Account.id.in_(holders)))
    return [account for account in accounts if account.is_approved]


def proposals() -> list[RoleProposal]:
    """Return the roles that wait for a second admin."""
    statement = (
        select(RoleProposal)
        .options(
            joinedload(RoleProposal.account),
            joinedload(RoleProposal.office),
            joinedload(RoleProposal.proposed_by),
        )
        .order_by(RoleProposal.id)
    )
    return list(session.scalars(statement))


def get_proposal(proposal_id: int) -> RoleProposal:
    """Return a proposal, locked until the commit."""
    statement = select(RoleProposal).where(RoleProposal.id == proposal_id).with_for_update()
    proposal = session.scalar(statement)
    if proposal is None:
        raise NotFound
    return proposal
