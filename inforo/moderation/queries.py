"""Every SELECT on the work basket and the log. Who asks comes first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from inforo import clock
from inforo.accounts.models import Account
from inforo.articles.models import Article
from inforo.audit import LogEntry, subject_of
from inforo.authz import Actor
from inforo.confirmations.models import ConfirmationRound
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.events.models import Event
from inforo.groups.models import Group
from inforo.groups.policy import readable_by
from inforo.i18n import _l
from inforo.moderation.policy import log_of
from inforo.municipalities.models import State
from inforo.offices.models import WorkItem, WorkKind
from inforo.offices.policy import basket_of
from inforo.reviews.models import Reading
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool


class Stage(StrEnum):
    """Where an item stands, as the address of the list names it."""

    OPEN = "offen"
    WAITING = "wartet"
    DONE = "erledigt"

    @property
    def label(self) -> Any:
        return STAGE_LABELS[self]


class Holder(StrEnum):
    """Who has taken an item."""

    ME = "ich"
    DEPUTY = "vertretung"
    NOBODY = "frei"

    @property
    def label(self) -> Any:
        return HOLDER_LABELS[self]


STAGE_LABELS = {
    Stage.OPEN: _l("Offen"),
    Stage.WAITING: _l("Wartet auf Antwort"),
    Stage.DONE: _l("Erledigt"),
}
HOLDER_LABELS = {
    Holder.ME: _l("von mir übernommen"),
    Holder.DEPUTY: _l("in Vertretung"),
    Holder.NOBODY: _l("noch frei"),
}


@dataclass(frozen=True)
class Filters:
    """What narrows the basket; None filters nothing. `absent` are those one stands in for."""

    kind: WorkKind | None = None
    stage: Stage = Stage.OPEN
    holder: Holder | None = None
    state_code: str | None = None
    only_overdue: bool = False
    absent: frozenset[int] = frozenset()


def stage_sql(stage: Stage) -> ColumnElement[bool]:
    if stage is Stage.DONE:
        return WorkItem.closed_at.is_not(None)
    waits = WorkItem.waits_for_author_since.is_not(None)
    return WorkItem.closed_at.is_(None) & (waits if stage is Stage.WAITING else ~waits)


def conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the own scope and all filters but the kind."""
    found = [basket_of(actor), stage_sql(filters.stage)]
    if filters.holder is Holder.ME:
        found.append(WorkItem.taken_by_id == actor.account_id)
    if filters.holder is Holder.NOBODY:
        found.append(WorkItem.taken_by_id.is_(None))
    if filters.holder is Holder.DEPUTY:
        found.append(WorkItem.taken_by_id.in_(filters.absent))
    if filters.only_overdue:
        found.append(WorkItem.due_on < clock.today())
    if filters.state_code:
        found.append(WorkItem.state_code == filters.state_code)
    return found


def count_items(actor: Actor, filters: Filters) -> dict[WorkKind, int]:
    """Count the items of each kind, for the tabs: one query."""
    statement = (
        select(WorkItem.kind, func.count(WorkItem.id))
        .where(*conditions(actor, filters))
        .group_by(WorkItem.kind)
    )
    counts = dict(session.execute(statement).all())
    return {kind: counts.get(kind, 0) for kind in WorkKind}


