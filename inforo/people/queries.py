"""Every SELECT on people: what they may do, the directory, person pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, cast, func, null, or_, select, union_all
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account, AccountTerm, Organisation, search_key
from inforo.authz import GUEST, STAFF, Actor, Grant, Role
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.groups.models import Group, GroupRole, Membership
from inforo.groups.policy import readable_by
from inforo.municipalities.models import Municipality, State
from inforo.offices.models import (
    CoordinationOffice,
    OfficeState,
    RoleAssignment,
    WorkItem,
    WorkKind,
)
from inforo.people import policy
from inforo.vocabularies.models import Term

IN_GROUP = (Membership.group_id, Membership.role.label("group_role"))
GRANTED = (
    RoleAssignment.role,
    OfficeState.state_code,
    CoordinationOffice.programme_key,
    RoleAssignment.office_id,
    RoleAssignment.municipality_ags,
)


def missing(columns: Iterable[Any]) -> list[Any]:
    """Return NULLs of the types of columns the other half of a union has."""
    return [cast(null(), column.type).label(column.name) for column in columns]


def grants(*columns: Any) -> Any:
    return (
        select(*columns, *GRANTED)
        .select_from(RoleAssignment)
        .outerjoin(CoordinationOffice, CoordinationOffice.id == RoleAssignment.office_id)
        .outerjoin(OfficeState, OfficeState.office_id == RoleAssignment.office_id)
    )


MEMBERSHIPS_OF_MANY = select(Membership.account_id, *IN_GROUP)
GRANTS_OF_MANY = grants(RoleAssignment.account_id)
GRANTS = grants().where(RoleAssignment.account_id == bindparam("account_id"))
# Memberships and roles, asked by every page of a member: one statement, built once.
RIGHTS = union_all(
    select(*IN_GROUP, *missing(GRANTED)).where(
        Membership.account_id == bindparam("account_id")
    ),
    grants(*missing(IN_GROUP)).where(RoleAssignment.account_id == bindparam("account_id")),
)


def actor_of(account: Account | Any) -> Actor:
    """Return what rules need to know of the signed-in person, or GUEST."""
    if not account.is_authenticated:
        return GUEST
    if account.closed_at is not None or not account.is_approved:
        return actor_from(account, [], frozenset())
    rows = session.execute(RIGHTS, {"account_id": account.id}).all()
    roles = [row for row in rows if row.group_id is None]
    return actor_from(account, (row for row in rows if row.group_id), given(roles))


def actors_of(accounts: Sequence[Account]) -> dict[int, Actor]:
    """Return the same for many accounts at once, by id: for jobs that write to many people."""
    ids = [account.id for account in accounts]
    memberships: dict[int, list[Any]] = defaultdict(list)
    for member in session.execute(MEMBERSHIPS_OF_MANY.where(Membership.account_id.in_(ids))):
        memberships[member.account_id].append(member)
    grants: dict[int, list[Any]] = defaultdict(list)
    for role in session.execute(GRANTS_OF_MANY.where(RoleAssignment.account_id.in_(ids))):
        grants[role.account_id].append(role)
    return {
        account.id: actor_from(account, memberships[account.id], given(grants[account.id]))
        for account in accounts
    }


def actor_from(account: Account, memberships: Iterable[Any], held: frozenset[Grant]) -> Actor:
    """Reduce an account, its memberships and its roles to what rules need to know."""
    if account.closed_at is not None:
        return GUEST
    if not account.is_approved:
        return Actor(account.id, account.name)
    memberships = list(memberships)
    grants, rests = effective(account, held)
    return Actor(
        account_id=account.id,
        name=account.name,
        is_approved=True,
        municipality_ags=account.municipality_ags,
        organisation_id=account.organisation_id,
        state_code=account.state_code,
        grants=grants,
        lacks_second_factor=rests,
        is_silenced=account.silenced_until is not None and account.silenced_until > now(),
        group_ids=frozenset(row.group_id for row in memberships),
        managed_group_ids=frozenset(
            row.group_id for row in memberships if row.group_role is GroupRole.MANAGER
        ),
    )


def effective(account: Account, grants: frozenset[Grant]) -> tuple[frozenset[Grant], bool]:
    """Let the roles of the staff rest until a second factor is set up; tell whether some do."""
    if account.has_second_factor or not settings.staff_needs_second_factor:
        return grants, False
    resting = frozenset(grant for grant in grants if grant.role in STAFF)
    return grants - resting, bool(resting)


def grants_of(account_id: int) -> frozenset[Grant]:
    """Return the roles of a person; a coordinator gets one grant per Land of the office."""
    return given(session.execute(GRANTS, {"account_id": account_id}))


def given(rows: Iterable[Any]) -> frozenset[Grant]:
    """Return the grants that count.

    An office that lost its last Land gives nothing: no Land means nationwide only for
    offices of one programme.
    """
    return frozenset(
        Grant(*row[-len(GRANTED) :])
        for row in rows
        if row.role is not Role.COORDINATOR or row.state_code or row.programme_key
    )


# People ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the directory is narrowed to. Empty: not at all."""

    q: str = ""
    state: str = ""
    topic: str = ""
    helps: str = ""


