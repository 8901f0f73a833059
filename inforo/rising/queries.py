"""Every SELECT on unanswered questions, on who can help, and on how long answers take."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload

from inforo import clock
from inforo.accounts.models import Account, AccountTerm
from inforo.authz import Actor
from inforo.confidences.models import Confidence
from inforo.config import settings
from inforo.db import session
from inforo.discussions.hearing import may_hear, topics_of
from inforo.discussions.models import Post, Thread
from inforo.discussions.queries import is_open
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.groups.queries import ACTIVE
from inforo.offices.models import Absence, WorkItem, WorkKind
from inforo.rising import policy
from inforo.rising.fitting import NEAR, score, stems, turn
from inforo.rising.models import AnswerTime, HelpOutcome, HelpRequest, Rise
from inforo.watching.models import Level, Target
from inforo.watching.queries import those_who_chose

RECENT = timedelta(days=60)  # older questions are left alone: nobody waits any more
FITTING = 300  # people looked at closely for one question
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


# Who can help ------------------------------------------------------------------------------


def may_be_asked_now(thread: Thread) -> list[ColumnElement[bool]]:
    """Return what must be true of everybody who is asked, as conditions on `Account`.

    Rights are looked at once more, person by person (`policy.may_be_asked`).
    """
    now = clock.now()
    pause = now - timedelta(days=settings.unanswered_pause_days)
    lately = select(HelpRequest.account_id).where(
        or_(HelpRequest.thread_id == thread.id, HelpRequest.created_at > pause)
    )
    writers = select(Post.author_id).where(
        Post.thread_id == thread.id, Post.author_id.is_not(None)
    )
    in_confidence = select(Confidence.asker_id).where(
        Confidence.thread_id == thread.id, Confidence.asker_id.is_not(None)
    )
    return [
        *ACTIVE,
        or_(Account.silenced_until.is_(None), Account.silenced_until <= now),
        may_hear(thread.group),
        Account.id != (thread.author_id or 0),
        Account.id.not_in(absent_today()),
        Account.id.not_in(lately),
        Account.id.not_in(writers),
        Account.id.not_in(in_confidence),
        not_(muted(thread)),
    ]


def absent_today() -> Select[Any]:
    today = clock.today()
    return select(Absence.account_id).where(
        Absence.starts_on <= today, Absence.ends_on >= today
    )


def muted(thread: Thread) -> ColumnElement[bool]:
    """Who wants to hear nothing of the thread, its group or one of its topics."""
    targets = (
        (Target.THREAD, [thread.id]),
        (Target.GROUP, [thread.group_id]),
        (Target.TOPIC, topics_of(thread)),
    )
    return or_(
        *(
            Account.id.in_(those_who_chose(target, ids, Level.MUTE))
            for target, ids in targets
            if ids
        )
    )


def helpers(thread: Thread, limit: int) -> list[Account]:
    """Return who agreed to be asked and fits the question best."""
    words, topics = stems(thread.title), set(topics_of(thread))
    fits = [Account.helps_key.contains(word, autoescape=True) for word in sorted(words)]
    if topics:
        about = select(AccountTerm.account_id).where(AccountTerm.term_id.in_(topics))
        fits.append(Account.id.in_(about))
    if not fits:
        return []
    statement = select(Account).where(
        Account.may_be_asked_at.is_not(None), or_(*fits), *may_be_asked_now(thread)
    )
    found = list(session.scalars(statement.order_by(Account.id.desc()).limit(FITTING)))
    return best(thread, found, words, topics)[:limit]


def best(
    thread: Thread, people: list[Account], words: set[str], topics: set[int]
) -> list[Account]:
    """Sort people by how well they fit, the same Land first; leave out who does not."""
    known = topics_by_person([person.id for person in people])
    fits = {
        person.id: score(words, topics, person.helps_with, known[person.id])
        for person in people
    }
    fitting = [person for person in people if fits[person.id]]

    def rank(person: Account) -> tuple[int, int]:
        near = NEAR * (person.state_code == thread.state_code)
        return -(fits[person.id] + near), turn(thread.id, person.id)

    return sorted(fitting, key=rank)


def topics_by_person(ids: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    statement = select(AccountTerm.account_id, AccountTerm.term_id)
    for account_id, term_id in session.execute(
        statement.where(AccountTerm.account_id.in_(ids))
    ):
        found[account_id].add(term_id)
    return found


def find_person_to_ask(thread: Thread, account_id: int) -> Account | None:
    """Return a person named by the office, if they can be asked now."""
    statement = select(Account).where(Account.id == account_id, *may_be_asked_now(thread))
    return session.scalar(statement)


def may_still_help(actor: Actor, request: HelpRequest) -> bool:
    """Look again before a mail leaves: the question may be answered, or muted, by now."""
    thread = request.thread
    if not (request.waits and policy.may_be_asked(actor, thread)):
        return False
    wished = select(Account.id).where(
        Account.id == request.account_id,
        not_(muted(thread)),
        Account.id.not_in(absent_today()),
    )
    return not is_answered(thread) and session.scalar(wished) is not None


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
