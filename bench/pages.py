"""Which pages are measured, on which objects of the large set."""

from urllib.parse import quote_plus

from flask import Flask
from sqlalchemy import select

from inforo.db import session
from inforo.discussions.models import Thread
from inforo.groups.models import Group, GroupAudience
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState

SEARCHES = ("fruehe hilfen", "Bewegungsförderung Kita", "Wie erreichen wir ältere Menschen?")
BUDGETS = {  # multiples of the computing time of R2: guest, member
    "thread of 20 posts": (1, 2),
    "last page of 1,000 posts": (1, 2),
    "example": (1.5, 2.5),
    "municipality": (1.5, 2.5),
    "start": (3, 4),
    "directory": (3, 4),
    "threads": (3, 4),
    "examples, two facets": (3, 4),
}


def typical_thread() -> Thread:
    """Return a public thread that fills one page."""
    return open_thread(Thread.post_count.between(20, 30))


def long_thread() -> Thread:
    return open_thread(Thread.post_count >= 100)


def open_thread(condition) -> Thread:
    statement = (
        select(Thread)
        .join(Group, Group.id == Thread.group_id)
        .where(Group.audience == GroupAudience.PUBLIC, Thread.hidden_at.is_(None), condition)
        .order_by(Thread.post_count.desc(), Thread.id)
    )
    found = session.scalars(statement.limit(1)).first()
    assert found is not None, "the set is too small; choose a larger --scale"
    return found


def addresses(app: Flask) -> dict[str, str]:
    """Return name → address of each measured page."""
    page_size = app.extensions["settings"].page_size
    typical, long = typical_thread(), long_thread()
    example = session.scalars(
        select(Example.id).where(Example.state == ExampleState.PUBLISHED).order_by(Example.id)
    ).first()
    last = -(-long.post_count // page_size)
    pages = {
        "start": "/",
        "directory": "/kommunen/",
        "municipality": "/kommunen/08222000",
        "threads": "/diskussionen/",
        "thread of 20 posts": f"/diskussionen/{typical.id}",
        "last page of 1,000 posts": f"/diskussionen/{long.id}?seite={last}",
        "examples, two facets": "/werkzeugkiste/?phase=fruehe-kindheit&land=BW",
        "example": f"/werkzeugkiste/beispiele/{example}",
    }
    return pages | {f"search: {words}": f"/suche?q={quote_plus(words)}" for words in SEARCHES}
