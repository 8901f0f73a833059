"""Searches without a hit, counted in sum and only for people who agreed.

A row has words and a number: nobody can tell who searched, nor when, but for the last time.
What looks like a name, an address or a number of somebody is not kept. Editors see words that
were searched five times; after thirty days without another search they are forgotten.
"""

import re
from datetime import datetime, timedelta

from flask import request
from huey import crontab
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from inforo import clock, web
from inforo.authz import Actor
from inforo.db import Base, dialect_insert, session
from inforo.jobs import sweep
from inforo.search.german import sort_key
from inforo.search.results import Results
from inforo.sessions import cookie_name

ENOUGH = 5
KEPT_FOR = timedelta(days=30)
LONGEST = 60
PERSONAL = re.compile(r"@|\d{4}|https?:")
AGREED = "search"
MOST_SHOWN = 200


class MissedSearch(Base):
    """Folded words that found nothing, and how often."""

    __tablename__ = "missed_searches"

    words: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)


def has_agreed() -> bool:
    """Tell whether this browser carries the consent; refusing leaves no trace."""
    return request.cookies.get(cookie_name("consent")) == AGREED


def note(results: Results) -> None:
    """Count a question that found nothing, if the person agreed."""
    words = sort_key(results.question.typed)
    is_fit = 2 < len(words) <= LONGEST and not PERSONAL.search(results.question.typed)
    if results.strict_total or not results.filters.is_empty or not is_fit:
        return
    if results.page == 1 and has_agreed():
        web.begin_writing()
        add(words)
        session.commit()


def add(words: str) -> None:
    now = clock.now()
    statement = dialect_insert(MissedSearch).values(words=words, count=1, last_at=now)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["words"], set_={"count": MissedSearch.count + 1, "last_at": now}
        )
    )


def may_list(actor: Actor, _nothing: object = None) -> bool:
    return actor.is_editor


def frequent() -> list[MissedSearch]:
    """Return what was searched in vain often enough to be nobody's own question."""
    return list(
        session.scalars(
            select(MissedSearch)
            .where(MissedSearch.count >= ENOUGH)
            .order_by(MissedSearch.count.desc(), MissedSearch.words)
            .limit(MOST_SHOWN)
        )
    )


@sweep(crontab(hour="2", minute="53"))
def forget_missed_searches() -> None:
    """Forget words nobody has searched for thirty days, as the privacy notice promises."""
    until = clock.now() - KEPT_FOR
    session.execute(delete(MissedSearch).where(MissedSearch.last_at < until))
    session.commit()
