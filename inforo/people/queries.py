"""Every SELECT on people, applications and invitations. Who asks comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account, AccountTerm, Organisation, search_key
from inforo.accounts.queries import find_account_by_email
from inforo.audit import subject_of
from inforo.authz import GUEST, STAFF, Actor, Grant, Role
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.groups.models import Group, GroupRole, Membership
from inforo.groups.policy import readable_by
from inforo.municipalities.models import Municipality, State
from inforo.municipalities.names import fold
from inforo.offices import queries as offices
from inforo.offices.models import (
    CoordinationOffice,
    OfficeState,
    RoleAssignment,
    WorkItem,
    WorkKind,
)
from inforo.offices.policy import may_work_on
from inforo.people import policy
from inforo.people.models import (
    OPEN_STATES,
    Application,
    ApplicationMessage,
    ApplicationState,
    Invitation,
)
from inforo.vocabularies.models import Term

LONGEST_COMMON = 3
COMMON_HOSTS = frozenset({"stadt", "kreis", "landkreis", "gemeinde", "mail", "verwaltung"})
FREE_MAIL = frozenset(
    {"gmail.com", "googlemail.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "mail.de"}
    | {"freenet.de", "outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "live.de"}
    | {"yahoo.de", "yahoo.com", "icloud.com", "posteo.de", "mailbox.org", "proton.me"}
    | {"protonmail.com", "arcor.de", "aol.com"}
)


def actor_of(account: Account | Any) -> Actor:
    """Return what rules need to know of the signed-in person, or GUEST."""
    if not account.is_authenticated or account.closed_at is not None:
        return GUEST
    if not account.is_approved:
        return Actor(account.id, account.name)
    memberships = session.execute(
        select(Membership.group_id, Membership.role).where(Membership.account_id == account.id)
    ).all()
    grants, rests = effective(account, grants_of(account.id))
    return Actor(
        account_id=account.id,
        name=account.name,
        is_approved=True,
        municipality_ags=account.municipality_ags,
        organisation_id=account.organisation_id,
        state_code=account.state_code,
        grants=grants,
        lacks_second_factor=rests,
        group_ids=frozenset(group_id for group_id, _role in memberships),
        managed_group_ids=frozenset(
            group_id for group_id, role in memberships if role is GroupRole.MANAGER
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


# Applications --------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """An application as the office sees it: with its item in the work basket."""

    application: Application
    item: WorkItem


def with_all() -> Select[Application]:
    return select(Application).options(
        joinedload(Application.account).joinedload(Account.municipality),
        joinedload(Application.account).joinedload(Account.organisation),
        joinedload(Application.municipality),
        joinedload(Application.organisation),
        joinedload(Application.state_of_place),
    )


def get_case(actor: Actor, application_id: int) -> Case:
    """Return an application this person's office is responsible for."""
    application = session.scalar(with_all().where(Application.id == application_id))
    if application is None:
        raise NotFound
    item = offices.find_item(WorkKind.APPLICATION, subject_of(application))
    if item is None or not may_work_on(actor, item):
        raise NotFound
    return Case(application, item)


def find_application(application_id: int) -> Application | None:
    return session.scalar(with_all().where(Application.id == application_id))


def find_own_application(account_id: int | None) -> Application | None:
    """Return the newest application of a person."""
    statement = with_all().where(Application.account_id == account_id)
    return session.scalar(statement.order_by(Application.id.desc()).limit(1))


def get_own_application(actor: Actor) -> Application:
    application = find_own_application(actor.account_id)
    if application is None:
        raise NotFound
    return application


def find_unconfirmed(account: Account) -> Application | None:
    statement = with_all().where(
        Application.account_id == account.id,
        Application.state == ApplicationState.UNCONFIRMED,
    )
    return session.scalar(statement.order_by(Application.id.desc()).limit(1))


def has_open_application(account_id: int | None) -> bool:
    statement = select(Application.id).where(
        Application.account_id == account_id, Application.state.in_(OPEN_STATES)
    )
    return session.scalar(statement.limit(1)) is not None


def messages_of(application: Application) -> list[ApplicationMessage]:
    statement = (
        select(ApplicationMessage)
        .where(ApplicationMessage.application_id == application.id)
        .options(joinedload(ApplicationMessage.author))
        .order_by(ApplicationMessage.id)
    )
    return list(session.scalars(statement))


