"""Every SELECT on unanswered questions, and on how long answers take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from inforo import clock
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.discussions.queries import is_open
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.offices.models import WorkItem, WorkKind
from inforo.rising.models import AnswerTime, HelpOutcome, HelpRequest, Rise

RECENT = timedelta(days=60)  # older questions are left alone: nobody waits any more
YEAR = timedelta(days=365)
FEW = 5  # answers below which a median would say nothing


def answered() -> ColumnElement[bool]:
    """Somebody else than who asked has answered, as a condition on `Thread`."""
    posts = aliased(Post)
    return (
        select(posts.id)
        .where(
            posts.thread_id == Thread.id,
            posts.number > 1,
            posts.hidden_at.is_(None),
            posts.deleted_at.is_(None),
            posts.moved_to_id.is_(None),
            posts.author_id.is_distinct_from(Thread.author_id),
        )
        .correlate(Thread)
        .exists()
    )


def is_answered(thread: Thread) -> bool:
    found = select(Thread.id).where(Thread.id == thread.id, answered())
    return thread.is_answered or session.scalar(found) is not None


# The page of a thread ----------------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """How far a question has risen, as its readers see it."""

    rise: Rise | None
    request: HelpRequest | None
    median_seconds: int | None
    of_group: bool


def find_state(actor: Actor, thread: Thread) -> State | None:
    """Return the state of a question without an answer, else None: one statement."""
    mine, here, all_ = aliased(HelpRequest), aliased(AnswerTime), aliased(AnswerTime)
    row = session.execute(
        select(Rise, mine, here.median_seconds.label("here"), all_.median_seconds)
        .select_from(Thread)
        .outerjoin(Rise, Rise.thread_id == Thread.id)
        .outerjoin(mine, and_(mine.thread_id == Thread.id, mine.account_id == actor.account_id))
        .outerjoin(here, and_(here.group_id == Thread.group_id, here.count >= FEW))
        .outerjoin(all_, and_(all_.group_id.is_(None), all_.count >= FEW))
        .where(Thread.id == thread.id, not_(answered()))
    ).first()
    if row is None:
        return None
    rise, request, of_group, of_all = row
    median = of_all if of_group is None else of_group
    return State(rise, request, median, of_group is not None)


def get_request(actor: Actor, thread: Thread) -> HelpRequest:
    """Return that somebody was asked; nobody else learns of it."""
    found = session.scalar(
        select(HelpRequest).where(
            HelpRequest.thread_id == thread.id, HelpRequest.account_id == actor.account_id
        )
    )
    if found is None:
        raise NotFound
    return found


def requests_of(thread: Thread) -> list[HelpRequest]:
    """Return who was asked about a question, for those who may ask people."""
    statement = (
        select(HelpRequest)
        .where(HelpRequest.thread_id == thread.id)
        .options(joinedload(HelpRequest.account))
        .order_by(HelpRequest.id)
    )
    return list(session.scalars(statement))


# What is due -------------------------------------------------------------------------------


def unanswered(
    step: Any, until: datetime, after: int, limit: int, *conditions: ColumnElement[bool]
) -> list[Thread]:
    """Return open questions asked until then for which a step is not taken, by id."""
    statement = (
        select(Thread)
        .join(Group, Group.id == Thread.group_id)
        .outerjoin(Rise, Rise.thread_id == Thread.id)
        .options(contains_eager(Thread.group))
        .where(
            is_open(),
            Thread.id > after,
            Thread.merged_into_id.is_(None),
            Thread.answer_post_id.is_(None),
            Thread.created_at <= until,
            Group.archived_at.is_(None),
            step.is_(None),
            not_(answered()),
            *conditions,
        )
        .order_by(Thread.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def to_be_asked(after: int, limit: int) -> list[Thread]:
    """Return questions old enough that people may be asked about them, but not too old."""
    until = clock.now() - timedelta(days=settings.unanswered_working_days)
    is_recent = Thread.created_at > clock.now() - RECENT
    return unanswered(Rise.asked_at, until, after, limit, is_recent)


def to_be_raised(after: int, limit: int) -> list[Thread]:
    until = clock.now() - timedelta(days=settings.unanswered_raise_days)
    return unanswered(Rise.raised_at, until, after, limit)


def find_rise(thread_id: int) -> Rise | None:
    """Return the steps of a question, locked so that no second worker takes them."""
    statement = select(Rise).where(Rise.thread_id == thread_id).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def lock_question(thread_id: int) -> Thread | None:
    """Return a question as it is now, for one worker at a time; None if it is answered."""
    statement = (
        select(Thread)
        .where(Thread.id == thread_id, not_(answered()))
        .options(joinedload(Thread.group))
        .with_for_update(of=Thread)
        .execution_options(populate_existing=True)
    )
    return session.scalar(statement)


def was_in_basket(thread: Thread) -> bool:
    statement = select(WorkItem.id).where(
        WorkItem.kind == WorkKind.QUESTION, WorkItem.subject == f"threads:{thread.id}"
    )
    return session.scalar(statement) is not None


# What came of it ---------------------------------------------------------------------------


def waiting_requests(after: int, limit: int) -> list[HelpRequest]:
    statement = (
        select(HelpRequest)
        .where(HelpRequest.outcome == HelpOutcome.WAITING, HelpRequest.id > after)
        .options(joinedload(HelpRequest.thread).joinedload(Thread.group))
        .order_by(HelpRequest.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def writers_since_asked(ids: Iterable[int]) -> set[int]:
    """Return those of the requests whose person has answered since."""
    statement = (
        select(HelpRequest.id)
        .join(
            Post,
            and_(
                Post.thread_id == HelpRequest.thread_id,
                Post.author_id == HelpRequest.account_id,
                Post.created_at >= HelpRequest.created_at,
            ),
        )
        .where(HelpRequest.id.in_(list(ids)), Post.deleted_at.is_(None))
    )
    return set(session.scalars(statement))


def answered_threads(ids: Iterable[int]) -> set[int]:
    statement = select(Thread.id).where(Thread.id.in_(set(ids)), answered())
    return set(session.scalars(statement))


# How long answers take ---------------------------------------------------------------------


def first_answers() -> Sequence[Any]:
    """Return (group, audience, asked, first answer) of the answered questions of a year."""
    first = (
        select(Post.thread_id, func.min(Post.created_at).label("answered_at"))
        .join(Thread, Thread.id == Post.thread_id)
        .where(
            Thread.created_at > clock.now() - YEAR,
            Thread.hidden_at.is_(None),
            Thread.merged_into_id.is_(None),
            Post.number > 1,
            Post.hidden_at.is_(None),
            Post.deleted_at.is_(None),
            Post.moved_to_id.is_(None),
            Post.author_id.is_distinct_from(Thread.author_id),
        )
        .group_by(Post.thread_id)
        .subquery()
    )
    statement = (
        select(Thread.group_id, Group.audience, Thread.created_at, first.c.answered_at)
        .join(first, first.c.thread_id == Thread.id)
        .join(Group, Group.id == Thread.group_id)
    )
    return session.execute(statement).all()
