"""Every SELECT on wishes: what somebody chose, and who wants to hear of a post."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from inforo.authz import Actor
from inforo.db import session
from inforo.watching.models import Level, Target, Watch, WatchHabit

COLUMNS = {
    Target.THREAD: Watch.thread_id,
    Target.GROUP: Watch.group_id,
    Target.TOPIC: Watch.term_id,
}
LEVEL = {
    target: select(Watch.level).where(
        Watch.account_id == bindparam("account_id"), column == bindparam("target_id")
    )
    for target, column in COLUMNS.items()
}


def level_of(actor: Actor, target: Target, target_id: int) -> Level | None:
    """Return what the person chose for a thread, group, or topic; None for nothing."""
    values = {"account_id": actor.account_id, "target_id": target_id}
    return session.scalar(LEVEL[target], values)


def find_watch(account_id: int | None, target: Target, target_id: int) -> Watch | None:
    return session.scalar(
        select(Watch).where(Watch.account_id == account_id, COLUMNS[target] == target_id)
    )


def level_column(account_id: Any, thread_id: Any) -> Any:
    """Return what somebody chose for a thread, as a column beside it; else NULL."""
    return (
        select(Watch.level)
        .where(Watch.account_id == account_id, Watch.thread_id == thread_id)
        .scalar_subquery()
    )


def find_habit(account_id: int | None) -> WatchHabit | None:
    return session.get(WatchHabit, account_id) if account_id else None


def level_by_answering(actor: Actor) -> Level:
    habit = find_habit(actor.account_id)
    return habit.by_answering if habit else Level.FOLLOW


def targets(account_id: Any, target: Target, *levels: Level) -> Select[Any]:
    """Return the ids of what somebody gave one of these levels, for an IN."""
    return select(COLUMNS[target]).where(
        Watch.account_id == account_id,
        COLUMNS[target].is_not(None),
        Watch.level.in_(levels),
    )


def those_who_chose(
    target: Target, ids: Iterable[int], *levels: Level, until: Any = None
) -> Select[Any]:
    """Return the accounts that gave one of these things one of these levels, for an IN."""
    statement = select(Watch.account_id).where(
        COLUMNS[target].in_(list(ids)), Watch.level.in_(levels)
    )
    return statement if until is None else statement.where(Watch.created_at <= until)


def wants_to_hear(  # noqa: PLR0913 (where a post stands)
    account: Any,
    thread_id: int,
    group_id: int,
    term_ids: Iterable[int],
    written_at: Any,
    *,
    in_group: ColumnElement[bool],
    is_question: bool,
) -> ColumnElement[bool]:
    """Tell who wants to hear of a post, as a condition on a column of account ids.

    What somebody chose for the thread decides. Else muting the group or a topic of it wins;
    else a watched group or topic tells of every post, a followed one of questions. Wishes
    about a group rest while somebody does not belong to it (`in_group`).
    """
    terms = list(term_ids)
    loud = (Level.WATCH, Level.FOLLOW)
    wanted = loud if is_question else (Level.WATCH,)

    def chose(target: Target, ids: list[int], *levels: Level, until: Any = None) -> Any:
        return account.in_(those_who_chose(target, ids, *levels, until=until))

    around = or_(
        and_(in_group, chose(Target.GROUP, [group_id], *wanted, until=written_at)),
        chose(Target.TOPIC, terms, *wanted, until=written_at),
    )
    silenced = or_(
        chose(Target.THREAD, [thread_id], *Level),
        and_(in_group, chose(Target.GROUP, [group_id], Level.MUTE)),
        chose(Target.TOPIC, terms, Level.MUTE),
    )
    return or_(
        chose(Target.THREAD, [thread_id], *loud, until=written_at), and_(around, ~silenced)
    )
