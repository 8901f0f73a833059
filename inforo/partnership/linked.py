"""What belongs to a municipality or a Land: examples, tools, discussions, in one statement."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, literal, select, union, union_all

from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Thread, ThreadMunicipality
from inforo.groups.models import Group
from inforo.groups.policy import readable_by
from inforo.toolbox.example_parts import ExampleMunicipality
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool

MOST_LINKED = 8


@dataclass(frozen=True)
class Linked:
    """Something that belongs to a municipality or a Land: title, and where it is."""

    id: int
    title: str
    about: str
    at: datetime | None


@dataclass
class Links:
    """Examples, tools and discussions, each the newest first."""

    examples: list[Linked] = field(default_factory=list)
    tools: list[Linked] = field(default_factory=list)
    threads: list[Linked] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.examples or self.tools or self.threads)


def newest(kind: str, id_: Any, title: Any, about: Any, at: Any, statement: Any) -> Any:
    """Return the newest rows of one kind as a part of a statement over several."""
    columns = (
        literal(kind).label("kind"),
        id_.label("id"),
        title.label("title"),
        about.label("about"),
        at.label("at"),
    )
    limited = statement.with_only_columns(*columns).order_by(at.desc()).limit(MOST_LINKED)
    return select(limited.subquery())


def together(examples: Any, tools: Any, threads: Any) -> Any:
    """Return the three SELECTs as one statement."""
    parts = [
        newest(
            "example",
            Example.id,
            Example.title,
            Example.summary,
            Example.published_at,
            examples,
        ),
        newest("tool", Tool.id, Tool.title, Tool.summary, Tool.published_at, tools),
        newest("thread", Thread.id, Thread.title, Group.name, Thread.last_post_at, threads),
    ]
    return union_all(*parts)


def linked(statement: Any, **values: str) -> Links:
    """Run the statement, and sort what comes."""
    found: dict[str, list[Linked]] = defaultdict(list)
    for kind, id_, title, about, at in session.execute(statement, values):
        found[kind].append(Linked(id_, title, about, at))
    for entries in found.values():
        entries.sort(key=lambda entry: (entry.at is not None, entry.at), reverse=True)
    return Links(found["example"], found["tool"], found["thread"])


def readable_threads(actor: Actor) -> Any:
    """Return the discussions this person may read, joined to their groups."""
    return (
        select(Thread.id)
        .join(Group, Group.id == Thread.group_id)
        .where(readable_by(actor), Thread.hidden_at.is_(None))
    )


def links_of_municipality(actor: Actor, ags: str) -> Links:
    """Return what the municipality contributed, and where it is talked about."""
    return linked(of_municipality(actor), ags=ags)


# The statements are built once for each reader: that took longer than running them.


@lru_cache(maxsize=256)
def of_municipality(actor: Actor) -> Any:
    ags = bindparam("ags", type_=Text)
    examples = (
        select(Example.id)
        .join(ExampleMunicipality, ExampleMunicipality.example_id == Example.id)
        .where(
            ExampleMunicipality.municipality_ags == ags, Example.state == ExampleState.PUBLISHED
        )
    )
    tools = select(Tool.id).where(Tool.municipality_ags == ags, Tool.published_at.is_not(None))
    about = union(  # an OR of the two would look at every thread
        select(ThreadMunicipality.thread_id).where(ThreadMunicipality.municipality_ags == ags),
        select(Thread.id).where(Thread.on_behalf_of_ags == ags),
    )
    return together(examples, tools, readable_threads(actor).where(Thread.id.in_(about)))


def links_of_state(actor: Actor, code: str) -> Links:
    """Return the newest examples, tools and discussions of a Land."""
    return linked(of_state(actor), code=code)


@lru_cache(maxsize=256)
def of_state(actor: Actor) -> Any:
    code = bindparam("code", type_=Text)
    return together(
        select(Example.id).where(
            Example.state_code == code, Example.state == ExampleState.PUBLISHED
        ),
        select(Tool.id).where(Tool.state_code == code, Tool.published_at.is_not(None)),
        readable_threads(actor).where(Thread.state_code == code),
    )
