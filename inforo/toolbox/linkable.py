"""Choosing an example or a tool in a form: what was typed, what was found, what was chosen.

Works with `components/picker.html` and without script: type, search, choose, send.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inforo.authz import Actor
from inforo.i18n import _
from inforo.toolbox.facets import Catalogue, Filters, searchable
from inforo.toolbox.models import Example
from inforo.toolbox.policy import written_by
from inforo.toolbox.queries import (
    find_examples_by_ids,
    find_tools_by_ids,
    teasers,
    tools_by_author,
)
from inforo.toolbox.shelves import shelf
from inforo.toolbox.tool_models import Tool
from inforo.toolbox.tool_shelf import tool_shelf

CHOICES = 10
MOST_OWN = 200
QUERY_LENGTH = 100


@dataclass(frozen=True)
class Option:
    """An example or a tool somebody may choose."""

    value: int
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Choice:
    """The state of a picker. `results` None means that nobody has searched yet."""

    chosen: Option | None = None
    query: str = ""
    results: Sequence[Option] | None = None
    errors: tuple[str, ...] = ()
    wants_search: bool = False

    @property
    def value(self) -> int | str:
        return self.chosen.value if self.chosen else ""

    @property
    def label(self) -> str:
        return self.chosen.label if self.chosen else ""


NO_CHOICE = Choice()
Find = Callable[[str], list[Option]]


def examples(actor: Actor, words: str) -> list[Option]:
    """Return own examples in any state, and public ones, that have all the words."""
    wanted = searchable(words).split()
    own = [
        teaser
        for teaser in teasers(written_by(actor), Example.id.desc(), limit=MOST_OWN)
        if all(word in searchable(teaser.title) for word in wanted)
    ]
    ids = best(shelf().catalogue, words)
    known = {teaser.id: teaser for teaser in [*own, *find_examples_by_ids(actor, ids)]}
    return [Option(key, each.title, each.places) for key, each in known.items()][:CHOICES]


def tools(actor: Actor, words: str) -> list[Option]:
    """Return own tools in any state, and public ones, that have all the words."""
    wanted = searchable(words).split()
    own = [
        teaser
        for teaser in tools_by_author(actor)
        if all(word in searchable(teaser.title) for word in wanted)
    ]
    ids = best(tool_shelf().catalogue, words)
    known = {teaser.id: teaser for teaser in [*own, *find_tools_by_ids(actor, ids)]}
    return [Option(key, each.title, each.place) for key, each in known.items()][:CHOICES]


def best(catalogue: Catalogue, words: str) -> Sequence[int]:
    """Return what has all the words, first what has them in its title."""
    wanted = searchable(words).split()
    ranks = [sum(word not in entry.title for word in wanted) for entry in catalogue.entries]
    return catalogue.find(Filters(q=words), ranks=ranks)[:CHOICES]


def read(form: Mapping[str, str], name: str, find: Find, known: Option | None) -> Choice:
    """Return what somebody chose in the picker `name`; `known` is what the form names."""
    query = form.get(f"{name}_query", "").strip()[:QUERY_LENGTH]
    if f"{name}_search" in form:
        return Choice(query=query, results=find(query) if query else [], wants_search=True)
    if not query or (known is not None and query == known.label):
        return Choice(known)
    found = find(query)
    if known is not None and known.value in [option.value for option in found]:
        return Choice(known, query)
    if len(found) == 1:
        return Choice(found[0], query)
    return Choice(None, query, found, (str(_("Bitte wählen Sie aus der Liste.")),))


def read_example(actor: Actor, form: Mapping[str, str]) -> Choice:
    found = find_examples_by_ids(actor, [number_in(form, "example")])
    known = Option(found[0].id, found[0].title, found[0].places) if found else None
    return read(form, "example", lambda words: examples(actor, words), known)


def read_tool(actor: Actor, form: Mapping[str, str]) -> Choice:
    found = find_tools_by_ids(actor, [number_in(form, "tool")])
    known = Option(found[0].id, found[0].title, found[0].place) if found else None
    return read(form, "tool", lambda words: tools(actor, words), known)


def number_in(form: Mapping[str, str], name: str) -> int:
    given: Any = form.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0


def link(tool: Tool, example: Example) -> bool:
    """Say that an example works with a tool; False if that is known already."""
    if example in tool.examples:
        return False
    tool.examples.append(example)
    tool.note_change()
    return True
