"""Every write on wishes. Nothing here commits; the caller does."""

from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.watching import queries
from inforo.watching.models import Level, Target, Watch, WatchHabit


def choose(actor: Actor, target: Target, target_id: int, level: Level | None) -> None:
    """Set how much the person hears of a thread, group, or topic; None takes the wish back."""
    known = queries.find_watch(actor.account_id, target, target_id)
    if level is None:
        if known is not None:
            session.delete(known)
    elif known is None:
        session.add(watch_of(actor.account_id or 0, target, target_id, level))
    elif known.level is not level:
        known.level, known.created_at = level, now()


def watch_of(account_id: int, target: Target, target_id: int, level: Level) -> Watch:
    column = queries.COLUMNS[target].key
    return Watch(account_id=account_id, level=level, **{column: target_id})


def choose_unless_chosen(actor: Actor, target: Target, target_id: int, level: Level) -> None:
    """Set a level where the person has not said anything yet."""
    suggest(actor.account_id or 0, target, target_id, level)


def suggest(account_id: int, target: Target, target_id: int, level: Level) -> None:
    """Set a level for somebody who has not said anything yet."""
    if queries.find_watch(account_id, target, target_id) is None:
        session.add(watch_of(account_id, target, target_id, level))


def follow_by_answering(actor: Actor, thread_id: int) -> None:
    """Let the person hear of what follows their answer, as far as they want that."""
    level = queries.level_by_answering(actor)
    if level is not Level.NORMAL:
        choose_unless_chosen(actor, Target.THREAD, thread_id, level)


def choose_habit(actor: Actor, level: Level) -> None:
    """Set what answering does to the wish about a thread."""
    habit = queries.find_habit(actor.account_id)
    if habit is None:
        session.add(WatchHabit(account_id=actor.account_id, by_answering=level))
    else:
        habit.by_answering = level
