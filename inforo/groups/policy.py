"""Who may do what with a group. Pure rules: no request, no database.

Three questions decide most of it: who knows that a group exists (`may_know`), who reads what
is in it (`may_read`), and who keeps its members and settings (`may_manage`). Offices may
manage what they must not read.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from inforo.authz import Actor, Scope, coordinates_sql
from inforo.groups.models import Admission, Group, GroupAudience

LISTED_FOR_MEMBERS = (GroupAudience.MEMBERS, GroupAudience.CLOSED)
PROTECTED = (GroupAudience.CLOSED, GroupAudience.HIDDEN)
ORDER = tuple(GroupAudience)


def may_know(actor: Actor, group: Group) -> bool:
    """Tell whether the name and the purpose of the group may be seen."""
    if group.audience is GroupAudience.PUBLIC or group.id in actor.group_ids:
        return True
    if group.audience is GroupAudience.HIDDEN or not is_let_near(actor, group):
        return oversees(actor, group)
    return actor.is_member


def is_let_near(actor: Actor, group: Group) -> bool:
    """Tell whether no wall of a group around it keeps the person from knowing this one."""
    return group.sheltered_by_id is None or group.sheltered_by_id in actor.group_ids


def not_walled_off(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `is_let_near`, for SELECTs."""
    return or_(Group.sheltered_by_id.is_(None), Group.sheltered_by_id.in_(actor.group_ids))


def known_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_know`, for SELECTs. A test keeps the two equal."""
    open_to_all = Group.audience == GroupAudience.PUBLIC
    if not actor.is_member:
        return open_to_all
    return or_(
        open_to_all,
        and_(Group.audience.in_(LISTED_FOR_MEMBERS), not_walled_off(actor)),
        Group.id.in_(actor.group_ids),
        overseen_by(actor),
    )


def is_open_to(actor: Actor, audience: GroupAudience | None) -> bool:
    """Tell whether what is meant for an audience is open to somebody of no group.

    Asked for groups, and for single things a group has opened to more than itself.
    """
    if audience is GroupAudience.PUBLIC:
        return True
    return audience is GroupAudience.MEMBERS and actor.is_member


def open_to(actor: Actor, audience: Any) -> ColumnElement[bool]:
    """The same rule as `is_open_to`, for SELECTs; `audience` is a column."""
    wide = (GroupAudience.PUBLIC, GroupAudience.MEMBERS)
    opened: ColumnElement[bool] = audience.in_(wide if actor.is_member else wide[:1])
    return opened


def may_read(actor: Actor, group: Group) -> bool:
    """Tell whether threads, files, numbers and members of the group may be seen."""
    if is_open_to(actor, group.audience):
        return True
    return group.is_protected and group.id in actor.group_ids


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_read`, for SELECTs. A test keeps the two equal."""
    opened = open_to(actor, Group.audience)
    return or_(opened, Group.id.in_(actor.group_ids)) if actor.is_member else opened


def oversees(actor: Actor, group: Group) -> bool:
    """Tell whether an office of this person answers for the group, without reading it."""
    if actor.moderates(group):
        return True
    return group.state_code is None and actor.is_editor


def overseen_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `oversees`, for SELECTs."""
    if actor.is_admin:
        return true()
    national = Group.state_code.is_(None) if actor.is_editor else false()
    return or_(national, coordinates_sql(actor, Group.state_code, Group.programme_key))


def may_see_members(actor: Actor, group: Group) -> bool:
    return actor.is_member and may_read(actor, group)


def may_create(actor: Actor, _: object = None) -> bool:
    return actor.is_member


def may_manage(actor: Actor, group: Group) -> bool:
    """Settings, requests, invitations: the managers, and the offices of the scope."""
    return group.id in actor.managed_group_ids or oversees(actor, group)


def may_divide(actor: Actor, group: Group) -> bool:
    """Tell whether the person may found a group inside this one: one level, its managers."""
    is_whole = group.parent_id is None and group.archived_at is None
    return is_whole and group.id in actor.managed_group_ids


def may_place(actor: Actor, scope: Scope) -> bool:
    """Tell whether the person may give a group to this Land and programme.

    Members give groups to their own Land or to everybody; offices also to their scope.
    """
    if actor.is_admin or actor.is_editor or scope.state_code in (None, actor.state_code):
        return actor.is_member
    return any(grant.covers(scope) for grant in actor.coordinated)


def may_replace(actor: Actor, group: Group) -> bool:
    """Tell whether the person may give the group to another Land: offices, not managers."""
    return oversees(actor, group)


def is_member_of(actor: Actor, group: Group) -> bool:
    return group.id in actor.group_ids


def may_join(actor: Actor, group: Group) -> bool:
    return is_admissible(actor, group) and group.admission is Admission.OPEN


def may_request(actor: Actor, group: Group) -> bool:
    return is_admissible(actor, group) and group.admission is Admission.REQUEST


def is_admissible(actor: Actor, group: Group) -> bool:
    return (
        actor.is_member
        and group.id not in actor.group_ids
        and group.audience is not GroupAudience.HIDDEN
        and group.archived_at is None
        and is_let_near(actor, group)
    )


def may_join_visibly(actor: Actor, group: Group) -> bool:
    """Tell whether an office may enter a protected group: seen by all, and logged."""
    return (
        actor.moderates(group)
        and group.audience in PROTECTED
        and group.id not in actor.group_ids
        and is_let_near(actor, group)
    )


def may_leave(actor: Actor, group: Group) -> bool:
    return group.id in actor.group_ids


def may_write(actor: Actor, group: Group) -> bool:
    """Tell whether the person may start and answer threads in the group."""
    is_writer = actor.is_member and not actor.is_silenced
    return is_writer and may_read(actor, group) and group.archived_at is None


def writable_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_write`, for SELECTs."""
    if not actor.is_member or actor.is_silenced:
        return false()
    return and_(readable_by(actor), Group.archived_at.is_(None))


def is_wider(wanted: GroupAudience, present: GroupAudience) -> bool:
    """Tell whether more people would read than were promised when things were written."""
    return ORDER.index(wanted) < ORDER.index(present)
