"""What results can be narrowed by, and how many each further choice would leave.

Who may see what is not decided here: only what the search found *for this person* is counted,
posts by their few properties in the database, all else in memory (`catalogue.py`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from inforo.search.models import SearchDocument

# Names in the address, in the order of the page.
FACETS = (
    "art",
    "land",
    "phase",
    "feld",
    "zielgruppe",
    "lebenswelt",
    "pruefung",
    "stand",
    "gebiet",
    "groesse",
    "werkzeugart",
    "terminart",
    "jahr",
)
Chosen = Mapping[str, tuple[str, ...]]


def pairs_of(facets: str) -> Iterator[tuple[str, str]]:
    """Yield facet and value of a document's column of facets."""
    for written in facets.split():
        name, _, value = written.partition(":")
        if name in FACETS:
            yield name, value


def condition(chosen: Chosen, columns: Any = SearchDocument) -> ColumnElement[bool]:
    """Return the SQL for: one of the values of each facet."""
    wanted = [
        or_(*(columns.facets.contains(f" {name}:{value} ", autoescape=True) for value in some))
        for name, some in chosen.items()
        if some
    ]
    return and_(*wanted) if wanted else true()


def matches(pairs: Sequence[tuple[str, str]], chosen: Chosen, without: str = "") -> bool:
    """The same rule for the properties of one document, leaving out one facet."""
    return all(
        name == without or any((name, value) in pairs for value in some)
        for name, some in chosen.items()
        if some
    )


@dataclass
class Counts:
    """How many results there are, and per facet how many each value would leave."""

    total: int = 0
    of: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add_group(self, facets: str, number: int, chosen: Chosen) -> None:
        """Count so many results with the same properties."""
        pairs = list(pairs_of(facets))
        if matches(pairs, chosen):
            self.total += number
        for name, value in pairs:
            if matches(pairs, chosen, without=name):
                self.of[name][value] += number
