"""Who works with which items of the basket, and who may give which role."""

from sqlalchemy import ColumnElement, and_, or_, true

from inforo.authz import Actor, coordinates_sql
from inforo.offices.models import WorkItem, WorkKind


def may_open_basket(actor: Actor, _: object = None) -> bool:
    return actor.is_staff


def may_work_on(actor: Actor, item: WorkItem) -> bool:
    """Admins see all, editors examples, coordinators their scope and what they were handed."""
    if actor.is_admin or (actor.is_editor and item.kind is WorkKind.EXAMPLE):
        return True
    if item.office_id is not None:
        return item.office_id in actor.office_ids
    return actor.coordinates(item)


def basket_of(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_work_on`, for SELECTs. A test keeps the two equal."""
    if actor.is_admin:
        return true()
    mine = or_(
        and_(
            WorkItem.office_id.is_(None),
            coordinates_sql(actor, WorkItem.state_code, WorkItem.programme_key),
        ),
        WorkItem.office_id.in_(actor.office_ids),
    )
    return or_(mine, WorkItem.kind == WorkKind.EXAMPLE) if actor.is_editor else mine
