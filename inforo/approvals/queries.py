"""Every SELECT on posts that wait. Who asks comes first."""

from datetime import timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.approvals.models import HeldPost
from inforo.approvals.policy import may_view
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.offices.models import WorkKind
from inforo.offices.queries import find_item

FEW = 5  # decisions below which a median would say nothing
MANY = 30


def get_held(actor: Actor, held_id: int, *, to_change: bool = False) -> HeldPost:
    """Return a post that waits or waited, locked if it is `to_change`."""
    statement = (
        select(HeldPost)
        .where(HeldPost.id == held_id)
        .options(joinedload(HeldPost.author), joinedload(HeldPost.group))
    )
    if to_change:
        statement = statement.with_for_update(of=HeldPost)
        statement = statement.execution_options(populate_existing=True)
    held = session.scalar(statement)
    if held is None:
        raise NotFound
    item = find_item(WorkKind.FIRST_POST, subject_of(held))
    if not may_view(actor, held, item):
        raise NotFound
    return held


def held_of(actor: Actor) -> list[HeldPost]:
    """Return one's own posts that are not published, the newest first."""
    statement = (
        select(HeldPost)
        .where(HeldPost.author_id == actor.account_id, HeldPost.approved_at.is_(None))
        .options(joinedload(HeldPost.group))
        .order_by(HeldPost.id.desc())
    )
    return list(session.scalars(statement))


def waiting_in(thread_id: int) -> list[HeldPost]:
    statement = select(HeldPost).where(
        HeldPost.thread_id == thread_id, HeldPost.approved_at.is_(None)
    )
    return list(session.scalars(statement))


def usual_wait(state_code: str | None) -> timedelta | None:
    """Return the median of the last decisions in a Land; None if there were too few."""
    rows = session.execute(
        select(HeldPost.sent_at, HeldPost.decided_at)
        .where(HeldPost.state_code == state_code, HeldPost.decided_at.is_not(None))
        .order_by(HeldPost.decided_at.desc())
        .limit(MANY)
    ).all()
    if len(rows) < FEW:
        return None
    seconds = median((decided - sent).total_seconds() for sent, decided in rows if decided)
    return timedelta(seconds=seconds)