def office_in_charge(application: Application) -> CoordinationOffice | None:
    """Return who acts next: the office it was handed to, else that of the Land."""
    item = offices.find_item(WorkKind.APPLICATION, subject_of(application))
    if item is not None and item.office is not None:
        return item.office
    return offices.responsible_office(offices.offices_with_states(), application.scope)


def people_in_charge(item: WorkItem) -> list[Account]:
    """Return whom to tell about an application, only those who may open it."""
    office = item.office
    asked = (
        offices.staff_of(office) if office else offices.coordinators_of_state(item.state_code)
    )
    return [who for who in asked if may_work_on(actor_of(who), item)]


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].casefold()


def colleagues_domains(application: Application) -> set[str]:
    """Return the mail domains of the members at the same place."""
    place = (
        Account.municipality_ags == application.municipality_ags
        if application.municipality_ags
        else Account.organisation_id == (application.organisation_id or 0)
    )
    statement = select(Account.email_key).where(
        place, Account.approved_at.is_not(None), Account.id != application.account_id
    )
    return {domain_of(email) for email in session.scalars(statement.limit(200))}


def domain_hint(application: Application) -> str:
    """Return "fits", "free" (a private mailbox) or "other" for the mail domain."""
    domain = domain_of(application.account.email)
    if domain in FREE_MAIL:
        return "free"
    place = fold(application.place).replace(" ", "")
    host = fold(domain.rpartition(".")[0]).replace(" ", "")
    is_named = any(part in place for part in host_parts(domain)) or bool(
        place and place in host
    )
    return "fits" if is_named or domain in colleagues_domains(application) else "other"


def host_parts(domain: str) -> list[str]:
    """Return the parts of a host name that could name a place: kreis-karlsruhe.de."""
    words = fold(domain.rpartition(".")[0]).split()
    return [word for word in words if len(word) > LONGEST_COMMON and word not in COMMON_HOSTS]


def namesakes(application: Application) -> list[Account]:
    """Return other accounts with the same name."""
    statement = (
        select(Account)
        .where(
            Account.name_key == search_key(application.account.name),
            Account.id != application.account_id,
            Account.email_confirmed_at.is_not(None),
        )
        .options(joinedload(Account.municipality), joinedload(Account.organisation))
        .order_by(Account.id)
        .limit(5)
    )
    return list(session.scalars(statement))


def unconfirmed_before(until: datetime) -> list[Account]:
    """Return accounts whose address nobody confirmed since a time."""
    statement = select(Account).where(
        Account.email_confirmed_at.is_(None),
        Account.approved_at.is_(None),
        Account.created_at < until,
    )
    return list(session.scalars(statement))


def ended_before(until: datetime) -> list[Application]:
    """Return applications that were declined or withdrawn before a time."""
    statement = with_all().where(
        Application.state.in_([ApplicationState.DECLINED, ApplicationState.WITHDRAWN]),
        Application.decided_at < until,
    )
    return list(session.scalars(statement))


# People --------------------------------------------------------------------------------


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


# Invitations ---------------------------------------------------------------------------


def invitations_of(actor: Actor) -> list[Invitation]:
    """Return what somebody sent, the newest first."""
    statement = (
        select(Invitation)
        .where(Invitation.invited_by_id == actor.account_id)
        .options(joinedload(Invitation.municipality), joinedload(Invitation.token))
        .order_by(Invitation.id.desc())
        .limit(100)
    )
    return list(session.scalars(statement))


def get_invitation(actor: Actor, invitation_id: int) -> Invitation:
    """Return an invitation for who sent it, and for admins."""
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or not policy.may_revoke(actor, invitation):
        raise NotFound
    return invitation


def find_settled_account(email: str) -> Account | None:
    """Return the account of an address unless it is a registration nobody confirmed."""
    account = find_account_by_email(email)
    is_settled = account is not None and (account.email_confirmed_at or account.approved_at)
    return account if is_settled else None


def find_invitation(token_id: int) -> Invitation | None:
    """Return what a token invites to, if it still stands."""
    invitation = session.scalar(
        select(Invitation)
        .where(Invitation.token_id == token_id)
        .options(joinedload(Invitation.municipality), joinedload(Invitation.invited_by))
    )
    return invitation if invitation is not None and stands(invitation) else None


def stands(invitation: Invitation) -> bool:
    """Tell whether nobody used or revoked it, and its sender still may invite there."""
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        return False
    return policy.may_invite_into(actor_of(invitation.invited_by), invitation.municipality)
