"""Every write on links into groups. Nothing here commits; the caller does."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from inforo import audit, mail, sessions
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.doors import policy, queries
from inforo.doors.models import Door, DoorRule, DoorUse, secret_of
from inforo.errors import DomainError
from inforo.groups.actions import log_title
from inforo.groups.member_queries import find_membership
from inforo.groups.models import Group
from inforo.i18n import _
from inforo.memberships import actions as memberships
from inforo.memberships.queries import is_let_near
from inforo.people.queries import actor_of


class UsedUp(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Dieser Link ist verbraucht: Alle Plätze sind vergeben. Bitte fragen Sie nach.")
        )


class UsedBefore(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Sie haben diesen Link schon benutzt. Bitte wenden Sie sich an die "
                "Gruppenleitung."
            )
        )


class DoesNotFit(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Diese Einladung gilt für eine andere E-Mail-Adresse als die Ihres Kontos.")
        )


@dataclass(frozen=True)
class Limits:
    """Whom a link lets in, how many, and until when."""

    rule: DoorRule
    max_uses: int
    expires_at: datetime
    domains: str = ""
    email: str = ""
    note: str = ""


def open_door(actor: Actor, group: Group, limits: Limits) -> Door:
    """Make a link into a group."""
    salt = secrets.token_urlsafe(24)
    door = Door(
        group_id=group.id,
        salt=salt,
        token_hash=sessions.digest(secret_of(salt)),
        rule=limits.rule,
        email_key=folded(limits.email),
        domains=limits.domains,
        note=limits.note,
        max_uses=limits.max_uses,
        expires_at=limits.expires_at,
        created_by_id=actor.account_id,
    )
    session.add(door)
    session.flush()
    audit.record(actor, "open_door", group, title=log_title(group))
    return door


def invite_by_mail(actor: Actor, group: Group, email: str, message: str) -> Door:
    """Mail a link that lets in the owner of this address, with or without an account."""
    limits = Limits(
        rule=DoorRule.PERSON,
        max_uses=1,
        expires_at=now() + timedelta(days=settings.token_invitation_days),
        email=email,
    )
    door = open_door(actor, group, limits)
    mail.order(
        email,
        "doors/invitation",
        dedupe_key=f"group-door:{door.id}",
        inviter=actor.name,
        group=group.name,
        purpose=group.purpose,
        message=message,
        url=url_for("doors.show", secret=door.secret, _external=True),
    )
    return door


def close_door(actor: Actor, door: Door) -> None:
    """Let nobody else in through a link, nor those who still wait for their account."""
    if door.revoked_at is None:
        door.revoked_at = now()
        audit.record(actor, "close_door", door.group, title=log_title(door.group))


def pass_through(account: Account, door: Door, message: str = "") -> DoorUse:
    """Come through a link: at once, as a request, or as soon as the account is approved.

    It works once for each person: who left or was sent away is not let in by it again.
    """
    if not policy.fits(door, account):
        raise DoesNotFit
    queries.lock_door(door)
    use = queries.find_use(door, account.id)
    if use is None:
        if queries.count_uses(door) >= door.max_uses:
            raise UsedUp
        use = DoorUse(door=door, account_id=account.id, message=message)
        session.add(use)
    elif use.settled_at is not None:
        raise UsedBefore
    if account.is_approved:
        settle(account, use)
    return use


def wait_at(account: Account, door: Door) -> None:
    """Note that somebody who registers came by a link, if it still lets them in."""
    queries.lock_door(door)
    is_free = queries.count_uses(door) < door.max_uses
    if policy.fits(door, account) and is_free and queries.find_use(door, account.id) is None:
        session.add(DoorUse(door=door, account_id=account.id))


def settle(account: Account, use: DoorUse) -> None:
    """Do for an approved member what the link promised."""
    door, group, who = use.door, use.door.group, actor_of(account)
    use.settled_at = now()
    if find_membership(group, account.id) is not None:
        return
    if door.rule is DoorRule.APPROVAL:
        memberships.request_to_join(who, group, use.message)
        return
    membership = memberships.add_member(group, account.id)
    audit.record(who, "enter_by_link", group, title=log_title(group))
    memberships.greet(group, membership)


def let_in_waiting(account: Account) -> None:
    """Bring somebody whose account was approved where the links lead they came by."""
    for use in queries.waiting_uses(account):
        door = use.door
        if (
            queries.stands(door)
            and policy.fits(door, account)
            and is_let_near(door.group, account.id)
        ):
            settle(account, use)
