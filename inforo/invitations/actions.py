"""Every write on invitations: sending, revoking, accepting."""

from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from sqlalchemy import delete

from inforo import audit, mail
from inforo.accounts import actions as accounts
from inforo.accounts import queries as accounts_queries
from inforo.accounts.models import (
    Account,
    Purpose,
    Token,
)
from inforo.applications.models import Application
from inforo.authz import Actor, Role
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.errors import DomainError
from inforo.i18n import _, _l, language
from inforo.invitations.models import Invitation
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.role_actions import grant, new_role
from inforo.people.queries import actor_of


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
        "invitations/invitation",
        dedupe_key=f"invitation:{invitation.id}",
        name=guest.name,
        inviter=actor.name,
        place=guest.municipality.display_name,
        message=guest.message,
        url=url_for("invitations.accept", secret=secret, _external=True),
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
    if accounts_queries.find_settled_account(invitation.email) is not None:
        raise DomainError(
            _("Zu dieser Adresse gibt es schon ein Konto. Bitte melden Sie sich an.")
        )
    account = new_or_unconfirmed(invitation.email)
    account.name, account.function = typed.name, typed.function
    account.department_key, account.password_hash = typed.department_key, typed.password_hash
    account.password_changed_at = account.email_confirmed_at = account.approved_at = now()
    account.municipality = invitation.municipality
    account.state_code = invitation.municipality.state_code
    account.language = language()
    accounts.accept_terms(account)
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
    inviter = actor_of(invitation.invited_by)
    audit.record(inviter, "vouch", account, title=account.name)
    if invitation.role is Role.PROFILE_EDITOR:
        place = invitation.municipality
        grant(inviter, new_role(account, invitation.role, municipality=place))
    notify(
        invitation.invited_by,
        Event.DECISION,
        key=f"invitation:{invitation.id}:accepted",
        title=_l("%(name)s hat Ihre Einladung angenommen", name=account.name),
        url=url_for("people.show", account_id=account.id),
    )
