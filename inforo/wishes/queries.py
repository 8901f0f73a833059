"""Every SELECT for the page of wishes. Who asks comes first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select

from inforo.authz import Actor
from inforo.db import session
from inforo.discussions import policy
from inforo.discussions.actions import TOPICS
from inforo.discussions.models import Thread
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.vocabularies.models import Term
from inforo.watching.models import Watch


def groups(actor: Actor) -> Sequence[Any]:
    """Return the groups one belongs to, each with the level one chose (or None)."""
    mine = and_(Watch.group_id == Group.id, Watch.account_id == actor.account_id)
    statement = (
        select(Group.id, Group.name, Group.slug, Watch.level)
        .outerjoin(Watch, mine)
        .where(Group.id.in_(actor.group_ids), Group.archived_at.is_(None))
        .order_by(Group.name_key)
    )
    return session.execute(statement).all()


def topics(actor: Actor) -> list[tuple[Term, Any]]:
    """Return all topics of discussions, each with the level one chose (or None)."""
    mine = and_(Watch.term_id == Term.id, Watch.account_id == actor.account_id)
    statement = (
        select(Term, Watch.level)
        .outerjoin(Watch, mine)
        .where(Term.vocabulary == TOPICS, Term.archived_at.is_(None), Term.merged_at.is_(None))
        .order_by(Term.position, Term.id)
    )
    return [(term, level) for term, level in session.execute(statement)]


def threads(actor: Actor, page: int, size: int) -> Sequence[Any]:
    """Return one page of the threads one chose a level for, the last chosen first.

    One more row than a page holds says that there is another.
    """
    statement = (
        select(Thread.id, Thread.title, Watch.level)
        .join(Watch, and_(Watch.thread_id == Thread.id, Watch.account_id == actor.account_id))
        .where(policy.visible_to(actor))
        .order_by(Watch.created_at.desc(), Thread.id.desc())
        .limit(size + 1)
        .offset((page - 1) * size)
    )
    return session.execute(statement).all()


def get_topic(key: str) -> Term:
    term = session.scalar(
        select(Term).where(Term.vocabulary == TOPICS, Term.key == key, Term.merged_at.is_(None))
    )
    if term is None:
        raise NotFound
    return term


def topic_level(actor: Actor, key: str) -> Any:
    """Return (term exists, level one chose) for the list that is narrowed to a topic."""
    mine = and_(Watch.term_id == Term.id, Watch.account_id == actor.account_id)
    statement = (
        select(Term.key, Watch.level)
        .outerjoin(Watch, mine)
        .where(Term.vocabulary == TOPICS, Term.key == key)
    )
    return session.execute(statement).one_or_none()
