"""The lists of threads: what they may be narrowed to, and what a row of them shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.discussions import policy
from inforo.discussions.authorship import place, relayed, with_author
from inforo.discussions.models import Thread, ThreadTerm
from inforo.discussions.places import OWN_THREADS
from inforo.discussions.queries import is_open
from inforo.groups.models import Group
from inforo.positions import queries as positions
from inforo.positions.models import Position
from inforo.vocabularies.models import Term
from inforo.watching import queries as watching
from inforo.watching.models import Level, Target

COUNTED = 1_000


@dataclass(frozen=True)
class Filters:
    """What the list of threads is narrowed to. Empty: not at all."""

    view: str = ""
    state: str = ""
    programme: str = ""
    term: str = ""
    group: str = ""
    sort: str = ""


def narrowed(actor: Actor, filters: Filters, statement: Select[Any]) -> Select[Any]:
    """Apply visibility and filters to a statement on `Thread`."""
    conditions = [policy.visible_to(actor), *view_conditions(actor, filters)]
    if filters.state:
        conditions.append(Thread.state_code == filters.state)
    if filters.programme:
        conditions.append(Thread.programme_key == filters.programme)
    if filters.term:
        tagged = select(ThreadTerm.thread_id).join(Term, Term.id == ThreadTerm.term_id)
        conditions.append(Thread.id.in_(tagged.where(Term.key == filters.term)))
    if filters.group:
        chosen = select(Group.id).where(Group.slug == filters.group)
        conditions.append(Thread.group_id.in_(chosen))
    return statement.where(*conditions)


def view_conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what the tab above the list asks for."""
    if filters.view == "unbeantwortet":
        return [Thread.answer_post_id.is_(None), Thread.post_count < 2, is_open()]
    if filters.view == "beantwortet":
        return [Thread.answer_post_id.is_not(None)]
    if filters.view == "mit-ergebnis":
        return [Thread.outcome_at.is_not(None)]
    if filters.view == "mein-land":
        return [Thread.state_code == actor.state_code]
    if filters.view == "meine":
        followed = watching.targets(actor.account_id, Target.THREAD, Level.WATCH, Level.FOLLOW)
        also = [Thread.id.in_(own(actor)) for own in OWN_THREADS]
        return [or_(Thread.author_id == actor.account_id, Thread.id.in_(followed), *also)]
    if filters.view == "neues":
        return [Thread.id.in_(grown_since_read(actor)), Thread.id.not_in(muted_by(actor))]
    return []


def grown_since_read(actor: Actor) -> Select[Any]:
    """Return the ids of threads somebody has opened that hold more than they have read."""
    grown = aliased(Thread)
    return (
        select(Position.thread_id)
        .join(grown, grown.id == Position.thread_id)
        .where(Position.account_id == actor.account_id, Position.number < grown.post_count)
    )


def muted_by(actor: Actor) -> Select[Any]:
    return watching.targets(actor.account_id, Target.THREAD, Level.MUTE)


LAST = aliased(Account)
READER = bindparam("reader", type_=BigInteger)  # whose reading the lists show
ROWS = with_author(
    select(
        Thread.id,
        Thread.title,
        Thread.post_count,
        Thread.last_post_at,
        Thread.created_at,
        Thread.answer_post_id,
        Thread.outcome_at,
        Thread.locked_at,
        Thread.hidden_at,
        Thread.author_id,
        Thread.state_code,
        Group.name.label("group"),
        Group.slug.label("group_slug"),
        Group.audience,
        Account.name.label("author"),
        LAST.name.label("last_author"),
        cast(READER, BigInteger).label("reader"),
        positions.number_column(READER, Thread.id).label("read_number"),
        watching.level_column(READER, Thread.id).label("level"),
        place(),
        relayed(Thread.relayed_by_id),
    ).join(Group, Group.id == Thread.group_id),
    Thread.author_id,
).outerjoin(LAST, LAST.id == Thread.last_post_by_id)


def list_threads(
    actor: Actor, filters: Filters, page: int, size: int | None = None
) -> Sequence[Any]:
    """Return one page of threads with what a list shows."""
    size = size or settings.page_size
    values = {"size": size, "skip": (page - 1) * size, "reader": reader(actor)}
    return session.execute(page_of_threads(actor, filters), values).all()


def newest_of_views(actor: Actor, size: int, *views: str) -> list[list[Any]]:
    """Return the newest threads of several views, with one statement for a page of overview."""
    values = {"size": size, "skip": 0, "reader": reader(actor)}
    rows = session.execute(several_views(actor, views), values).all()
    newest = sorted(rows, key=lambda row: (row.last_post_at, row.id), reverse=True)
    return [[row for row in newest if row.place_in_page == at] for at in range(len(views))]


@lru_cache(maxsize=256)
def several_views(actor: Actor, views: tuple[str, ...]) -> Any:
    pages = (page_of_threads(actor, Filters(view=view)).subquery() for view in views)
    return union_all(
        *(select(literal(at).label("place_in_page"), page) for at, page in enumerate(pages))
    )


def reader(actor: Actor) -> int | None:
    return actor.account_id if actor.is_member else None


@lru_cache(maxsize=256)
def page_of_threads(actor: Actor, filters: Filters) -> Any:
    """Return the statement for one page; it joins only the rows it shows."""
    wanted = narrowed(actor, filters, select(Thread.id)).order_by(*order(filters))
    size, skip = bindparam("size", type_=BigInteger), bindparam("skip", type_=BigInteger)
    ids = wanted.limit(size).offset(skip).subquery()
    return ROWS.join(ids, ids.c.id == Thread.id).order_by(*order(filters))


def order(filters: Filters) -> tuple[Any, ...]:
    newest = filters.sort == "neueste"
    return ((Thread.created_at if newest else Thread.last_post_at).desc(), Thread.id.desc())


def count_threads(actor: Actor, filters: Filters) -> int:
    """Count threads, at most COUNTED: more pages than that nobody turns."""
    return session.scalar(number_of_threads(actor, filters)) or 0


@lru_cache(maxsize=256)
def number_of_threads(actor: Actor, filters: Filters) -> Select[int]:
    some = narrowed(actor, filters, select(Thread.id)).limit(COUNTED + 1).subquery()
    return select(func.count()).select_from(some)


def latest_threads(actor: Actor, group: Group, limit: int = 5) -> Sequence[Any]:
    """Return the threads of a group that were last written in."""
    wanted = Filters(group=group.slug)
    statement = narrowed(actor, wanted, ROWS).order_by(*order(wanted)).limit(limit)
    return session.execute(statement, {"reader": reader(actor)}).all()