@dataclass(frozen=True)
class Entry:
    """One person in the directory, and of it what the reader may see."""

    id: int
    name: str
    function: str
    place: str
    state: str
    helps_with: str
    topics: list[str]


def people(actor: Actor, filters: Filters, page: int) -> list[Entry]:
    """Return one page of the directory, by name: two queries."""
    helps = policy.sees(actor, "helps_with")
    statement = narrowed(
        actor,
        filters,
        select(
            Account.id,
            Account.name,
            Account.function,
            Municipality.display_name,
            State.name,
            Account.helps_with,
            helps.label("shows_helps"),
            policy.sees(actor, "topics").label("shows_topics"),
            Account.organisation_id,
        )
        .outerjoin(Municipality, Municipality.ags == Account.municipality_ags)
        .outerjoin(State, State.code == Account.state_code),
    )
    size = settings.page_size
    rows = session.execute(
        statement.order_by(Account.name_key, Account.id).limit(size).offset((page - 1) * size)
    ).all()
    return entries(rows)


def narrowed(actor: Actor, filters: Filters, statement: Any) -> Any:
    """Apply visibility and filters; a filter on a field finds only who shows it."""
    statement = statement.where(policy.visible_to(actor), Account.suspended_at.is_(None))
    for word in search_key(filters.q).split():
        statement = statement.where(has_word(Account.name_key, word))
    if filters.state:
        statement = statement.where(Account.state_code == filters.state)
    if filters.topic:
        topic = (
            select(AccountTerm.account_id)
            .join(Term, Term.id == AccountTerm.term_id)
            .where(Term.key == filters.topic, Term.vocabulary == "field_of_action")
        )
        statement = statement.where(Account.id.in_(topic), policy.sees(actor, "topics"))
    for word in search_key(filters.helps).split():
        helps = Account.helps_key.contains(word, autoescape=True)
        statement = statement.where(helps, policy.sees(actor, "helps_with"))
    return statement


def has_word(column: Any, word: str) -> Any:
    """The column holds a word that begins with this."""
    begins = column.startswith(word, autoescape=True)
    return or_(begins, column.contains(f" {word}", autoescape=True))


def entries(rows: Iterable[Any]) -> list[Entry]:
    rows = list(rows)
    topics = topics_by_account([row.id for row in rows if row.shows_topics])
    organisations = organisations_by_id(row.organisation_id for row in rows)
    return [
        Entry(
            id=row.id,
            name=row.name,
            function=row.function,
            place=row.display_name or organisations.get(row.organisation_id, ""),
            state=row[4] or "",
            helps_with=row.helps_with if row.shows_helps else "",
            topics=topics.get(row.id, []),
        )
        for row in rows
    ]


def count_people(actor: Actor, filters: Filters) -> int:
    return session.scalar(narrowed(actor, filters, select(func.count(Account.id)))) or 0


def topics_by_account(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    statement = (
        select(AccountTerm.account_id, Term)
        .join(Term, Term.id == AccountTerm.term_id)
        .where(AccountTerm.account_id.in_(ids))
        .order_by(Term.position)
    )
    for account_id, term in session.execute(statement):
        found.setdefault(account_id, []).append(term.label)
    return found


def topics_of(account: Account) -> list[Term]:
    statement = (
        select(Term)
        .join(AccountTerm, AccountTerm.term_id == Term.id)
        .where(AccountTerm.account_id == account.id)
        .order_by(Term.position)
    )
    return list(session.scalars(statement))


def organisations_by_id(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    statement = select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    return {row.id: row.name for row in session.execute(statement)}


def get_person(actor: Actor, account_id: int) -> Account:
    """Return a person whose page this person may see."""
    account: Account | None = session.scalar(
        select(Account)
        .where(Account.id == account_id)
        .options(
            joinedload(Account.municipality),
            joinedload(Account.organisation),
            joinedload(Account.state),
        )
    )
    if account is None or not policy.may_view(actor, account):
        raise NotFound
    return account


def are_colleagues(actor: Actor, account: Account) -> bool:
    """Tell whether both belong to a group."""
    statement = select(Membership.id).where(
        Membership.account_id == account.id, Membership.group_id.in_(actor.group_ids)
    )
    return bool(actor.group_ids) and session.scalar(statement.limit(1)) is not None


def groups_of(actor: Actor, account: Account) -> list[Group]:
    """Return the groups of a person, only those whose members the reader may see."""
    statement = (
        select(Group)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.account_id == account.id, readable_by(actor))
        .where(Group.archived_at.is_(None))
        .order_by(Group.name_key)
    )
    return list(session.scalars(statement))


def roles_of(account: Account) -> list[RoleAssignment]:
    """Return the public tasks of a person, for the person page."""
    statement = (
        select(RoleAssignment)
        .where(RoleAssignment.account_id == account.id)
        .options(joinedload(RoleAssignment.office), joinedload(RoleAssignment.municipality))
        .order_by(RoleAssignment.id)
    )
    return list(session.scalars(statement))


def has_open_application(account_id: int | None) -> bool:
    """Tell whether an office has an application of this person to decide."""
    statement = select(WorkItem.id).where(
        WorkItem.kind == WorkKind.APPLICATION,
        WorkItem.author_id == account_id,
        WorkItem.closed_at.is_(None),
    )
    return session.scalar(statement.limit(1)) is not None
