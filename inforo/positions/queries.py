"""Every SELECT on reading positions."""

from typing import Any

from sqlalchemy import bindparam, select

from inforo.authz import Actor
from inforo.db import session
from inforo.positions.models import Position

NUMBER = select(Position.number).where(
    Position.account_id == bindparam("account_id"), Position.thread_id == bindparam("thread_id")
)


def number_read(actor: Actor, thread_id: int) -> int:
    """Return the highest number of a post the person has read there; 0 for none."""
    if not actor.is_member:
        return 0
    values = {"account_id": actor.account_id, "thread_id": thread_id}
    return session.scalar(NUMBER, values) or 0


def number_column(account_id: Any, thread_id: Any) -> Any:
    """Return the number somebody has read up to, as a column beside a thread; else NULL."""
    return (
        select(Position.number)
        .where(Position.account_id == account_id, Position.thread_id == thread_id)
        .scalar_subquery()
    )
