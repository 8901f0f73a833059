"""Every SELECT on links into groups. Who asks comes first."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inforo import sessions
from inforo.accounts.models import Account
from inforo.db import session
from inforo.doors import policy
from inforo.doors.models import Door, DoorUse
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.i18n import _
from inforo.people.queries import actor_of

LONGEST_SECRET = 100
MOST_SHOWN = 100


def doors_of(group: Group) -> list[Any]:
    """Return (door, number of uses) of a group, the newest first."""
    uses = select(func.count(DoorUse.id)).where(DoorUse.door_id == Door.id)
    statement = (
        select(Door, uses.correlate(Door).scalar_subquery().label("uses"))
        .where(Door.group_id == group.id)
        .options(joinedload(Door.created_by))
        .order_by(Door.id.desc())
        .limit(MOST_SHOWN)
    )
    return list(session.execute(statement))


def get_door_of(group: Group, door_id: int) -> Door:
    door = session.get(Door, door_id)
    if door is None or door.group_id != group.id:
        raise NotFound
    return door


def find_door(secret: str) -> Door | None:
    """Return what a link leads to, if it still stands."""
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    door = session.scalar(
        select(Door)
        .where(Door.token_hash == sessions.digest(secret))
        .options(joinedload(Door.group), joinedload(Door.created_by))
    )
    return door if door is not None and not door.is_over and stands(door) else None


def get_door(secret: str) -> Door:
    door = find_door(secret)
    if door is None:
        raise NotFound(_("Dieser Link gilt nicht mehr. Bitte fragen Sie nach einem neuen."))
    return door


def stands(door: Door) -> bool:
    """Tell whether it is not revoked, and who made it may still let people in."""
    return door.revoked_at is None and policy.may_open(actor_of(door.created_by), door.group)


def find_use(door: Door, account_id: int | None) -> DoorUse | None:
    return session.scalar(
        select(DoorUse).where(DoorUse.door_id == door.id, DoorUse.account_id == account_id)
    )


def count_uses(door: Door) -> int:
    return session.scalar(select(func.count(DoorUse.id)).filter_by(door_id=door.id)) or 0


def lock_door(door: Door) -> None:
    """Let nobody else go through until this transaction ends: the uses are counted."""
    session.scalar(select(Door.id).where(Door.id == door.id).with_for_update())


def waiting_uses(account: Account) -> list[DoorUse]:
    """Return through which links somebody comes as soon as the account is approved."""
    statement = (
        select(DoorUse)
        .where(DoorUse.account_id == account.id, DoorUse.settled_at.is_(None))
        .options(joinedload(DoorUse.door).joinedload(Door.group))
        .options(joinedload(DoorUse.door).joinedload(Door.created_by))
        .order_by(DoorUse.id)
    )
    return list(session.scalars(statement))
