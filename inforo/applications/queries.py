"""Every SELECT on applications. Who asks comes first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account, search_key
from inforo.applications.models import (
    OPEN_STATES,
    Application,
    ApplicationMessage,
    ApplicationState,
)
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.municipalities.names import fold
from inforo.offices import queries as offices
from inforo.offices.models import (
    CoordinationOffice,
    WorkItem,
    WorkKind,
)
from inforo.offices.policy import may_work_on
from inforo.people.queries import actor_of

LONGEST_COMMON = 3
COMMON_HOSTS = frozenset({"stadt", "kreis", "landkreis", "gemeinde", "mail", "verwaltung"})
FREE_MAIL = frozenset(
    {"gmail.com", "googlemail.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "mail.de"}
    | {"freenet.de", "outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "live.de"}
    | {"yahoo.de", "yahoo.com", "icloud.com", "posteo.de", "mailbox.org", "proton.me"}
    | {"protonmail.com", "arcor.de", "aol.com"}
)


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
