"""Filters of the toolbox, and how many examples each further choice would leave.

Published examples are public, so what can be counted about them is kept in memory, as one
bit per example and property: counting is then an AND and a bit count per choice, whatever
the number of examples. `queries.catalogue()` refills it when an example was saved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from inforo.db import folded
from inforo.text import UMLAUTS

# Name in the address → vocabulary of terms.
VOCABULARIES = {
    "phase": "age_phase",
    "feld": "field_of_action",
    "zielgruppe": "target_group",
    "lebenswelt": "setting",
}
FACETS = (*VOCABULARIES, "land", "gebiet", "groesse", "stand", "art", "pruefung")
SORTS = ("neu", "titel", "bestaetigt", "aehnlich")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def searchable(text: str) -> str:
    """Return a text as it is compared: without case, umlauts written out."""
    return folded(text).translate(UMLAUTS)


@dataclass(frozen=True)
class Entry:
    """One published example: what can be counted, sorted and filtered by words."""

    id: int
    title: str
    words: str
    published_at: datetime | None
    confirmed_at: datetime | None
    values: frozenset[tuple[str, str]]
    places: tuple[str, ...] = ()  # keys of its municipalities
    is_unconfirmed: bool = False


@dataclass(frozen=True)
class Filters:
    """What somebody chose: several values of one facet mean OR, several facets AND.

    `like` is the key of a municipality: only examples from those like it. `near` is the one
    the order "aehnlich" compares with.
    """

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    q: str = ""
    sort: str = "neu"
    like: str = ""
    near: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.q and not self.like and not any(self.chosen.values())


class Catalogue:
    """All published examples (or tools), ready to be filtered and counted."""

    def __init__(self, entries: Iterable[Entry], facets: Sequence[str] = FACETS) -> None:
        self.facets = facets
        newest = sorted(entries, key=lambda entry: entry.id, reverse=True)
        newest.sort(key=lambda entry: entry.published_at or LONG_AGO, reverse=True)
        newest.sort(key=lambda entry: entry.is_unconfirmed)
        self.entries = newest
        self.everything = (1 << len(newest)) - 1
        self.bits = bits_of(newest)

    def __len__(self) -> int:
        return len(self.entries)

    def matching(self, filters: Filters, without: str = "") -> int:
        """Return the examples that match as bits, leaving out the choices of one facet."""
        found = self.everything
        for facet, values in filters.chosen.items():
            if values and facet != without:
                found &= self.any_of(facet, values)
        return found

    def any_of(self, facet: str, values: Iterable[str]) -> int:
        found = 0
        for value in values:
            found |= self.bits.get((facet, value), 0)
        return found

    def saying(self, q: str) -> int:
        """Return the examples whose title, summary or place has all the words, as bits."""
        words = searchable(q).split()
        if not words:
            return self.everything
        found = bytearray(len(self.entries) // 8 + 1)
        for position, entry in enumerate(self.entries):
            if all(word in entry.words for word in words):
                found[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(found, "little")

    def find(
        self,
        filters: Filters,
        within: int = -1,
        ranks: Sequence[float] | None = None,
        ordered: Sequence[int] | None = None,
    ) -> Sequence[int]:
        """Return the ids of the matching examples in the wanted order.

        `within` are the examples that may be found at all, as bits; `ranks` give an order
        the catalogue does not know by itself, one number per entry, the smallest first, and
        `ordered` all ids in that order where they are known already.
        """
        found = self.matching(filters) & self.saying(filters.q) & within
        if ordered is not None and found == self.everything:
            return ordered
        if ranks is not None:
            by_rank = sorted(positions(found), key=ranks.__getitem__)
            return [self.entries[position].id for position in by_rank]
        entries = [self.entries[position] for position in positions(found)]
        if filters.sort == "titel":
            entries.sort(key=lambda entry: entry.title)
        elif filters.sort == "bestaetigt":
            entries.sort(key=lambda entry: entry.confirmed_at or LONG_AGO, reverse=True)
        return [entry.id for entry in entries]

    def counts(self, filters: Filters, within: int = -1) -> dict[str, dict[str, int]]:
        """Return facet → value → number of examples, each facet without its own choices."""
        said = self.saying(filters.q) & within
        rest = {facet: self.matching(filters, without=facet) & said for facet in self.facets}
        counted: dict[str, dict[str, int]] = {facet: {} for facet in self.facets}
        for (facet, value), bits in self.bits.items():
            number = (bits & rest[facet]).bit_count()
            if number:
                counted[facet][value] = number
        return counted


def bits_at(found: Iterable[int], size: int) -> int:
    """Return positions as bits."""
    bits = bytearray(size // 8 + 1)
    for position in found:
        bits[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(bits, "little")


def bits_of(entries: list[Entry]) -> dict[tuple[str, str], int]:
    """Return for each property the examples that have it, the first one as lowest bit."""
    size = len(entries) // 8 + 1
    found: dict[tuple[str, str], bytearray] = {}
    for position, entry in enumerate(entries):
        for value in entry.values:
            if value not in found:
                found[value] = bytearray(size)
            found[value][position >> 3] |= 1 << (position & 7)
    return {value: int.from_bytes(bits, "little") for value, bits in found.items()}


def positions(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, from the lowest."""
    for index, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            yield index * 8 + (byte & -byte).bit_length() - 1
            byte &= byte - 1
