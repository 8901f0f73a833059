"""Every SELECT on objections. Who asks comes first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.audit import LogEntry, subject_of
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.errors import NotFound
from inforo.objections.models import Objection
from inforo.objections.policy import may_read_decision, waits_for_move
from inforo.offices.models import WorkItem, WorkKind
from inforo.offices.policy import may_work_on
from inforo.offices.queries import find_item


def content_of(entry: LogEntry) -> Post | Thread | None:
    """Return the post or thread a decision was about."""
    table, _, number = entry.subject.partition(":")
    if table == Post.__tablename__:
        return session.get(Post, int(number))
    return session.get(Thread, int(number)) if table == Thread.__tablename__ else None


def get_decision(actor: Actor, entry_id: int) -> LogEntry:
    """Return a decision about the words of this person."""
    entry = session.get(LogEntry, entry_id)
    if entry is None or not may_read_decision(actor, content_of(entry)):
        raise NotFound
    return entry


def find_work(objection: Objection) -> WorkItem | None:
    return find_item(WorkKind.OBJECTION, subject_of(objection))


def find_objection(entry: LogEntry) -> Objection | None:
    return session.scalar(select(Objection).where(Objection.entry_id == entry.id))


def get_objection(actor: Actor, objection_id: int, *, to_change: bool = False) -> Objection:
    """Return an objection that waits, or waited, in a basket of this person."""
    statement = (
        select(Objection)
        .where(Objection.id == objection_id)
        .options(joinedload(Objection.entry), joinedload(Objection.author))
    )
    if to_change:
        statement = statement.with_for_update(of=Objection)
        statement = statement.execution_options(populate_existing=True)
    objection = session.scalar(statement)
    if objection is None:
        raise NotFound
    item = find_work(objection)
    if item is None or not may_work_on(actor, item):
        raise NotFound
    return objection


def mover_of(objection: Objection) -> str | None:
    """Return who moves things back by hand, as long as that is to be done."""
    item = find_work(objection)
    if not waits_for_move(objection) or item is None or item.closed_at is not None:
        return None
    return name_of(item.taken_by_id)


def name_of(account_id: int | None) -> str:
    return session.scalar(select(Account.name).where(Account.id == account_id)) or ""
