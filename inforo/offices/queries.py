"""Every SELECT on offices, roles and work items. Who asks comes first."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from inforo.accounts.models import Account
from inforo.authz import STAFF, Actor, Role, Scope
from inforo.db import folded, session
from inforo.errors import NotFound
from inforo.municipalities.models import Municipality
from inforo.offices.models import (
    Absence,
    CoordinationOffice,
    OfficeKind,
    OfficeState,
    RoleAssignment,
    RoleProposal,
    WorkItem,
    WorkKind,
    WorkNote,
)
from inforo.offices.policy import basket_of, roles_of

OfficePlaces = list[tuple[CoordinationOffice, str | None]]


def find_item(kind: WorkKind, subject: str) -> WorkItem | None:
    statement = select(WorkItem).where(WorkItem.kind == kind, WorkItem.subject == subject)
    return session.scalar(statement)


def get_item(actor: Actor, item_id: int) -> WorkItem:
    """Return an item of the own basket with what its page shows."""
    statement = (
        select(WorkItem)
        .where(WorkItem.id == item_id, basket_of(actor))
        .options(
            joinedload(WorkItem.state),
            joinedload(WorkItem.programme),
            joinedload(WorkItem.office),
            joinedload(WorkItem.taken_by),
            joinedload(WorkItem.closed_by),
        )
    )
    item = session.scalar(statement)
    if item is None:
        raise NotFound
    return item


def get_items_to_change(actor: Actor, item_ids: Iterable[int]) -> list[WorkItem]:
    """Return locked items of the own basket; NotFound if one of them is not in it.

    The scope is asked again here, at the moment of saving: what moved to another Land while
    the page was open is not found.
    """
    wanted = set(item_ids)
    statement = (
        select(WorkItem)
        .where(WorkItem.id.in_(wanted), basket_of(actor))
        .order_by(WorkItem.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    items = list(session.scalars(statement))
    if not wanted or len(items) != len(wanted):
        raise NotFound
    return items


def notes_of(item: WorkItem) -> list[WorkNote]:
    """Return what colleagues noted on an item, the oldest first."""
    statement = (
        select(WorkNote)
        .where(WorkNote.item_id == item.id)
        .options(joinedload(WorkNote.author))
        .order_by(WorkNote.id)
    )
    return list(session.scalars(statement))


def count_open_items(actor: Actor) -> int:
    """Return how many things wait for this person's offices; 0 for everybody else.

    What waits for its author is not counted.
    """
    return (session.scalar(open_items(actor)) or 0) if actor.is_staff else 0


@lru_cache(maxsize=256)
def open_items(actor: Actor) -> Select[int]:
    """Return the statement that counts; every page of the staff asks it."""
    return select(func.count(WorkItem.id)).where(
        basket_of(actor),
        WorkItem.closed_at.is_(None),
        WorkItem.waits_for_author_since.is_(None),
    )


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


def offices_with_states() -> OfficePlaces:
    """Return each office with each of its Länder (None: no Land), KGC before LKS: one query."""
    rows = session.execute(
        select(CoordinationOffice, OfficeState.state_code)
        .outerjoin(OfficeState, OfficeState.office_id == CoordinationOffice.id)
        .order_by(CoordinationOffice.kind, CoordinationOffice.name)
    )
    return [(office, state_code) for office, state_code in rows]


def responsible_office(places: OfficePlaces, scope: Scope) -> CoordinationOffice | None:
    """Return the office that covers a scope: of Land and programme, else national."""

    def fits(office: CoordinationOffice, state_code: str | None) -> bool:
        programmes = (None, scope.programme_key)
        return state_code in (None, scope.state_code) and office.programme_key in programmes

    covering = [place for place in places if fits(*place)]
    covering.sort(key=lambda place: (place[1] is None, place[0].programme_key is None))
    return covering[0][0] if covering else None


def get_office(office_id: int) -> CoordinationOffice:
    office = session.get(CoordinationOffice, office_id)
    if office is None:
        raise NotFound
    return office


def find_office(key: str) -> CoordinationOffice | None:
    return session.scalar(select(CoordinationOffice).where(CoordinationOffice.key == key))


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


def editors() -> list[Account]:
    """Return the national editors."""
    statement = (
        select(Account)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .where(RoleAssignment.role == Role.EDITOR, Account.closed_at.is_(None))
        .order_by(Account.name)
    )
    return list(session.scalars(statement).unique())


def stand_in_for(account: Account, today: date) -> Account:
    """Return the deputy of somebody who is away, else the person."""
    absence = find_current_absence(account.id, today)
    return absence.deputy if absence is not None and absence.deputy is not None else account


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


def find_role(account: Account, role: Role, scope_key: str) -> RoleAssignment | None:
    return session.scalar(
        select(RoleAssignment).where(
            RoleAssignment.account_id == account.id,
            RoleAssignment.role == role,
            RoleAssignment.scope_key == scope_key,
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


def find_proposal(account: Account, role: Role, scope_key: str) -> RoleProposal | None:
    return session.scalar(
        select(RoleProposal).where(
            RoleProposal.account_id == account.id,
            RoleProposal.role == role,
            RoleProposal.scope_key == scope_key,
        )
    )


def municipalities_named(name: str) -> list[Municipality]:
    """Return the municipalities with this AGS or exactly this name, whatever its case."""
    statement = (
        select(Municipality)
        .where(
            Municipality.dissolved_at.is_(None),
            (Municipality.ags == name.strip()) | (Municipality.name_key == folded(name)),
        )
        .order_by(Municipality.ags)
        .limit(20)
    )
    return list(session.scalars(statement))


# Absences


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
