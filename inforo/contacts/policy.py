"""Who may begin to write to whom. Pure rules, and the same for SELECTs.

The coordinators of an office are there to be asked: their own wish does not count. A block
counts for everybody, in both directions. Whoever is refused learns only that the person takes
no messages, not why.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from inforo.accounts.models import Account
from inforo.authz import Actor, Role
from inforo.contacts.models import Block, Circle, ContactWish
from inforo.offices.models import RoleAssignment
from inforo.people.policy import colleague_of, visible_to


@dataclass(frozen=True)
class Contact:
    """Somebody, as far as it matters to one person who wants to write."""

    account: Account
    circle: Circle = Circle.MEMBERS
    is_colleague: bool = False
    is_coordinator: bool = False
    is_blocked: bool = False  # by one of the two


def is_active(account: Account) -> bool:
    return account.is_approved


def may_write_to(actor: Actor, contact: Contact) -> bool:
    account = contact.account
    if not actor.is_member or actor.is_me(account.id) or not is_active(account):
        return False
    if contact.is_blocked:
        return False
    return contact.is_coordinator or in_circle(actor, contact)


def in_circle(actor: Actor, contact: Contact) -> bool:
    if contact.circle is Circle.NEAR:
        state_code = contact.account.state_code
        is_near = state_code is not None and state_code == actor.state_code
        return is_near or contact.is_colleague
    return contact.circle is Circle.MEMBERS


def may_block(actor: Actor, account: Account) -> bool:
    return actor.is_member and not actor.is_me(account.id)


def writable_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_write_to`, for SELECTs. A test keeps the two equal."""
    if not actor.is_member:
        return false()
    return and_(
        visible_to(actor),
        Account.suspended_at.is_(None),
        Account.id != actor.account_id,
        ~blocked_between(actor),
        or_(is_coordinator(), circle_holds(actor)),
    )


def blocked_between(actor: Actor) -> ColumnElement[bool]:
    """One of the two has blocked the other."""
    mine, theirs = Block.account_id == actor.account_id, Block.blocked_id == actor.account_id
    return exists().where(
        or_(
            and_(mine, Block.blocked_id == Account.id),
            and_(theirs, Block.account_id == Account.id),
        )
    )


def is_coordinator() -> ColumnElement[bool]:
    return exists().where(
        RoleAssignment.account_id == Account.id, RoleAssignment.role == Role.COORDINATOR
    )


def circle_holds(actor: Actor) -> ColumnElement[bool]:
    chosen = select(ContactWish.circle).where(ContactWish.account_id == Account.id)
    circle = chosen.correlate(Account).scalar_subquery()
    near = colleague_of(actor)
    if actor.state_code:
        near = or_(near, Account.state_code == actor.state_code)
    return or_(circle.is_(None), circle == Circle.MEMBERS, and_(circle == Circle.NEAR, near))
