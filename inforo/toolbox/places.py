"""Places on the pages of examples and tools that slices above fill.

A page of the toolbox does not know who adopts, collects or discusses what it shows; see
`inforo.places`. What EXAMPLE_HEAD and EXAMPLE_CITATION are filled with is kept in memory with
the text of the example: it gets the example with all its parts, and must be the same for all
guests, or for all members.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inforo.authz import Actor
from inforo.places import Place
from inforo.toolbox.facets import Filters
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool

Finder = Callable[[Actor], tuple[frozenset[int], frozenset[int]]]

EXAMPLE_BODY: Place[Example] = Place()  # below the text
EXAMPLE_SIDE: Place[Example] = Place()  # beside it, above the citation
EXAMPLE_ACTIONS: Place[Example] = Place()  # in the panel with the buttons
EXAMPLE_HEAD: Place[Example] = Place()  # in <head>
EXAMPLE_CITATION: Place[Example] = Place()  # below EXAMPLE_SIDE
TOOL_HEAD: Place[Tool] = Place()
TOOL_BODY: Place[Tool] = Place()
TOOL_SIDE: Place[Tool] = Place()
TOOL_ACTIONS: Place[Tool] = Place()
LIST_TOP: Place[Filters] = Place()  # above the cards of the list
TOOL_LIST_TOP: Place[Filters] = Place()


@dataclass(frozen=True)
class Ranking:
    """An order of the list a slice above knows the numbers for: the highest comes first."""

    label: Any
    numbers: Callable[[], Mapping[int, int]]


@dataclass(frozen=True)
class Row:
    """A row of the table that compares examples: example → what stands there."""

    label: Any
    words: Callable[[Actor, Iterable[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Figure:
    """A number about one example that its authors learn once a year."""

    label: Any
    count: Callable[[Example], int]


class Marks:
    """Which examples and tools somebody has on the Merkliste; a slice above knows them."""

    def __init__(self) -> None:
        self.finder: Finder = lambda _actor: (frozenset(), frozenset())

    def found_by(self, finder: Finder) -> Finder:
        """Let a function tell the ids of the marked examples and tools, in one statement."""
        self.finder = finder
        return finder

    def of(self, actor: Actor) -> tuple[frozenset[int], frozenset[int]]:
        return self.finder(actor)


MARKS = Marks()
RANKINGS: dict[str, Ranking] = {}  # by their word in the address
TOOL_RANKINGS: dict[str, Ranking] = {}
ROWS: list[Row] = []
FIGURES: list[Figure] = []
