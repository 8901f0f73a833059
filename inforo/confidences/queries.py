"""Every SELECT on confidential questions. Who asks comes first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from inforo import clock
from inforo.accounts.models import Account
from inforo.audit import LogEntry, subject_of
from inforo.authz import Actor
from inforo.confidences.models import Confidence, ConfidenceMessage
from inforo.confidences.policy import Case, may_know
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.discussions.places import OWN_THREADS
from inforo.discussions.policy import may_view, visible_to
from inforo.errors import NotFound
from inforo.groups import queries as groups
from inforo.groups.models import Group
from inforo.groups.policy import may_read
from inforo.offices import queries as offices
from inforo.offices import standing_in
from inforo.offices.models import CoordinationOffice, OfficeKind, WorkKind

LOOK = "look_at_confidence"
MOST_ANSWERS = 20
MOST_LOOKS = 50


def get_case(actor: Actor, number: int, *, to_change: bool = False) -> Case:
    """Return a question with its item; NotFound for all but who asked and the office."""
    statement = (
        select(Confidence)
        .where(Confidence.id == number)
        .options(
            joinedload(Confidence.asker).joinedload(Account.municipality),
            joinedload(Confidence.office),
            joinedload(Confidence.wanted_office),
            joinedload(Confidence.group),
            joinedload(Confidence.thread).joinedload(Thread.group),
        )
    )
    if to_change:
        statement = statement.with_for_update(of=Confidence)
        statement = statement.execution_options(populate_existing=True)
    question = session.scalar(statement)
    if question is None:
        raise NotFound
    case = case_of(actor, question)
    if not may_know(actor, case):
        raise NotFound
    return case


def case_of(actor: Actor, question: Confidence) -> Case:
    item = offices.find_item(WorkKind.CONFIDENCE, subject_of(question))
    if item is None:
        raise NotFound
    away = standing_in.absent_for(actor, clock.today()) if actor.is_staff else {}
    return Case(question, item, frozenset(away))


def questions_of(actor: Actor) -> Sequence[Confidence]:
    """Return one's own confidential questions, the newest first."""
    statement = (
        select(Confidence)
        .where(Confidence.asker_id == actor.account_id)
        .options(joinedload(Confidence.office), joinedload(Confidence.thread))
        .order_by(Confidence.id.desc())
    )
    return session.scalars(statement).all()


def messages_of(question: Confidence) -> Sequence[ConfidenceMessage]:
    statement = (
        select(ConfidenceMessage)
        .where(ConfidenceMessage.confidence_id == question.id)
        .options(
            joinedload(ConfidenceMessage.author),
            joinedload(ConfidenceMessage.post).joinedload(Post.thread),
        )
        .order_by(ConfidenceMessage.id)
    )
    return session.scalars(statement).all()


def get_message(question: Confidence, number: int) -> ConfidenceMessage:
    found = session.get(ConfidenceMessage, number)
    if found is None or found.confidence_id != question.id:
        raise NotFound
    return found


def looks_at(question: Confidence) -> list[Any]:
    """Return who of the staff has opened it when, the newest first."""
    statement = (
        select(LogEntry.created_at, Account.name)
        .outerjoin(Account, Account.id == LogEntry.actor_id)
        .where(LogEntry.subject == subject_of(question), LogEntry.action == LOOK)
        .order_by(LogEntry.id.desc())
        .limit(MOST_LOOKS)
    )
    return list(session.execute(statement))


def answers_to(actor: Actor, question: Confidence) -> Sequence[Post]:
    """Return what others answered and the person may read, the newest first."""
    statement = (
        select(Post)
        .join(Thread, Thread.id == Post.thread_id)
        .where(
            Post.thread_id == question.thread_id,
            Post.number > 1,
            Post.relayed_by_id.is_(None),
            Post.author_id.is_distinct_from(actor.account_id),
            Post.hidden_at.is_(None),
            Post.deleted_at.is_(None),
            Post.moved_to_id.is_(None),
            visible_to(actor),
        )
        .options(joinedload(Post.author), joinedload(Post.thread))
        .order_by(Post.number.desc())
        .limit(MOST_ANSWERS)
    )
    return session.scalars(statement).all()


def relayed_posts(question: Confidence) -> Sequence[Post]:
    """Return the posts that hold words of who asked, wherever they were moved to."""
    told = select(ConfidenceMessage.post_id).where(
        ConfidenceMessage.confidence_id == question.id
    )
    first = (Post.thread_id == question.thread_id) & (Post.number == 1)
    statement = (
        select(Post)
        .where(or_(first, Post.id.in_(told)), Post.relayed_by_id.is_not(None))
        .options(joinedload(Post.thread))
        .order_by(Post.id)
    )
    return session.scalars(statement).all()


def find_by_thread(thread_id: int) -> Confidence | None:
    """Return the question behind a thread, as long as nobody may know whose it is."""
    statement = (
        select(Confidence)
        .where(Confidence.thread_id == thread_id, Confidence.revealed_at.is_(None))
        .options(joinedload(Confidence.asker))
    )
    return session.scalar(statement)


def sees_thread(actor: Actor, thread: Thread) -> bool:
    return actor.is_member and may_view(actor, thread)


def own_threads(actor: Actor) -> Select[Any]:
    """Select the threads that are somebody's own, though no one else knows."""
    return select(Confidence.thread_id).where(
        Confidence.asker_id == actor.account_id, Confidence.thread_id.is_not(None)
    )


OWN_THREADS.append(own_threads)


def office_for(actor: Actor) -> CoordinationOffice | None:
    """Return the office of somebody's Land that has staff, else the national one."""
    places = offices.offices_with_states()
    national = [office for office, _code in places if office.kind is OfficeKind.NATIONAL]
    regional = [
        office
        for office, code in places
        if code is not None and code == actor.state_code and office not in national
    ]
    general = sorted(regional, key=lambda office: office.programme_key is not None)
    staffed = (office for office in (*general, *national) if offices.staff_of(office))
    return next(staffed, None)


def groups_for(actor: Actor, asker: Actor) -> list[Any]:
    """Return the groups the office may ask in and who asks may read."""
    rows = groups.writable_groups(actor)
    ids = [row.id for row in rows]
    found = session.scalars(select(Group).where(Group.id.in_(ids)))
    readable = {group.id for group in found if may_read(asker, group)}
    return [row for row in rows if row.id in readable]


def unfinished(limit: int) -> Sequence[Confidence]:
    """Return open questions whose asker has no account any more."""
    gone = or_(Confidence.asker_id.is_(None), Account.closed_at.is_not(None))
    statement = (
        select(Confidence)
        .outerjoin(Account, Account.id == Confidence.asker_id)
        .where(gone, Confidence.published_at.is_(None), Confidence.ended_at.is_(None))
        .order_by(Confidence.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def ended_before(moment: Any, limit: int) -> Sequence[Confidence]:
    statement = (
        select(Confidence)
        .where(Confidence.ended_at < moment)
        .order_by(Confidence.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def written_by(account_id: int) -> list[dict[str, Any]]:
    """Return what a person asked in confidence and wrote about it, for their own export."""
    statement = select(Confidence).where(Confidence.asker_id == account_id)
    return [
        {
            "title": question.title,
            "body": question.body,
            "office": question.office.name,
            "asked_at": question.created_at,
            "messages": [
                {"body": said.body, "at": said.created_at}
                for said in messages_of(question)
                if said.author_id == account_id
            ],
        }
        for question in session.scalars(statement.order_by(Confidence.id))
    ]
