"""Giving and taking roles, by one admin or, where it takes two, proposed and confirmed.

`grant()` and `revoke()` are the only places where roles change.
"""

from inforo import audit, mail, sessions
from inforo.accounts.models import Account
from inforo.authz import STAFF, Actor, Role
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.offices import assignments
from inforo.offices.models import (
    CoordinationOffice,
    RoleAssignment,
    RoleProposal,
)


def new_role(
    account: Account,
    role: Role,
    *,
    office: CoordinationOffice | None = None,
    municipality: Municipality | None = None,
) -> RoleAssignment:
    """Describe a role without giving it yet; refuse one that lacks its office or place."""
    if role is Role.COORDINATOR and office is None:
        raise DomainError(_("Für die Rolle Koordination fehlt die Koordinierungsstelle."))
    if role is Role.PROFILE_EDITOR and municipality is None:
        raise DomainError(_("Für die Profilredaktion fehlt die Kommune."))
    office = office if role is Role.COORDINATOR else None
    municipality = municipality if role is Role.PROFILE_EDITOR else None
    return RoleAssignment(
        account=account,
        account_id=account.id,
        role=role,
        scope_key=str(office.id) if office else municipality.ags if municipality else "*",
        office=office,
        office_id=office.id if office else None,
        municipality=municipality,
        municipality_ags=municipality.ags if municipality else None,
    )


def grant(actor: Actor, wanted: RoleAssignment, reason: str = "") -> RoleAssignment:
    """Give a role made by `new_role()`, log it and tell the person; once is enough.

    Whether the actor may is asked before (`policy.may_grant`), as is the second person.
    """
    if not wanted.account.is_approved:
        raise DomainError(_("Rollen bekommt nur, wessen Konto freigegeben ist."))
    held = assignments.find_role(RoleAssignment, wanted.account, wanted.role, wanted.scope_key)
    if held is not None:
        return held
    wanted.granted_by_id = actor.account_id
    session.add(wanted)
    session.flush()
    audit.record(actor, "grant", wanted, reason, title=title_of(wanted))
    tell_holder("offices/role_granted", wanted, reason)
    end_sessions(wanted)
    return wanted


def revoke(actor: Actor, held: RoleAssignment, reason: str = "") -> None:
    """Take a role back, log it and tell the person. The last admin stays."""
    if held.role is Role.ADMIN:
        others = [who for who in assignments.active_admins() if who.id != held.account_id]
        if not others:
            raise DomainError(
                _(
                    "Das ist der letzte Zugang zum Betrieb. Geben Sie die Rolle zuerst einer "
                    "weiteren Person."
                )
            )
    audit.record(actor, "revoke", held, reason, title=title_of(held))
    tell_holder("offices/role_revoked", held, reason)
    end_sessions(held)
    session.delete(held)


def propose(actor: Actor, wanted: RoleAssignment, reason: str) -> RoleProposal:
    """Ask a second admin to give a role; the other admins hear of it by mail."""
    if not wanted.account.is_approved:
        raise DomainError(_("Rollen bekommt nur, wessen Konto freigegeben ist."))
    if assignments.find_role(RoleAssignment, wanted.account, wanted.role, wanted.scope_key):
        raise DomainError(_("Diese Rolle hat die Person schon."))
    others = {who.id for who in assignments.active_admins()}
    if not others - {actor.account_id, wanted.account.id}:
        raise DomainError(
            _(
                "Es gibt keine zweite Person im Betrieb, die zustimmen könnte. Geben Sie die "
                "Rolle auf dem Server mit „inforo roles grant“."
            )
        )
    known = assignments.find_role(RoleProposal, wanted.account, wanted.role, wanted.scope_key)
    if known is not None:
        raise DomainError(_("Dieser Vorschlag wartet schon auf eine zweite Person."))
    proposal = RoleProposal(
        account=wanted.account,
        role=wanted.role,
        scope_key=wanted.scope_key,
        office=wanted.office,
        reason=reason,
        proposed_by_id=actor.account_id,
    )
    session.add(proposal)
    session.flush()
    audit.record(actor, "propose_role", proposal, reason, title=title_of(wanted))
    tell_admins(actor, wanted, reason)
    return proposal


def confirm(actor: Actor, proposal: RoleProposal) -> RoleAssignment:
    """Give the proposed role, as the second person; the first must still be an admin."""
    if proposal.proposed_by_id not in {who.id for who in assignments.active_admins()}:
        raise DomainError(
            _(
                "Wer das vorgeschlagen hat, gehört nicht mehr zum Betrieb. Bitte schlagen "
                "Sie es neu vor."
            )
        )
    wanted = new_role(proposal.account, proposal.role, office=proposal.office)
    held = grant(actor, wanted, proposal.reason)
    session.delete(proposal)
    return held


def withdraw(actor: Actor, proposal: RoleProposal) -> None:
    """Drop a proposal."""
    wanted = new_role(proposal.account, proposal.role, office=proposal.office)
    audit.record(actor, "withdraw_role", proposal, title=title_of(wanted))
    session.delete(proposal)


def title_of(role: RoleAssignment) -> str:
    """Return "Clara Weiß, Koordination (KGC Bayern)" for log and mails."""
    place = f" ({role.place})" if role.place else ""
    return f"{role.account.name}, {role.role.label}{place}"


def tell_holder(template: str, role: RoleAssignment, reason: str) -> None:
    account = role.account
    mail.order(
        account.email,
        template,
        dedupe_key=f"{template}:{role.id}:{now().isoformat()}",
        name=account.name,
        account_id=account.id,
        language=account.language,
        role=role,
        reason=reason,
    )


def tell_admins(actor: Actor, wanted: RoleAssignment, reason: str) -> None:
    for admin in assignments.active_admins():
        if admin.id not in (actor.account_id, wanted.account.id):
            mail.order(
                admin.email,
                "offices/role_proposed",
                dedupe_key=f"role-proposed:{admin.id}:{now().isoformat()}",
                name=admin.name,
                account_id=admin.id,
                language=admin.language,
                role=wanted,
                proposer=actor.name,
                reason=reason,
            )


def end_sessions(role: RoleAssignment) -> None:
    """Let staff sign in anew, with a new session and what their role demands of it."""
    if role.role in STAFF:
        sessions.end_all(role.account_id)
