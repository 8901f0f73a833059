"""Every write on registrations, applications, invitations and person pages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy import delete

from inforo import audit, mail, sessions, versions
from inforo.accounts import actions as accounts
from inforo.accounts import queries as accounts_queries
from inforo.accounts.models import (
    Account,
    AccountTerm,
    Organisation,
    OrganisationKind,
    Purpose,
    Token,
)
from inforo.authz import Actor, Role
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import mark_subject_read, notify
from inforo.notifications.models import Event
from inforo.offices import actions as offices
from inforo.offices.models import CoordinationOffice, WorkKind
from inforo.people import queries
from inforo.people.jobs import tell_office
from inforo.people.models import (
    Application,
    ApplicationMessage,
    ApplicationState,
    Invitation,
)
from inforo.vocabularies.models import Term

KIND = WorkKind.APPLICATION


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


# Registering ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Registration:
    """What somebody typed to become a member; the password is hashed already."""

    name: str
    email: str
    function: str
    department_key: str
    reason: str
    password_hash: str
    place: Place


def register(typed: Registration) -> None:
    """Keep a registration until its address is confirmed.

    Nobody learns whether an address is known: its owner gets a different mail, that is all.
    A registration nobody confirmed is replaced by the next one of the same address.
    """
    account = accounts_queries.find_account_by_email(typed.email)
    if account is not None and (account.email_confirmed_at or account.approved_at):
        tell_known(account)
        return
    if account is None:
        account = Account(email=typed.email, email_key=folded(typed.email))
        session.add(account)
    account.name, account.function, account.created_at = typed.name, typed.function, now()
    account.department_key, account.password_hash = typed.department_key, typed.password_hash
    account.password_changed_at = now()
    accept_terms(account)
    session.flush()
    application = queries.find_unconfirmed(account) or Application(account=account)
    application.state, application.reason = ApplicationState.UNCONFIRMED, typed.reason
    set_place(application, typed.place)
    session.add(application)
    send_confirmation(account)


def accept_terms(account: Account) -> None:
    account.terms_version, account.terms_accepted_at = settings.terms_version, now()


def send_confirmation(account: Account) -> None:
    """Mail a fresh link that confirms the address; older links stop working."""
    life = timedelta(hours=settings.token_confirm_hours)
    token, secret = accounts.issue_token(Purpose.CONFIRM, life, account)
    mail.order(
        account.email,
        "people/confirm",
        dedupe_key=f"confirm:{token.id}",
        name=account.name,
        account_id=account.id,
        url=url_for("people.confirm", secret=secret, _external=True),
    )


def tell_known(account: Account) -> None:
    """Tell somebody who registers again that there is an account already."""
    if account.closed_at is not None:
        return
    mail.order(
        account.email,
        "people/known",
        dedupe_key=f"known:{account.id}:{now().isoformat()}",
        name=account.name,
        account_id=account.id,
        sign_in_url=url_for("accounts.sign_in", _external=True),
        reset_url=url_for("accounts.forgot_password", _external=True),
    )


def confirm(token: Token, account: Account) -> None:
    """Note that the address is right, and give the application to the office."""
    accounts.use_token(token)
    account.email_confirmed_at = now()
    application = queries.find_unconfirmed(account)
    if application is not None:
        submit(application)


def submit(application: Application) -> None:
    """Put an application into the basket of the office, and tell its people."""
    account = application.account
    application.state, application.confirmed_at = ApplicationState.OPEN, now()
    session.flush()
    offices.open_item(
        KIND,
        application,
        title=f"{account.name}, {application.place}",
        url=url_for("people.review_application", application_id=application.id),
        author_id=account.id,
    )
    tell_office.later(application_id=application.id, occasion="new")


# Deciding ------------------------------------------------------------------------------


def approve(actor: Actor, application: Application) -> None:
    """Let somebody in, or to the new place; the account may do everything from now on."""
    account, was_move = application.account, application.is_move
    decide(actor, application, ApplicationState.APPROVED, "")
    apply_place(actor, application)
    account.approved_at = account.approved_at or now()
    tell_applicant(
        actor,
        application,
        _("Ihre neue Stelle ist bestätigt") if was_move else _("Willkommen bei inforo"),
        _("Sie arbeiten jetzt als Mitglied von %(place)s mit.", place=application.place)
        if was_move
        else _("Ihre Anmeldung ist freigegeben. Schön, dass Sie dabei sind!"),
        url_for("people.show", account_id=account.id) if was_move else url_for("pages.start"),
    )


def decline(actor: Actor, application: Application, reason: str) -> None:
    """Refuse with a reason the person reads."""
    decide(actor, application, ApplicationState.DECLINED, reason)
    tell_applicant(
        actor,
        application,
        _("Ihr Antrag wurde nicht freigegeben"),
        reason,
        url_for("people.application"),
    )


def decide(
    actor: Actor, application: Application, state: ApplicationState, reason: str
) -> None:
    application.state, application.decision_reason = state, reason
    application.decided_at, application.decided_by_id = now(), actor.account_id
    title = application.account.name
    audit.record(actor, f"application_{state.value}", application, reason, title=title)
    offices.close_item(actor, KIND, application, str(state.label))


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
    for held in queries.roles_of(account):
        if held.role is Role.PROFILE_EDITOR and held.municipality_ags == ags:
            offices.revoke(actor, held, _("Wechsel der Kommune"))


def tell_applicant(
    actor: Actor, application: Application, title: str, text: str, url: str
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
        _("Rückfrage zu Ihrem Antrag"),
        question,
        url_for("people.application"),
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


# Person pages --------------------------------------------------------------------------


def edit_profile(
    actor: Actor, account: Account, changes: dict[str, Any], topics: list[Term]
) -> None:
    """Save one's own page; the history keeps what it was."""
    for field, value in changes.items():
        setattr(account, field, value)
    session.execute(delete(AccountTerm).where(AccountTerm.account_id == account.id))
    session.add_all(AccountTerm(account_id=account.id, term_id=term.id) for term in topics)
    kept = changes | {"topics": [term.key for term in topics]}
    versions.record(actor, account, kept)


