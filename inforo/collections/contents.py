"""What may lie in a collection: four kinds of things, and what a list shows of each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from inforo.authz import Actor
from inforo.collections.models import Key, Kind
from inforo.db import session
from inforo.discussions import policy as discussions
from inforo.discussions import queries as threads
from inforo.discussions.models import Thread
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.i18n import _, ngettext
from inforo.municipalities import queries as municipalities
from inforo.municipalities.models import Municipality
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.policy import tools_visible_to
from inforo.toolbox.queries import Teaser, ToolTeaser
from inforo.toolbox.tool_models import Tool

Content = Example | Tool | Thread | Municipality
KINDS: dict[type, Kind] = {
    Example: Kind.EXAMPLE,
    Tool: Kind.TOOL,
    Thread: Kind.THREAD,
    Municipality: Kind.MUNICIPALITY,
}


# Where each thing has its page, and the name of its key there.
PAGES = {
    Kind.EXAMPLE: ("toolbox.show_example", "example_id"),
    Kind.TOOL: ("toolbox.show_tool", "tool_id"),
    Kind.THREAD: ("discussions.show", "thread_id"),
    Kind.MUNICIPALITY: ("partnership.show", "ags"),
}


@dataclass(frozen=True)
class Found:
    """What a list shows of one thing. `changed_at` dates the file made of it."""

    kind: Kind
    key: Key
    title: str
    word: str
    place: str = ""
    summary: str = ""
    changed_at: datetime | None = None
    example: Teaser | None = None
    tool: ToolTeaser | None = None

    @property
    def endpoint(self) -> str:
        return PAGES[self.kind][0]

    @property
    def arguments(self) -> dict[str, Any]:
        return {PAGES[self.kind][1]: self.key}


def reference(content: Content) -> tuple[Kind, Key]:
    """Return what an entry keeps of a thing."""
    key = content.ags if isinstance(content, Municipality) else content.id
    return KINDS[type(content)], key


def title_of(content: Content) -> str:
    return content.display_name if isinstance(content, Municipality) else content.title


def get_content(actor: Actor, kind: Kind, key: Key) -> Content:
    """Return the thing if it is there for this person, or raise NotFound."""
    if kind is Kind.MUNICIPALITY:
        return municipalities.get_municipality(str(key))
    if not isinstance(key, int):
        raise NotFound
    if kind is Kind.EXAMPLE:
        return toolbox.get_example_head(actor, key)
    return toolbox.get_tool(actor, key) if kind is Kind.TOOL else threads.get_thread(actor, key)


def find_contents(
    actor: Actor, wanted: Iterable[tuple[Kind, Key]]
) -> dict[tuple[Kind, Key], Found]:
    """Return what of it this reader may see, with one or two statements for each kind."""
    keys: dict[Kind, list[Any]] = defaultdict(list)
    for kind, key in wanted:
        keys[kind].append(key)
    found = [item for kind in keys for item in FINDERS[kind](actor, keys[kind])]
    return {(item.kind, item.key): item for item in found}


def find_examples(actor: Actor, ids: Sequence[int]) -> list[Found]:
    return [
        Found(
            Kind.EXAMPLE,
            teaser.id,
            teaser.title,
            str(teaser.kind.label),
            teaser.places,
            teaser.summary,
            teaser.updated_at,
            example=teaser,
        )
        for teaser in toolbox.find_examples_by_ids(actor, ids)
    ]


def find_tools(actor: Actor, ids: Sequence[int]) -> list[Found]:
    where = Tool.id.in_(ids) & tools_visible_to(actor)
    return [
        Found(
            Kind.TOOL,
            teaser.id,
            teaser.title,
            _("Werkzeug"),
            teaser.place,
            teaser.summary,
            tool=teaser,
        )
        for teaser in toolbox.tool_teasers(where, limit=len(ids))
    ]


def find_threads(actor: Actor, ids: Sequence[int]) -> list[Found]:
    statement = (
        select(Thread.id, Thread.title, Thread.post_count, Group.name)
        .join(Group, Group.id == Thread.group_id)
        .where(Thread.id.in_(ids), discussions.visible_to(actor))
    )
    return [
        Found(
            Kind.THREAD,
            row.id,
            row.title,
            _("Diskussion"),
            row.name,
            ngettext("%(num)s Antwort", "%(num)s Antworten", row.post_count - 1),
        )
        for row in session.execute(statement)
    ]


def find_municipalities(_actor: Actor, keys: Sequence[str]) -> list[Found]:
    return [
        Found(
            Kind.MUNICIPALITY,
            place.ags,
            place.display_name,
            str(place.kind.label),
            place.state.name,
        )
        for place in municipalities.municipalities_by_ags(keys)
    ]


FINDERS: dict[Kind, Callable[[Actor, Sequence[Any]], list[Found]]] = {
    Kind.EXAMPLE: find_examples,
    Kind.TOOL: find_tools,
    Kind.THREAD: find_threads,
    Kind.MUNICIPALITY: find_municipalities,
}
