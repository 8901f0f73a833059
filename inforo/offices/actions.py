"""Opening and closing what waits in the work basket; giving and taking roles.

Lower and higher slices order work here: `open_item()` when something needs an office,
`close_item()` when it was decided. Both are idempotent per kind and subject.
`grant()` and `revoke()` are the only places where roles change.
"""

from datetime import date
from typing import Any

from inforo import audit, mail, sessions
from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import STAFF, Actor, Role, Scope
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l, written
from inforo.municipalities.models import Municipality
from inforo.offices import assignments, queries
from inforo.offices.models import (
    CONFIDENTIAL,
    Absence,
    CoordinationOffice,
    RoleAssignment,
    RoleProposal,
    WorkItem,
    WorkKind,
    WorkNote,
)


def open_item(
    kind: WorkKind,
    content: Any,
    *,
    title: Any,
    url: str,
    scope: Scope | None = None,
    author_id: int | None = None,
) -> WorkItem:
    """Put a thing into the basket of the offices of its scope, or open it there again."""
    scope = scope or content.scope
    item = queries.find_item(kind, subject_of(content))
    if item is None:
        item = WorkItem(kind=kind, subject=subject_of(content), opened_at=now())
        session.add(item)
    elif not item.is_open:
        item.opened_at, item.due_on = now(), None
    item.title, item.url, item.author_id = written(title), url, author_id
    item.state_code, item.programme_key = scope.state_code, scope.programme_key
    item.closed_at, item.closed_by_id, item.outcome = None, None, ""
    item.waits_for_author_since = None
    return item


def move_item(kind: WorkKind, content: Any) -> None:
    """Let an item follow its thing into another Land or programme."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.state_code, item.programme_key = (
            content.scope.state_code,
            content.scope.programme_key,
        )


def close_item(actor: Actor, kind: WorkKind, content: Any, outcome: Any) -> None:
    """Take a decided thing out of the basket."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None and item.closed_at is None:
        item.closed_at, item.closed_by_id = now(), actor.account_id
        item.outcome = written(outcome)


def wait_for_author(kind: WorkKind, content: Any) -> None:
    """Note that the office asked back and the author is next."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.waits_for_author_since = now()


def set_due(kind: WorkKind, content: Any, due_on: date | None) -> None:
    """Note by when who has the item should act; None: no deadline."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.due_on = due_on


def find_and_take(actor: Actor, kind: WorkKind, content: Any) -> None:
    """Note who works on a thing now, whoever had it before."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.taken_by_id, item.taken_at = actor.account_id, now()


def free_item(kind: WorkKind, content: Any) -> None:
    """Let others take the item, without a word about who had it."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.taken_by_id, item.taken_at = None, None


def note_absence(actor: Actor, starts_on: date, ends_on: date, deputy: Account) -> Absence:
    """Say when somebody is away and who stands in; the deputy hears of it by the page."""
    absence = Absence(
        account_id=actor.account_id, starts_on=starts_on, ends_on=ends_on, deputy=deputy
    )
    session.add(absence)
    return absence


def end_absence(actor: Actor, absence: Absence) -> None:
    session.delete(absence)


def author_answered(kind: WorkKind, content: Any) -> None:
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.waits_for_author_since = None


def add_note(actor: Actor, item: WorkItem, text: str) -> WorkNote:
    """Leave a note for colleagues; authors never see it."""
    note = WorkNote(item_id=item.id, author_id=actor.account_id, text=text)
    session.add(note)
    audit.record(actor, "note", item, title=item.title)
    return note


def take(actor: Actor, items: list[WorkItem], *, instead_of: int | None = None) -> None:
    """Take over items together, or none of them.

    `instead_of` is the colleague whose item is taken over on purpose; without it only items
    nobody works on can be taken.
    """
    for item in items:
        if not item.is_open:
            raise DomainError(_("„%(title)s“ ist schon erledigt.", title=item.title))
        if item.taken_by_id not in (None, instead_of, actor.account_id):
            raise DomainError(
                _(
                    "„%(title)s“ hat inzwischen jemand anderes übernommen. Es wurde nichts "
                    "geändert.",
                    title=item.title,
                )
            )
    for item in items:
        if item.taken_by_id != actor.account_id:
            item.taken_by_id, item.taken_at = actor.account_id, now()
            audit.record(actor, "take", item, title=item.title)


def give_back(actor: Actor, item: WorkItem) -> None:
    """Let colleagues take the item again."""
    item.taken_by_id, item.taken_at = None, None
    audit.record(actor, "give_back", item, title=item.title)


def hand_over(actor: Actor, item: WorkItem, office: CoordinationOffice, reason: str) -> None:
    """Make one office responsible for the item from now on; the reason stays as a note."""
    if not item.is_open:
        raise DomainError(_("Dieser Vorgang ist schon erledigt."))
    if item.kind in CONFIDENTIAL:
        raise DomainError(_("Das ist vertraulich: Nur mit Einverständnis geht es weiter."))
    if item.office_id == office.id:
        raise DomainError(_("Der Vorgang liegt schon bei dieser Stelle."))
    item.office_id = office.id
    item.taken_by_id, item.taken_at = None, None
    text = _l("Abgegeben an %(office)s: %(reason)s", office=office.name, reason=reason)
    session.add(WorkNote(item_id=item.id, author_id=actor.account_id, text=written(text)))
    audit.record(actor, "hand_over", item, f"{office.name}: {reason}", title=item.title)


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
    held = assignments.find_role(wanted.account, wanted.role, wanted.scope_key)
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
    if assignments.find_role(wanted.account, wanted.role, wanted.scope_key):
        raise DomainError(_("Diese Rolle hat die Person schon."))
    others = {who.id for who in assignments.active_admins()}
    if not others - {actor.account_id, wanted.account.id}:
        raise DomainError(
            _(
                "Es gibt keine zweite Person im Betrieb, die zustimmen könnte. Geben Sie die "
                "Rolle auf dem Server mit „inforo roles grant“."
            )
        )
    known = assignments.find_proposal(wanted.account, wanted.role, wanted.scope_key)
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
