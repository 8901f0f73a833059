"""Who may do what with the pages of a group. Pure rules: no request, no database.

The group decides who reads. Its members write, or only its managers (`only_managers`, which
the group chose); offices keep order where they read, as in discussions.
"""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from inforo.authz import Actor, coordinates_sql
from inforo.groups import policy as groups
from inforo.groups.models import Group
from inforo.wiki.models import WikiPage, WikiRules


def may_view(actor: Actor, page: WikiPage) -> bool:
    reads = groups.may_read(actor, page.group) or groups.is_open_to(actor, page.opened_to)
    return reads and (not page.is_deleted or may_keep(actor, page.group))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs on `WikiPage`. A test keeps the two equal."""
    of_group = select(Group.id).where(Group.id == WikiPage.group_id).correlate(WikiPage)
    in_group = of_group.where(groups.readable_by(actor)).exists()
    reads = or_(in_group, groups.open_to(actor, WikiPage.opened_to))
    kept = and_(in_group, kept_by(actor))
    return and_(reads, or_(WikiPage.deleted_at.is_(None), kept))


def kept_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_keep` without the reading, for SELECTs on `WikiPage`."""
    if actor.is_admin:
        return true()
    managed = WikiPage.group_id.in_(actor.managed_group_ids or [0])
    in_scope = coordinates_sql(actor, Group.state_code, Group.programme_key)
    of_group = select(Group.id).where(Group.id == WikiPage.group_id).correlate(WikiPage)
    return or_(managed, of_group.where(in_scope).exists() if actor.coordinated else false())


def may_keep(actor: Actor, group: Group) -> bool:
    """Delete, protect, set the rules: the managers, and offices that read the group."""
    keeps = group.id in actor.managed_group_ids or actor.moderates(group)
    return keeps and groups.may_read(actor, group)


def may_manage(actor: Actor, group: Group) -> bool:
    """The same in a group that is alive: an archived one stays as it is."""
    return may_keep(actor, group) and groups.may_write(actor, group)


def may_add(actor: Actor, rules: WikiRules) -> bool:
    """Write new pages in the group whose rules these are."""
    if may_manage(actor, rules.group):
        return True
    belongs = groups.is_member_of(actor, rules.group)
    return belongs and not rules.only_managers and groups.may_write(actor, rules.group)


def may_edit(actor: Actor, page: WikiPage) -> bool:
    if may_manage(actor, page.group):
        return not page.is_deleted
    belongs = groups.is_member_of(actor, page.group) and groups.may_write(actor, page.group)
    return belongs and not (page.is_deleted or page.is_protected or page.only_managers)


def may_enter(actor: Actor, page: WikiPage) -> bool:
    """Read a page in its group, with earlier words and what stands around it."""
    return may_view(actor, page) and groups.may_read(actor, page.group)


def may_delete(actor: Actor, page: WikiPage) -> bool:
    return not page.is_deleted and may_manage(actor, page.group)


def may_restore(actor: Actor, page: WikiPage) -> bool:
    return page.is_deleted and may_manage(actor, page.group)


def may_protect(actor: Actor, page: WikiPage) -> bool:
    return not page.is_deleted and may_manage(actor, page.group)
