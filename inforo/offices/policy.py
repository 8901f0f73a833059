"""Who works with which items of the basket, and who may give which role.

Roles with power over others (`TAKES_TWO`) are proposed by one admin and confirmed by another.
Nobody gives a role to themselves, whatever other roles they hold.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, false, or_, true

from inforo.authz import STAFF, Actor, Role, coordinates_sql
from inforo.municipalities.models import Municipality
from inforo.offices.models import (
    CONFIDENTIAL,
    EDITED,
    Absence,
    RoleAssignment,
    RoleProposal,
    WorkItem,
)

TAKES_TWO = STAFF


def may_open_basket(actor: Actor, _: object = None) -> bool:
    return actor.is_staff


def may_work_on(actor: Actor, item: WorkItem) -> bool:
    """Admins see all, editors examples, coordinators their scope and what they were handed.

    What is confidential, the staff of its office see, whatever role others have.
    """
    if item.kind in CONFIDENTIAL:
        return item.office_id in actor.office_ids
    if actor.is_admin or (actor.is_editor and item.kind in EDITED):
        return True
    if item.office_id is not None:
        return item.office_id in actor.office_ids
    return actor.coordinates(item)


def basket_of(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_work_on`, for SELECTs. A test keeps the two equal."""
    if actor.is_admin:
        is_open = WorkItem.kind.not_in(CONFIDENTIAL)
        return or_(is_open, WorkItem.office_id.in_(actor.office_ids))
    mine = or_(
        and_(
            WorkItem.office_id.is_(None),
            WorkItem.kind.not_in(CONFIDENTIAL),
            coordinates_sql(
                actor,
                WorkItem.state_code,
                WorkItem.programme_key,
                WorkItem.kind.in_(EDITED),
            ),
        ),
        WorkItem.office_id.in_(actor.office_ids),
    )
    return or_(mine, WorkItem.kind.in_(EDITED)) if actor.is_editor else mine


def may_look(actor: Actor, item: WorkItem, absent: Collection[int]) -> bool:
    """See what it is about; what is confidential only who took it, or stands in for them."""
    if item.kind not in CONFIDENTIAL:
        return may_work_on(actor, item)
    is_deputy = item.taken_by_id in absent
    return may_work_on(actor, item) and (actor.is_me(item.taken_by_id) or is_deputy)


def may_change(actor: Actor, item: WorkItem) -> bool:
    """Take, hand over, note: on what is not decided yet."""
    return may_work_on(actor, item) and item.is_open


def may_hand_over(actor: Actor, item: WorkItem) -> bool:
    """To another office; what is confidential goes there only if who told it agrees."""
    return may_change(actor, item) and item.kind not in CONFIDENTIAL


def may_give_back(actor: Actor, item: WorkItem) -> bool:
    return may_change(actor, item) and actor.is_me(item.taken_by_id)


def may_note_absence(actor: Actor, _: object = None) -> bool:
    return actor.is_staff


def may_end_absence(actor: Actor, absence: Absence) -> bool:
    return actor.is_staff and actor.is_me(absence.account_id)


def may_open_roles(actor: Actor, _: object = None) -> bool:
    return actor.is_admin or actor.is_coordinator


def may_see_role(actor: Actor, held: RoleAssignment) -> bool:
    """Admins see all roles, coordinators profile editors of their Länder, and colleagues."""
    if actor.is_admin:
        return True
    if held.role is Role.PROFILE_EDITOR:
        return actor.coordinates(held)
    return held.office_id in actor.office_ids


def roles_of(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_see_role`; the SELECT joins the municipality of the role."""
    if actor.is_admin:
        return true()
    if not actor.is_coordinator:
        return false()
    return or_(
        and_(
            RoleAssignment.role == Role.PROFILE_EDITOR,
            coordinates_sql(actor, Municipality.state_code),
        ),
        RoleAssignment.office_id.in_(actor.office_ids),
    )


def may_grant(actor: Actor, wanted: RoleAssignment) -> bool:
    """Coordinators: profile editors of their Land, chosen among the people of their Land."""
    if actor.is_me(wanted.account_id):
        return False
    if actor.is_admin:
        return True
    is_own = actor.coordinates(wanted) and actor.coordinates(wanted.account)
    return wanted.role is Role.PROFILE_EDITOR and is_own


def may_revoke(actor: Actor, held: RoleAssignment) -> bool:
    """Take back a role; the last admin is kept by the action itself."""
    if actor.is_admin:
        return True
    return held.role is Role.PROFILE_EDITOR and actor.coordinates(held)


def may_confirm(actor: Actor, proposal: RoleProposal) -> bool:
    """The second person: another admin than the one who proposed, and not the one proposed."""
    is_second = not actor.is_me(proposal.proposed_by_id)
    return actor.is_admin and is_second and not actor.is_me(proposal.account_id)


def may_withdraw(actor: Actor, _: RoleProposal) -> bool:
    return actor.is_admin
