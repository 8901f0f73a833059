"""Who sees which part of whom, and who may suspend. Pure rules."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from inforo.accounts.models import Account, Audience
from inforo.authz import STAFF, Actor, coordinates_sql
from inforo.groups.models import Membership
from inforo.offices.models import RoleAssignment

# Who sees a field of a person page as long as the person has not decided otherwise.
FIELDS = {
    "email": Audience.NOBODY,
    "phone": Audience.NOBODY,
    "about": Audience.MEMBERS,
    "topics": Audience.MEMBERS,
    "helps_with": Audience.MEMBERS,
    "looks_for": Audience.MEMBERS,
    "groups": Audience.COLLEAGUES,
}


def may_view(actor: Actor, account: Account) -> bool:
    """Members see members; suspended people are seen by those who may let them in again."""
    if account.closed_at is not None or account.approved_at is None:
        return False
    if account.suspended_at is not None:
        return may_suspend(actor, account)
    return actor.is_member


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs. A test keeps the two equal."""
    if not actor.is_member:
        return false()
    return and_(
        Account.closed_at.is_(None),
        Account.approved_at.is_not(None),
        or_(Account.suspended_at.is_(None), suspendable_by(actor)),
    )


def may_suspend(actor: Actor, account: Account) -> bool:
    """The coordinators of the Land, and admins; nobody suspends themselves."""
    if actor.is_me(account.id) or account.approved_at is None or account.closed_at is not None:
        return False
    return actor.moderates(account)


def may_suspend_holder(actor: Actor, roles: Iterable[RoleAssignment]) -> bool:
    """Coordinators suspend members and profile editors; who has more power, only admins."""
    return actor.is_admin or not any(held.role in STAFF for held in roles)


def suspendable_by(actor: Actor) -> ColumnElement[bool]:
    """The part of `may_suspend` that depends on the Land, for SELECTs."""
    if actor.is_admin:
        return Account.id != actor.account_id
    covered = coordinates_sql(actor, Account.state_code)
    return and_(covered, Account.id != actor.account_id)


def audience_of(account: Account, field: str) -> Audience:
    """Return who may see a field, as the person chose or as it is by default."""
    chosen = account.visibility.get(field, "")
    known = {audience.value: audience for audience in Audience}
    return known.get(chosen, FIELDS[field])


def may_see(actor: Actor, account: Account, field: str, *, are_colleagues: bool) -> bool:
    """Tell whether one field may be seen; `are_colleagues`: they share a group."""
    if actor.is_me(account.id):
        return True
    audience = audience_of(account, field)
    if audience is Audience.COLLEAGUES:
        return actor.is_member and are_colleagues
    return actor.is_member and audience is Audience.MEMBERS


def sees(actor: Actor, field: str) -> ColumnElement[bool]:
    """The same rule as `may_see`, for SELECTs. A test keeps the two equal."""
    if not actor.is_member:
        return Account.id == (actor.account_id or 0)
    chosen = Account.visibility[field].as_string()
    is_default = or_(chosen.is_(None), chosen.not_in([audience.value for audience in Audience]))

    def audience_is(audience: Audience) -> ColumnElement[bool]:
        default = is_default if FIELDS[field] is audience else false()
        return or_(chosen == audience.value, default)

    return or_(
        Account.id == actor.account_id,
        audience_is(Audience.MEMBERS),
        and_(audience_is(Audience.COLLEAGUES), colleague_of(actor)),
    )


def colleague_of(actor: Actor) -> ColumnElement[bool]:
    """The account belongs to a group the actor belongs to."""
    if not actor.group_ids:
        return false()
    shared: Any = Account.id.in_(
        Membership.__table__.select()
        .with_only_columns(Membership.account_id)
        .where(Membership.group_id.in_(actor.group_ids))
    )
    return and_(true(), shared)


def may_see_address(actor: Actor, account: Account) -> bool:
    """Admins may look up any address; that is logged."""
    return actor.is_admin and not actor.is_me(account.id)
