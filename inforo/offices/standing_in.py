"""Who is away, and who stands in for them."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from inforo.accounts.models import Account
from inforo.authz import STAFF, Actor, Role
from inforo.db import session
from inforo.errors import NotFound
from inforo.offices.models import Absence, RoleAssignment


def absences_of(actor: Actor, today: date) -> list[Absence]:
    """Return somebody's own absences that are not over, the next first."""
    statement = (
        select(Absence)
        .where(Absence.account_id == actor.account_id, Absence.ends_on >= today)
        .options(joinedload(Absence.deputy))
        .order_by(Absence.starts_on, Absence.id)
    )
    return list(session.scalars(statement))


def get_absence(actor: Actor, absence_id: int) -> Absence:
    absence = session.get(Absence, absence_id)
    if absence is None or not actor.is_me(absence.account_id):
        raise NotFound
    return absence


def colleagues_of(actor: Actor) -> list[Account]:
    """Return who may stand in: who works for the same office or holds the same staff role."""
    mine, theirs = aliased(RoleAssignment), aliased(RoleAssignment)
    same_place = or_(
        theirs.office_id == mine.office_id,
        (theirs.role == mine.role) & (theirs.role != Role.COORDINATOR),
    )
    statement = (
        select(Account)
        .join(theirs, theirs.account_id == Account.id)
        .join(mine, same_place)
        .where(
            mine.account_id == actor.account_id,
            mine.role.in_(STAFF),
            theirs.role.in_(STAFF),
            Account.id != actor.account_id,
            Account.closed_at.is_(None),
        )
        .order_by(Account.name, Account.id)
    )
    return list(session.scalars(statement).unique())


def absent_for(actor: Actor, today: date) -> dict[int, str]:
    """Return the colleagues somebody stands in for today: number → name."""
    statement = (
        select(Account.id, Account.name)
        .join(Absence, Absence.account_id == Account.id)
        .where(
            Absence.deputy_id == actor.account_id,
            Absence.starts_on <= today,
            Absence.ends_on >= today,
        )
    )
    return dict(session.execute(statement).all())


def is_absent(account_id: int, today: date) -> bool:
    return find_current_absence(account_id, today) is not None


def find_current_absence(account_id: int, today: date) -> Absence | None:
    """Return the absence somebody is in today; of several the one that lasts longest."""
    statement = (
        select(Absence)
        .where(
            Absence.account_id == account_id,
            Absence.starts_on <= today,
            Absence.ends_on >= today,
        )
        .options(joinedload(Absence.deputy))
        .order_by(Absence.ends_on.desc(), Absence.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def stand_in_for(account: Account, today: date) -> Account:
    """Return the deputy of somebody who is away, else the person."""
    absence = find_current_absence(account.id, today)
    return absence.deputy if absence is not None and absence.deputy is not None else account
