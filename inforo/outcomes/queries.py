"""Every SELECT on what came of questions."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from inforo import clock
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.queries import is_open
from inforo.groups.models import Group
from inforo.groups.queries import ACTIVE
from inforo.outcomes.models import OutcomeQuestion, Reply

FIRST, SECOND = 1, 2
LATEST = timedelta(days=60)  # after that nobody is asked any more, e.g. about old threads
PAUSE = timedelta(days=7)  # between two such questions to one person


def age_of(step: int) -> timedelta:
    days = settings.outcome_first_days if step == FIRST else settings.outcome_second_days
    return timedelta(days=days)


def due(step: int, after: int, limit: int) -> list[Thread]:
    """Return the next threads whose asker is to be asked now, by id.

    Not again at the second step: who said that nothing came of it, or wants no questions.
    """
    oldest = clock.now() - age_of(step) - LATEST
    asked, lately = aliased(OutcomeQuestion), aliased(OutcomeQuestion)
    over = (Reply.NOTHING, Reply.REFUSED)
    statement = (
        select(Thread)
        .join(Group, Group.id == Thread.group_id)
        .join(Account, Account.id == Thread.author_id)
        .options(contains_eager(Thread.group))
        .where(
            is_open(),
            *ACTIVE,
            Thread.id > after,
            Thread.merged_into_id.is_(None),
            Thread.post_count > 1,
            Thread.created_at.between(oldest, clock.now() - age_of(step)),
            Group.archived_at.is_(None),
            ~select(asked.id)
            .where(asked.thread_id == Thread.id, (asked.step == step) | asked.reply.in_(over))
            .correlate(Thread)
            .exists(),
            ~select(lately.id)
            .where(
                lately.account_id == Thread.author_id,
                lately.created_at > clock.now() - PAUSE,
                lately.step > 0,
            )
            .correlate(Thread)
            .exists(),
        )
        .order_by(Thread.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def lock_thread(thread_id: int) -> Thread | None:
    """Return a thread as it is now, for one worker at a time."""
    statement = select(Thread).where(Thread.id == thread_id).options(joinedload(Thread.group))
    statement = statement.with_for_update(of=Thread)
    return session.scalar(statement.execution_options(populate_existing=True))


def was_asked(thread: Thread, step: int) -> bool:
    """Tell whether this was asked before, or the person was asked something just now."""
    lately = (OutcomeQuestion.account_id == thread.author_id) & (
        OutcomeQuestion.created_at > clock.now() - PAUSE
    )
    same = (OutcomeQuestion.thread_id == thread.id) & (OutcomeQuestion.step == step)
    statement = select(OutcomeQuestion.id).where(same | (lately & (OutcomeQuestion.step > 0)))
    return session.scalar(statement.limit(1)) is not None


def find_waiting(thread: Thread) -> OutcomeQuestion | None:
    """Return the newest asking nobody has replied to."""
    statement = select(OutcomeQuestion).where(
        OutcomeQuestion.thread_id == thread.id, OutcomeQuestion.reply == Reply.WAITING
    )
    return session.scalar(statement.order_by(OutcomeQuestion.step.desc()).limit(1))


def find_step(thread: Thread, step: int) -> OutcomeQuestion | None:
    return session.scalar(
        select(OutcomeQuestion).where(
            OutcomeQuestion.thread_id == thread.id, OutcomeQuestion.step == step
        )
    )
