"""Organisations, offices, people with their roles, and open applications."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from inforo import passwords, text
from inforo.accounts.models import Account, AccountTerm, Organisation, OrganisationKind
from inforo.applications.models import Application, ApplicationMessage, ApplicationState
from inforo.authz import Role
from inforo.config import settings
from inforo.db import folded, session
from inforo.demo.source import Catalogue, ago, at, read
from inforo.i18n import _l
from inforo.offices.actions import open_item, wait_for_author
from inforo.offices.models import (
    CoordinationOffice,
    OfficeKind,
    OfficeState,
    RoleAssignment,
    WorkKind,
)
from inforo.vocabularies.models import Term

PASSWORD = "Marktplatz-Demo-2026"  # noqa: S105 (the password of invented people)
# One account for each role, shown on the sign-in page of the demo.
SHOWN = {
    "anna-albrecht": (_l("Mitglied"), "Mannheim"),
    "bernd-brandt": (_l("Mitglied"), "Münster"),
    "gustav-graf": (_l("Profilredaktion"), "Mannheim"),
    "hanna-heller": (_l("Gruppenleitung"), "Friedrichshain-Kreuzberg"),
    "clara-conrad": (_l("Koordination"), "Baden-Württemberg"),
    "doris-dahl": (_l("Koordination"), "Berlin"),
    "emil-ebert": (_l("Redaktion"), _l("bundesweit")),
    "frieda-falk": (_l("Betrieb"), ""),
}


@dataclass(frozen=True)
class DemoAccount:
    """What the sign-in page of the demo tells about one of the accounts."""

    label: str
    email: str
    password: str = PASSWORD


def shown() -> list[DemoAccount]:
    """Return the accounts to try the platform with, one for each role."""
    emails = {row["key"]: row["email"] for row in read("people.json")}
    return [
        DemoAccount(f"{role}, {place}" if place else str(role), emails[key])
        for key, (role, place) in SHOWN.items()
    ]


def load_terms(catalogue: Catalogue) -> None:
    for term in session.scalars(select(Term)):
        catalogue.terms[term.vocabulary, term.key] = term


def load_organisations(catalogue: Catalogue) -> None:
    for row in read("organisations.json"):
        catalogue.organisations[row["key"]] = Organisation(
            name=row["name"],
            name_key=folded(row["name"]),
            kind=OrganisationKind(row["kind"]),
            state_code=row["state"],
        )
    session.add_all(catalogue.organisations.values())
    session.flush()


def load_offices(catalogue: Catalogue) -> None:
    """A KGC works for all programmes of its Land, an LKS for its own one."""
    plain = ("key", "name", "tasks", "address", "email", "phone", "website")
    for row in read("offices.json"):
        kind = OfficeKind(row["kind"])
        office = CoordinationOffice(
            kind=kind,
            programme_key=row["programme"] if kind is OfficeKind.LKS else None,
            tasks_html=text.render_markdown(row["tasks"]),
            **{name: row[name] for name in plain},
        )
        session.add(office)
        session.flush()
        session.add_all(
            OfficeState(office_id=office.id, state_code=code) for code in row["states"]
        )
        catalogue.offices[row["key"]] = office


def load_people(catalogue: Catalogue) -> None:
    """Every demo account has the same password; it is hashed once."""
    hashed = passwords.hash_password(PASSWORD)
    for row in read("people.json"):
        person = make_account(catalogue, row, hashed)
        session.add(person)
        session.flush()
        catalogue.people[row["key"]] = person
        session.add_all(
            AccountTerm(account_id=person.id, term_id=term.id)
            for term in catalogue.topics(row["topics"])
        )
        for role in row["roles"]:
            session.add(make_role(catalogue, person, role))


def make_account(catalogue: Catalogue, row: dict[str, Any], hashed: str) -> Account:
    joined = at(row.get("joined") or ago(days=2).date().isoformat())
    organisation = catalogue.organisations.get(row["organisation"] or "")
    plain = ("name", "email", "function", "about", "helps_with", "looks_for", "phone")
    return Account(
        email_key=folded(row["email"]),
        password_hash=hashed,
        municipality_ags=row["municipality"],
        organisation_id=organisation.id if organisation else None,
        state_code=row["state"],
        department_key=row["department"] or "",
        visibility=row.get("visibility", {}),
        terms_version=settings.terms_version,
        terms_accepted_at=joined,
        email_confirmed_at=joined,
        approved_at=joined,
        created_at=joined,
        **{name: row.get(name) or "" for name in plain},
    )


def make_role(catalogue: Catalogue, person: Account, row: dict[str, Any]) -> RoleAssignment:
    role = Role(row["role"])
    office = catalogue.offices[row["scope"]] if role is Role.COORDINATOR else None
    ags = row["scope"] if role is Role.PROFILE_EDITOR else None
    return RoleAssignment(
        account_id=person.id,
        role=role,
        scope_key=str(office.id) if office else ags or "*",
        office_id=office.id if office else None,
        municipality_ags=ags,
    )


def load_applications(catalogue: Catalogue) -> None:
    for row in read("applications.json"):
        account = make_account(catalogue, row, "")
        account.approved_at = None
        account.password_hash = next(iter(catalogue.people.values())).password_hash
        account.created_at = ago(days=row["submitted_days_ago"])
        session.add(account)
        session.flush()
        session.add(application := make_application(account, row))
        session.flush()
        item = open_item(
            WorkKind.APPLICATION,
            application,
            title=account.name,
            url=f"/arbeitskorb/anmeldungen/{application.id}",
            author_id=account.id,
        )
        item.created_at = account.created_at
        if row["question"]:
            session.flush()
            add_question(catalogue, application, row)


def make_application(account: Account, row: dict[str, Any]) -> Application:
    return Application(
        account_id=account.id,
        state=ApplicationState(row["state_of_application"]),
        reason=row["reason"],
        state_code=row["state"],
        confirmed_at=account.created_at,
        created_at=account.created_at,
    )


def add_question(catalogue: Catalogue, application: Application, row: dict[str, Any]) -> None:
    staff = catalogue.offices[f"kgc-{row['state'].lower()}"]
    asking = session.scalar(
        select(RoleAssignment.account_id).where(RoleAssignment.office_id == staff.id)
    )
    said = [(asking, row["question"]), (application.account_id, row["answer"])]
    for author_id, words in said:
        if words:
            session.add(
                ApplicationMessage(
                    application_id=application.id, author_id=author_id, text=words
                )
            )
    if not row["answer"]:
        wait_for_author(WorkKind.APPLICATION, application)