def items(actor: Actor, filters: Filters, page: int, size: int) -> list[WorkItem]:
    """Return one page of the basket: what waits longest first, what is done newest first."""
    newest = WorkItem.closed_at.desc()
    order = newest if filters.stage is Stage.DONE else WorkItem.opened_at.asc()
    statement = (
        select(WorkItem)
        .where(*conditions(actor, filters))
        .options(
            joinedload(WorkItem.state),
            joinedload(WorkItem.programme),
            joinedload(WorkItem.office),
            joinedload(WorkItem.taken_by),
        )
        .order_by(order, WorkItem.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    if filters.kind:
        statement = statement.where(WorkItem.kind == filters.kind)
    return list(session.scalars(statement))


def states_of(actor: Actor) -> list[State]:
    """Return the Länder a person may choose among; admins and editors: all."""
    statement = select(State).order_by(State.name)
    nationwide = any(grant.state_code is None for grant in actor.coordinated)
    if not (actor.is_admin or actor.is_editor or nationwide):
        statement = statement.where(State.code.in_(actor.coordinated_states))
    return list(session.scalars(statement))


def find_content(item: WorkItem) -> Example | Tool | Reading | Article | Event | None:
    """Return what an item is about if offices can be given it, None for everything else."""
    table, _, number = item.subject.partition(":")
    if table == Example.__tablename__:
        return session.get(Example, int(number))
    if table == ConfirmationRound.__tablename__:
        return session.get_one(ConfirmationRound, int(number)).example
    if table == Event.__tablename__:
        return session.get(Event, int(number))
    if table == Article.__tablename__:
        return session.get(Article, int(number))
    if table == Reading.__tablename__:
        return session.get(Reading, int(number))
    return session.get(Tool, int(number)) if table == Tool.__tablename__ else None


def history_of(item: WorkItem) -> list[Row[LogEntry, str | None]]:
    """Return the log of an item and of what it is about, the newest first."""
    statement = (
        select(LogEntry, Account.name)
        .outerjoin(Account, Account.id == LogEntry.actor_id)
        .where(LogEntry.subject.in_([subject_of(item), item.subject]))
        .order_by(LogEntry.id.desc())
        .limit(50)
    )
    return list(session.execute(statement))


@dataclass(frozen=True)
class LogFilters:
    """What narrows the log; empty filters nothing."""

    action: str = ""
    state_code: str = ""
    days: int = 0
    person: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def since(self) -> datetime | None:
        return clock.now() - timedelta(days=self.days) if self.days else None


def log_conditions(actor: Actor, filters: LogFilters) -> list[ColumnElement[bool]]:
    found = [log_of(actor)]
    if filters.action:
        found.append(LogEntry.action == filters.action)
    if filters.state_code:
        found.append(LogEntry.state_code == filters.state_code)
    if filters.since:
        found.append(LogEntry.created_at >= filters.since)
    if filters.first:
        found.append(LogEntry.created_at >= beginning_of(filters.first))
    if filters.last:
        found.append(LogEntry.created_at < beginning_of(filters.last + timedelta(days=1)))
    if filters.person:
        named = Account.name.icontains(filters.person, autoescape=True)
        found.append(LogEntry.actor_id.in_(select(Account.id).where(named)))
    return found


def beginning_of(day: date) -> datetime:
    """Return the moment at which a day begins in Germany."""
    return datetime.combine(day, time(), clock.BERLIN)


def count_entries(actor: Actor, filters: LogFilters) -> int:
    statement = select(func.count(LogEntry.id)).where(*log_conditions(actor, filters))
    return session.scalar(statement) or 0


def entries(
    actor: Actor, filters: LogFilters, page: int, size: int
) -> list[Row[LogEntry, str | None]]:
    """Return one page of the log with the names of those who acted, the newest first."""
    statement = (
        select(LogEntry, Account.name)
        .outerjoin(Account, Account.id == LogEntry.actor_id)
        .where(*log_conditions(actor, filters))
        .order_by(LogEntry.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(session.execute(statement))


def unreadable_subjects(actor: Actor, logged: list[LogEntry]) -> set[str]:
    """Return which of the logged threads and posts lie in groups this person cannot read.

    Offices answer for protected groups without reading them: the log tells them that
    something was done there, not what it was about.
    """
    threads = ids_in(logged, "threads")
    posts = ids_in(logged, "posts")
    if not threads and not posts:
        return set()
    hidden = ~readable_by(actor)
    of_threads = (
        select(literal("threads"), Thread.id).join(Group).where(Thread.id.in_(threads), hidden)
    )
    of_posts = (
        select(literal("posts"), Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Group, Group.id == Thread.group_id)
        .where(Post.id.in_(posts), hidden)
    )
    rows = session.execute(union_all(of_threads, of_posts))
    return {f"{table}:{number}" for table, number in rows}


def ids_in(logged: list[LogEntry], table: str) -> list[int]:
    """Return the numbers of the logged objects of one table."""
    parts = (entry.subject.partition(":") for entry in logged)
    return [int(number) for name, _, number in parts if name == table and number.isdigit()]