def suspend(actor: Actor, account: Account, reason: str) -> None:
    """Take all access away until further notice; the person is told why."""
    account.suspended_at, account.suspension_reason = now(), reason
    sessions.end_all(account.id)
    accounts.end_tokens(account)
    audit.record(actor, "suspend", account, reason, title=account.name)
    key = f"suspended:{account.id}:{accounts.moment()}"
    accounts.tell(account, "people/suspended", key, reason=reason)


def reactivate(actor: Actor, account: Account) -> None:
    account.suspended_at, account.suspension_reason = None, ""
    audit.record(actor, "reactivate", account, title=account.name)
    key = f"reactivated:{account.id}:{accounts.moment()}"
    url = url_for("accounts.sign_in", _external=True)
    accounts.tell(account, "people/reactivated", key, url=url)


def look_up_address(actor: Actor, account: Account, reason: str) -> None:
    """Log that an admin looked at an address its owner shows nobody."""
    audit.record(actor, "look_up_address", account, reason, title=account.name)


# Invitations ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Guest:
    """Who is invited, where to, and into which role."""

    name: str
    email: str
    municipality: Municipality
    role: Role | None = None
    message: str = ""


def invite(actor: Actor, guest: Guest) -> Invitation:
    """Mail a link that opens an account, or gives a role to an account there is."""
    known = accounts_queries.find_account_by_email(guest.email)
    if known is not None and actor.is_me(known.id):
        raise DomainError(_("Sich selbst können Sie nicht einladen."))
    life = timedelta(days=settings.token_invitation_days)
    token, secret = accounts.issue_token(Purpose.INVITATION, life, email=guest.email)
    invitation = Invitation(
        email=guest.email,
        name=guest.name,
        message=guest.message,
        invited_by_id=actor.account_id,
        role=guest.role,
        municipality=guest.municipality,
        token_id=token.id,
    )
    session.add(invitation)
    session.flush()
    audit.record(actor, "invite", invitation, title=guest.name)
    mail.order(
        guest.email,
        "people/invitation",
        dedupe_key=f"invitation:{invitation.id}",
        name=guest.name,
        inviter=actor.name,
        place=guest.municipality.display_name,
        message=guest.message,
        url=url_for("people.accept_invitation", secret=secret, _external=True),
    )
    return invitation


def revoke(actor: Actor, invitation: Invitation) -> None:
    """Make an invitation useless that nobody accepted yet."""
    if invitation.accepted_at is not None:
        raise DomainError(_("Diese Einladung wurde schon angenommen."))
    invitation.revoked_at = now()
    audit.record(actor, "revoke_invitation", invitation, title=invitation.name)


@dataclass(frozen=True)
class Acceptance:
    """What an invited person adds; the password is hashed already."""

    name: str
    function: str
    department_key: str
    password_hash: str


def new_or_unconfirmed(email: str) -> Account:
    """Return a new account, or the one of a registration that waits for confirmation."""
    account = accounts_queries.find_account_by_email(email)
    if account is None:
        return Account(email=email, email_key=folded(email))
    session.execute(delete(Application).where(Application.account_id == account.id))
    accounts.end_tokens(account)
    return account


def accept_as_newcomer(invitation: Invitation, token: Token, typed: Acceptance) -> Account:
    """Open an account that is approved at once: who invited vouches for the person."""
    if queries.find_settled_account(invitation.email) is not None:
        raise DomainError(
            _("Zu dieser Adresse gibt es schon ein Konto. Bitte melden Sie sich an.")
        )
    account = new_or_unconfirmed(invitation.email)
    account.name, account.function = typed.name, typed.function
    account.department_key, account.password_hash = typed.department_key, typed.password_hash
    account.password_changed_at = account.email_confirmed_at = account.approved_at = now()
    account.municipality = invitation.municipality
    account.state_code = invitation.municipality.state_code
    accept_terms(account)
    session.add(account)
    session.flush()
    accept(invitation, token, account)
    return account


def accept(invitation: Invitation, token: Token, account: Account) -> None:
    """Use an invitation: once, for the account of the invited address, never for oneself."""
    if account.id == invitation.invited_by_id:
        raise DomainError(_("Ihre eigene Einladung können Sie nicht annehmen."))
    if account.municipality_ags != invitation.municipality_ags:
        raise DomainError(
            _(
                "Diese Einladung gilt für %(place)s. Bitte ändern Sie zuerst in Ihrem Profil, "
                "wo Sie arbeiten.",
                place=invitation.municipality.display_name,
            )
        )
    accounts.use_token(token)
    invitation.accepted_at, invitation.accepted_by_id = now(), account.id
    inviter = queries.actor_of(invitation.invited_by)
    audit.record(inviter, "vouch", account, title=account.name)
    if invitation.role is Role.PROFILE_EDITOR:
        place = invitation.municipality
        offices.grant(inviter, offices.new_role(account, invitation.role, municipality=place))
    notify(
        invitation.invited_by,
        Event.DECISION,
        key=f"invitation:{invitation.id}:accepted",
        title=_("%(name)s hat Ihre Einladung angenommen", name=account.name),
        url=url_for("people.show", account_id=account.id),
    )
