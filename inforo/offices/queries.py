"""Every SELECT on offices, who works for them, and work items. Who asks comes first."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor, Role, Scope, covers
from inforo.db import folded, session
from inforo.errors import NotFound
from inforo.municipalities.models import Municipality
from inforo.offices.models import (
    CoordinationOffice,
    OfficeKind,
    OfficeState,
    RoleAssignment,
    WorkItem,
    WorkKind,
    WorkNote,
)
from inforo.offices.policy import basket_of

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
        return covers(state_code, office.programme_key, scope)

    covering = [place for place in places if fits(*place)]
    wanted = scope.programme_key
    covering.sort(key=lambda place: (place[1] is None, place[0].programme_key != wanted))
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


def coordinators_for_content(state_code: str | None) -> list[Account]:
    """Return whom to tell of what members of a Land wrote: its KGC, else its other offices."""
    return coordinators_of_state(state_code) or coordinators_of_state(
        state_code, OfficeKind.LKS
    )


def coordinators_of_state(
    state_code: str | None, kind: OfficeKind = OfficeKind.KGC
) -> list[Account]:
    """Return the coordinators of a Land's KGC, for notices about new work."""
    statement = (
        select(Account)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .join(OfficeState, OfficeState.office_id == RoleAssignment.office_id)
        .join(CoordinationOffice, CoordinationOffice.id == RoleAssignment.office_id)
        .where(
            OfficeState.state_code == state_code,
            RoleAssignment.role == Role.COORDINATOR,
            CoordinationOffice.kind == kind,
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
