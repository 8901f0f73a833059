"""Every write on reading positions: one statement each. Nothing here commits."""

from typing import Any

from inforo.authz import Actor
from inforo.clock import now
from inforo.db import dialect_insert, session
from inforo.positions.models import Position


def read_up_to(actor: Actor, thread_id: int, number: int) -> None:
    """Note that somebody has read a thread up to a post; what was read stays read."""
    statement = dialect_insert(Position).values(row(actor, thread_id, number))
    new = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["account_id", "thread_id"],
            set_={"number": new.number, "read_at": new.read_at},
            where=Position.number < new.number,
        )
    )


def unread_from(actor: Actor, thread_id: int, number: int) -> None:
    """Note that a post and what follows it are to be read again."""
    statement = dialect_insert(Position).values(row(actor, thread_id, max(0, number - 1)))
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["account_id", "thread_id"],
            set_={"number": statement.excluded.number},
        )
    )


def row(actor: Actor, thread_id: int, number: int) -> dict[str, Any]:
    return {
        "account_id": actor.account_id,
        "thread_id": thread_id,
        "number": number,
        "read_at": now(),
    }


def read_all_of(threads: Any) -> None:
    """Note many threads as read to their ends: rows of (account, thread, number, moment)."""
    statement = dialect_insert(Position).from_select(
        ["account_id", "thread_id", "number", "read_at"], threads
    )
    new = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["account_id", "thread_id"],
            set_={"number": new.number, "read_at": new.read_at},
            where=Position.number < new.number,
        )
    )
