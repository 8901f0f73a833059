"""What results can be narrowed by, and how many each further choice would leave.

Properties of documents are kept in memory as one bit per object and value, so counting is an
AND and a bit count per value. Who may see what is not decided here: only objects that the
search found *for this person* are ever counted (`counting.py`). Posts are too many for that;
they have few properties and are counted by them in the database.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, g
from sqlalchemy import ColumnElement, and_, func, or_, select, true

from inforo.db import session
from inforo.search.ddl import MANY
from inforo.search.models import SearchDocument
from inforo.vocabularies.models import Term

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
OVERLAP = timedelta(minutes=1)  # transactions that began earlier may end later
MOST_AT_ONCE = 500  # changed documents; with more all are read anew
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


@dataclass
class Catalogue:
    """The properties of all documents but posts."""

    stamp: datetime | None = None
    position: dict[int, int] = field(default_factory=dict)
    bits: dict[tuple[str, str], int] = field(default_factory=dict)

    def count(self, ids: Iterable[int], chosen: Chosen, counts: Counts) -> None:
        """Add the results with these ids to the counts."""
        found = self.bits_of(ids)
        rest = {name: found & self.chosen(chosen, without=name) for name in FACETS}
        counts.total += (found & self.chosen(chosen)).bit_count()
        for (name, value), bits in self.bits.items():
            number = (bits & rest[name]).bit_count()
            if number:
                counts.of[name][value] += number

    def bits_of(self, ids: Iterable[int]) -> int:
        found = bytearray(len(self.position) // 8 + 1)
        for key in ids:
            position = self.position.get(key)
            if position is not None:
                found[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(found, "little")

    def chosen(self, chosen: Chosen, without: str = "") -> int:
        """Return all documents that have the chosen properties."""
        found = (1 << len(self.position)) - 1
        for name, values in chosen.items():
            if values and name != without:
                any_of = 0
                for value in values:
                    any_of |= self.bits.get((name, value), 0)
                found &= any_of
        return found

    def with_changes(self, rows: Sequence[Any], stamp: datetime | None) -> "Catalogue":
        """Return a catalogue in which these documents (id, facets) are as they are now."""
        position, bits = dict(self.position), dict(self.bits)
        for key, facets in rows:
            mask = 1 << position.setdefault(key, len(position))
            has = set(pairs_of(facets))
            for pair in has | bits.keys():
                old = bits.get(pair, 0)
                bits[pair] = old | mask if pair in has else old & ~mask
        return Catalogue(stamp, position, bits)


def filled(rows: Sequence[Any], stamp: datetime | None) -> Catalogue:
    """Return a catalogue of all these documents (id, facets)."""
    position = {key: place for place, (key, _facets) in enumerate(rows)}
    bits: dict[tuple[str, str], bytearray] = {}
    for place, (_key, facets) in enumerate(rows):
        for pair in pairs_of(facets):
            if pair not in bits:
                bits[pair] = bytearray(len(rows) // 8 + 1)
            bits[pair][place >> 3] |= 1 << (place & 7)
    whole = {pair: int.from_bytes(found, "little") for pair, found in bits.items()}
    return Catalogue(stamp, position, whole)


def catalogue() -> Catalogue:
    """Return the catalogue of this process, with what was written since it was last used.

    The same statement asks when terms were changed last, for their labels (`choices.py`).
    """
    stamp, g.terms_changed_at = session.execute(
        select(
            select(func.max(SearchDocument.written_at)).scalar_subquery(),
            select(func.max(Term.changed_at)).scalar_subquery(),
        )
    ).one()
    old: Catalogue | None = current_app.extensions.get("search_facets")
    if old is None or old.stamp != stamp:
        old = renewed(old, stamp)
        current_app.extensions["search_facets"] = old
    return old


def renewed(old: Catalogue | None, stamp: datetime | None) -> Catalogue:
    statement = select(SearchDocument.id, SearchDocument.facets).where(
        SearchDocument.id < MANY, SearchDocument.id == SearchDocument.parent_id
    )
    if old and old.stamp and stamp and stamp > old.stamp:
        changed = SearchDocument.written_at > old.stamp - OVERLAP
        rows = session.execute(statement.where(changed).limit(MOST_AT_ONCE + 1)).all()
        if len(rows) <= MOST_AT_ONCE:
            return old.with_changes(rows, stamp)
    return filled(session.execute(statement).all(), stamp)
