"""Every write on applications: sending, deciding, asking back, handing over."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from inforo import audit
from inforo.accounts import queries as accounts_queries
from inforo.accounts.models import (
    Account,
    Organisation,
    OrganisationKind,
)
from inforo.applications import queries
from inforo.applications.jobs import tell_office
from inforo.applications.models import (
    Application,
    ApplicationMessage,
    ApplicationState,
)
from inforo.authz import Actor, Role
from inforo.clock import now
from inforo.db import folded, session
from inforo.doors.actions import let_in_waiting
from inforo.errors import DomainError
from inforo.i18n import _, _l, written
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import mark_subject_read, notify
from inforo.notifications.models import Event
from inforo.offices import actions as offices
from inforo.offices.models import CoordinationOffice, WorkKind
from inforo.offices.role_actions import revoke
from inforo.people.queries import roles_of

KIND = WorkKind.APPLICATION
NEWCOMERS = "/neu-hier"  # the first steps; a page of a slice above


@dataclass(frozen=True)
class Place:
    """Where somebody works: a municipality, a known organisation, or a new one."""

    municipality: Municipality | None = None
    organisation: Organisation | None = None
    organisation_name: str = ""
    organisation_kind: OrganisationKind | None = None
    organisation_state: str | None = None

    @property
    def state_code(self) -> str | None:
        if self.municipality is not None:
            return self.municipality.state_code
        known = self.organisation
        return known.state_code if known is not None else self.organisation_state


def set_place(application: Application, place: Place) -> None:
    application.municipality, application.organisation = place.municipality, place.organisation
    application.organisation_name = place.organisation_name
    application.organisation_kind = place.organisation_kind
    application.state_code = place.state_code


def submit(application: Application) -> None:
    """Put an application into the basket of the office, and tell its people."""
    account = application.account
    application.state, application.confirmed_at = ApplicationState.OPEN, now()
    session.flush()
    offices.open_item(
        KIND,
        application,
        title=f"{account.name}, {application.place}",
        url=url_for("applications.review", application_id=application.id),
        author_id=account.id,
    )
    tell_office.later(application_id=application.id, occasion="new")


# Deciding -------------------------------------------------------------------------------


def approve(actor: Actor, application: Application) -> None:
    """Let somebody in, or to the new place; the account may do everything from now on."""
    account, was_move = application.account, application.is_move
    decide(actor, application, ApplicationState.APPROVED, "")
    apply_place(actor, application)
    account.approved_at = account.approved_at or now()
    let_in_waiting(account)
    tell_applicant(
        actor,
        application,
        _l("Ihre neue Stelle ist bestätigt") if was_move else _l("Willkommen bei inforo"),
        _l("Sie arbeiten jetzt als Mitglied von %(place)s mit.", place=application.place)
        if was_move
        else _l(
            "Ihre Anmeldung ist freigegeben. Schön, dass Sie dabei sind! "
            "„Neu hier“ führt Sie in fünf Schritten hinein."
        ),
        url_for("people.show", account_id=account.id) if was_move else NEWCOMERS,
    )


def decline(actor: Actor, application: Application, reason: str) -> None:
    """Refuse with a reason the person reads."""
    decide(actor, application, ApplicationState.DECLINED, reason)
    tell_applicant(
        actor,
        application,
        _l("Ihr Antrag wurde nicht freigegeben"),
        reason,
        url_for("applications.show"),
    )


def decide(
    actor: Actor, application: Application, state: ApplicationState, reason: str
) -> None:
    application.state, application.decision_reason = state, reason
    application.decided_at, application.decided_by_id = now(), actor.account_id
    title = application.account.name
    audit.record(actor, f"application_{state.value}", application, reason, title=title)
    offices.close_item(actor, KIND, application, state.label)


def apply_place(actor: Actor, application: Application) -> None:
    """Put the agreed place into the account; who moves gives back the old profile."""
    account = application.account
    if application.organisation_name and application.organisation is None:
        application.organisation = known_or_new_organisation(application)
    if application.municipality is None and application.organisation is None:
        return
    old = account.municipality_ags
    account.municipality = application.municipality
    account.organisation = application.organisation
    account.state_code = application.state_code
    if old is not None and old != application.municipality_ags:
        give_back_profile(actor, account, old)


def known_or_new_organisation(application: Application) -> Organisation:
    name = application.organisation_name
    known = accounts_queries.find_organisation_by_name(name)
    if known is not None:
        return known
    organisation = Organisation(
        name=name,
        name_key=folded(name),
        kind=application.organisation_kind or OrganisationKind.ASSOCIATION,
        state_code=application.state_code,
    )
    session.add(organisation)
    session.flush()
    return organisation


def give_back_profile(actor: Actor, account: Account, ags: str) -> None:
    for held in roles_of(account):
        if held.role is Role.PROFILE_EDITOR and held.municipality_ags == ags:
            revoke(actor, held, written(_l("Wechsel der Kommune")))


def tell_applicant(
    actor: Actor, application: Application, title: Any, text: Any, url: str
) -> None:
    moment = now().isoformat()
    subject = audit.subject_of(application)
    notify(
        application.account,
        Event.DECISION,
        key=f"{subject}:{moment}",
        title=title,
        text=text,
        url=url,
        subject=subject,
        actor=actor,
    )


def ask_back(actor: Actor, application: Application, question: str) -> None:
    """Ask the person something; the application waits for the answer."""
    add_message(actor, application, question)
    application.state = ApplicationState.ASKED
    title = application.account.name
    audit.record(actor, "application_asked", application, question, title=title)
    offices.wait_for_author(KIND, application)
    tell_applicant(
        actor,
        application,
        _l("Rückfrage zu Ihrem Antrag"),
        question,
        url_for("applications.show"),
    )


def answer(actor: Actor, application: Application, text: str) -> None:
    message = add_message(actor, application, text)
    application.state = ApplicationState.OPEN
    offices.author_answered(KIND, application)
    mark_subject_read(actor, audit.subject_of(application))
    tell_office.later(application_id=application.id, occasion=f"answer:{message.id}")


def add_message(actor: Actor, application: Application, text: str) -> ApplicationMessage:
    message = ApplicationMessage(
        application_id=application.id, author_id=actor.account_id, text=text
    )
    session.add(message)
    session.flush()
    return message


def withdraw(actor: Actor, application: Application) -> None:
    decide(actor, application, ApplicationState.WITHDRAWN, "")


def hand_over(actor: Actor, case: queries.Case, office: CoordinationOffice, note: str) -> None:
    """Make another office responsible, also one of another Land; its people are told."""
    offices.hand_over(actor, case.item, office, note)
    title = case.application.account.name
    reason = f"{office.name}: {note}"
    audit.record(actor, "application_handed_over", case.application, reason, title=title)
    occasion = f"handed:{office.id}:{now().isoformat()}"
    tell_office.later(application_id=case.application.id, occasion=occasion)


def move(actor: Actor, account: Account, place: Place, reason: str) -> Application:
    """Ask the office of the new place to agree; until then everything stays as it was."""
    if queries.has_open_application(account.id):
        raise DomainError(_("Ein Antrag auf Wechsel liegt schon bei der Koordinierungsstelle."))
    application = Application(account=account, state=ApplicationState.OPEN, reason=reason)
    set_place(application, place)
    session.add(application)
    submit(application)
    audit.record(actor, "application_move", application, reason, title=account.name)
    return application
