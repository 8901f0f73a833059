"""Who reads and who keeps a collection. Nobody but its owner reads a personal one, no office
either; a collection of a group is read by whoever reads the group, and kept by its members.
"""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from inforo.authz import Actor
from inforo.collections.models import Collection
from inforo.groups import policy as groups
from inforo.groups.models import Group


def is_owner(actor: Actor, collection: Collection) -> bool:
    return actor.is_member and actor.is_me(collection.account_id)


def may_view(actor: Actor, collection: Collection) -> bool:
    if collection.group is not None:
        return groups.may_read(actor, collection.group)
    return is_owner(actor, collection)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs. A test keeps the two equal."""
    own = Collection.account_id == actor.account_id if actor.is_member else false()
    return or_(own, Collection.group_id.in_(groups_where(groups.readable_by(actor))))


def groups_where(condition: ColumnElement[bool]) -> Select[int]:
    return select(Group.id).where(condition).correlate(None)


def may_edit(actor: Actor, collection: Collection) -> bool:
    if collection.group is not None:
        return may_begin_in(actor, collection.group)
    return is_owner(actor, collection)


def editable_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_edit`, for SELECTs. A test keeps the two equal."""
    if not actor.is_member:
        return false()
    mine = and_(Group.id.in_(actor.group_ids), Group.archived_at.is_(None))
    of_groups = Collection.group_id.in_(groups_where(mine))
    return or_(Collection.account_id == actor.account_id, of_groups)


def may_begin_in(actor: Actor, group: Group) -> bool:
    """Tell whether somebody may begin a collection of this group."""
    return actor.is_member and group.id in actor.group_ids and group.archived_at is None


def may_delete(actor: Actor, collection: Collection) -> bool:
    """The Merkliste stays; a group's collection is deleted by who manages the group."""
    if collection.group is not None:
        return may_edit(actor, collection) and collection.group_id in actor.managed_group_ids
    return is_owner(actor, collection) and not collection.is_default


def may_share(actor: Actor, collection: Collection) -> bool:
    """Links are for personal ones: who reads a group's was promised by its audience."""
    return is_owner(actor, collection)


def may_collect(actor: Actor, _: object = None) -> bool:
    return actor.is_member
