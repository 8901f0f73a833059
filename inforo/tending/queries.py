"""Which groups need somebody."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from inforo.accounts.models import Account
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.groups.models import Group, GroupRole, Membership
from inforo.groups.queries import ACTIVE
from inforo.tending.models import GroupHint, Need


def silent(since: datetime, again: datetime, size: int) -> list[Group]:
    """Return living groups in which nothing was written since a time, some at once."""
    newest = select(func.max(Thread.last_post_at)).where(Thread.group_id == Group.id)
    last = func.coalesce(newest.correlate(Group).scalar_subquery(), Group.created_at)
    return found(living(Need.SILENT, again).where(last < since, Group.created_at < since), size)


def led_alone(since: datetime, again: datetime, size: int) -> list[Group]:
    """Return living groups older than a time that fewer than two active people manage."""
    leading = (
        select(func.count(Membership.id))
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.group_id == Group.id, Membership.role == GroupRole.MANAGER, *ACTIVE)
        .correlate(Group)
        .scalar_subquery()
    )
    return found(living(Need.ALONE, again).where(leading < 2, Group.created_at < since), size)


def living(need: Need, again: datetime) -> Select[Group]:
    return select(Group).where(Group.archived_at.is_(None), ~was_hinted(need, again))


def was_hinted(need: Need, again: datetime) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            GroupHint.group_id == Group.id,
            GroupHint.need == need,
            GroupHint.hinted_at > again,
        )
        .correlate(Group)
    )


def found(statement: Select[Any], size: int) -> list[Group]:
    return list(session.scalars(statement.order_by(Group.id).limit(size)))


def find_hint(group: Group, need: Need) -> GroupHint | None:
    return session.scalar(
        select(GroupHint).where(GroupHint.group_id == group.id, GroupHint.need == need)
    )
