"""The next events, the newest articles and one's unfinished examples, in one statement.

The start page has a budget of statements; these three small lists share one.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Select, Text, cast, literal, null, select, union_all

from inforo.articles.queries import newest
from inforo.authz import Actor
from inforo.db import UTCDateTime, session
from inforo.events.queries import upcoming
from inforo.toolbox.models import Example
from inforo.toolbox.policy import written_by
from inforo.toolbox.states import ExampleState

EVENTS = 1
ARTICLES = 2
DRAFTS = 3
MOST_DRAFTS = 5
UNFINISHED = (ExampleState.DRAFT, ExampleState.CHANGES_ASKED)


@dataclass(frozen=True)
class Draft:
    """An example somebody began or is asked to change."""

    id: int
    title: str
    updated_at: datetime
    state: ExampleState


@dataclass
class News:
    """Number, title and day of what is new, for links in lists; and one's own drafts."""

    events: list[tuple[int, str, datetime]] = field(default_factory=list)
    articles: list[tuple[int, str, date]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


def news(actor: Actor, limit: int, state_code: str = "", *, with_drafts: bool = False) -> News:
    """Return what this reader may see, of all Länder or of one."""
    found, statement = News(), all_parts(actor, limit, state_code, with_drafts)
    for kind, number, title, moment, day, state in session.execute(statement):
        if kind == EVENTS:
            found.events.append((number, title, moment))
        elif kind == ARTICLES:
            found.articles.append((number, title, day))
        else:
            found.drafts.append(Draft(number, title, moment, ExampleState(state)))
    found.events.sort(key=lambda one: (one[2], one[0]))
    found.articles.sort(key=lambda one: (one[2], one[0]), reverse=True)
    found.drafts.sort(key=lambda one: one.updated_at, reverse=True)
    return found


@lru_cache(maxsize=256)
def all_parts(actor: Actor, limit: int, state_code: str, with_drafts: bool) -> Any:
    """Return the statement, built once for each reader."""
    parts = [
        part_of_events(actor, limit, state_code),
        part_of_articles(actor, limit, state_code),
    ]
    if with_drafts:
        parts.append(part_of_drafts(actor))
    return union_all(*parts)


def part(kind: int, rows: Any, *, moment: Any = None, day: Any = None) -> Select[Any]:
    """Return one of the lists with the columns all of them have.

    Only what is missing is cast: SQLite would make numbers of times.
    """
    return select(
        literal(kind),
        rows.id,
        rows.title,
        cast(null(), UTCDateTime) if moment is None else moment,
        cast(null(), Date) if day is None else day,
        cast(rows.state if kind == DRAFTS else null(), Text),
    )


def part_of_events(actor: Actor, limit: int, state_code: str) -> Select[Any]:
    rows = upcoming(actor, limit, state_code).subquery().c
    return part(EVENTS, rows, moment=rows.starts_at)


def part_of_articles(actor: Actor, limit: int, state_code: str) -> Select[Any]:
    rows = newest(actor, limit, state_code).subquery().c
    return part(ARTICLES, rows, day=rows.dated_on)


def part_of_drafts(actor: Actor) -> Select[Any]:
    statement = (
        select(Example.id, Example.title, Example.updated_at, Example.state)
        .where(written_by(actor), Example.state.in_(UNFINISHED))
        .order_by(Example.updated_at.desc())
        .limit(MOST_DRAFTS)
    )
    rows = statement.subquery().c
    return part(DRAFTS, rows, moment=rows.updated_at)
