"""What is known of all documents but posts, kept in memory: properties and audience.

One bit per document and property, so counting is an AND and a bit count per property. Each
search asks first whether anything was written since. Who may see a document is a property
too: nothing is counted, or picked to be ranked, that is not there for the person asking; what
is shown is asked for once more in SQL (`policy.visible_to`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, g
from sqlalchemy import BigInteger, ColumnElement, Integer, cast, func, literal, select

from inforo import clock
from inforo.authz import Actor
from inforo.db import UTCDateTime, session
from inforo.search.ddl import MANY
from inforo.search.facets import FACETS, Chosen, Counts, pairs_of
from inforo.search.fulltext import is_sqlite
from inforo.search.models import Audience, SearchDocument
from inforo.search.policy import readable_audiences
from inforo.vocabularies.models import Term

# A transaction that began earlier may end later: what it wrote looks older than what is known.
LONGEST_WRITE = timedelta(minutes=10)
MOST_AT_ONCE = 500  # changed documents; with more all are read anew
Pair = tuple[str, str]
Bits = dict[Pair, int]
Row = tuple[int, int, str, Audience, int | None]  # id, parent, facets, audience, group
COLUMNS = (
    SearchDocument.id,
    SearchDocument.parent_id,
    SearchDocument.facets,
    SearchDocument.audience,
    SearchDocument.group_id,
)


@dataclass
class Stamp:
    """What tells one state of the documents from another.

    As long as transactions may end that began before the catalogue was made, the last moment
    something was written is not enough: `recent` tells what was written `since` some time ago.
    """

    written_at: datetime | None  # of the last document
    since: datetime
    recent: tuple[int, int]  # how many documents, and the sum of their microseconds
    is_settled: bool = False  # nothing can come in late any more


@dataclass
class Catalogue:
    """The properties of all documents but posts. A file counts as what it belongs to."""

    stamp: Stamp
    position: dict[int, int] = field(default_factory=dict)
    bits: Bits = field(default_factory=dict)  # facet and value
    audience: Bits = field(default_factory=dict)
    parent: dict[int, int] = field(default_factory=dict)  # of files

    def bits_of(self, ids: Iterable[int]) -> int:
        """Return these documents as bits; one digit each, because that is read at once."""
        position, size = self.position, len(self.position)
        found = bytearray(b"0") * (size + 1)
        for place in map(position.get, ids):
            if place is not None:
                found[~place] = 49
        return int(found, 2)

    def visible(self, actor: Actor) -> int:
        """Return what this person may find: `policy.visible_to` in bits."""
        keys = [("audience", audience.value) for audience in readable_audiences(actor)]
        if actor.is_member:
            keys += [("group", str(group_id)) for group_id in actor.group_ids]
        found = 0
        for key in keys:
            found |= self.audience.get(key, 0)
        return found

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

    def results_of(self, found: int) -> int:
        """Return the results these documents belong to: files are replaced by their owners."""
        files = found & self.bits_of(self.parent) if self.parent else 0
        if not files:
            return found
        owners = (
            owner for file, owner in self.parent.items() if files >> self.position[file] & 1
        )
        return (found & ~files) | self.bits_of(owners)

    def count(self, actor: Actor, ids: Iterable[int], chosen: Chosen, counts: Counts) -> None:
        """Add the results among these documents to the counts."""
        found = self.results_of(self.bits_of(ids) & self.visible(actor))
        rest = {name: found & self.chosen(chosen, without=name) for name in FACETS}
        counts.total += (found & self.chosen(chosen)).bit_count()
        for (name, value), bits in self.bits.items():
            number = (bits & rest[name]).bit_count()
            if number:
                counts.of[name][value] += number

    def flags(self, actor: Actor, chosen: Chosen) -> bytes:
        """Return which documents are visible and have what was chosen, for `filter`."""
        wanted = self.visible(actor) & self.chosen(chosen)
        return wanted.to_bytes(len(self.position) // 8 + 1, "little")

    def filter(self, flags: bytes, ids: Iterable[int]) -> Iterator[int]:
        """Yield the documents that have their flag, in the order given."""
        for key in ids:
            place = self.position.get(key)
            if place is not None and flags[place >> 3] >> (place & 7) & 1:
                yield key

    def with_changes(self, rows: Sequence[Row], stamp: Stamp) -> "Catalogue":
        """Return a catalogue in which these documents are as they are now."""
        position, parent = dict(self.position), dict(self.parent)
        bits, audience = dict(self.bits), dict(self.audience)
        for row in rows:
            mask = 1 << position.setdefault(row[0], len(position))
            change(bits, set(pairs_of(row[2])), mask)
            change(audience, {audience_of(row)}, mask)
            if row[0] != row[1]:
                parent[row[0]] = row[1]
        return Catalogue(stamp, position, bits, audience, parent)


def change(bits: Bits, has: set[Pair], mask: int) -> None:
    """Give one document these properties, and no others."""
    for pair in has | bits.keys():
        old = bits.get(pair, 0)
        bits[pair] = old | mask if pair in has else old & ~mask


def audience_of(row: Row) -> Pair:
    """Return the one property that decides who may find a document."""
    is_closed = row[3] is Audience.GROUP
    return ("group", str(row[4])) if is_closed else ("audience", row[3].value)


def filled(rows: Sequence[Row], stamp: Stamp) -> Catalogue:
    """Return a catalogue of all these documents."""
    position = {row[0]: place for place, row in enumerate(rows)}
    parent = {row[0]: row[1] for row in rows if row[0] != row[1]}
    bits = gathered(list(pairs_of(row[2])) for row in rows)
    audience = gathered([audience_of(row)] for row in rows)
    return Catalogue(stamp, position, bits, audience, parent)


def gathered(properties: Iterable[list[Pair]]) -> Bits:
    """Return for each property the documents that have it, given those of each document."""
    found: dict[Pair, list[int]] = {}
    size = 0
    for place, pairs in enumerate(properties):
        size = place + 1
        for pair in pairs:
            found.setdefault(pair, []).append(place)
    return {pair: from_places(places, size) for pair, places in found.items()}


def from_places(places: list[int], size: int) -> int:
    found = bytearray(size // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def kept() -> Catalogue | None:
    """Return the catalogue of this process, unless the clock was set back since."""
    found: Catalogue | None = current_app.extensions.get("search_catalogue")
    return found if found and found.stamp.since <= clock.now() else None


def stamp_columns() -> list[ColumnElement[Any]]:
    """Return what to select, beside something else, and to hand to `catalogue`.

    With them comes when terms were changed last, for their labels (`choices.py`).
    """
    old = kept()
    columns: list[Any] = [
        select(func.max(SearchDocument.written_at)).scalar_subquery(),
        select(func.max(Term.changed_at)).scalar_subquery(),
    ]
    if not old or not old.stamp.is_settled:
        columns += recent_columns(old.stamp.since if old else clock.now() - LONGEST_WRITE)
    return [column.label(f"stamp_{place}") for place, column in enumerate(columns)]


def recent_columns(since: datetime) -> list[Any]:
    """Measure what was written since then: how many documents, and the sum of microseconds."""
    is_recent = SearchDocument.written_at >= since
    measures = (func.count(), func.coalesce(func.sum(microseconds()), 0))
    return [
        literal(since, UTCDateTime()),
        *(select(measure).where(is_recent).scalar_subquery() for measure in measures),
    ]


def catalogue(values: Sequence[Any]) -> Catalogue:
    """Return the catalogue of this process, with what was written since it was last used.

    `values` are those of `stamp_columns`.
    """
    written_at, g.terms_changed_at, *recent = values
    old = kept()
    if old is None or not is_current(old.stamp, written_at, recent):
        old = renewed(old, written_at, recent)
        current_app.extensions["search_catalogue"] = old
    return old


def is_current(stamp: Stamp, written_at: datetime | None, recent: Sequence[Any]) -> bool:
    """Tell whether nothing was written since a catalogue was made."""
    if written_at != stamp.written_at or (recent and tuple(recent[1:]) != stamp.recent):
        return False
    stamp.is_settled |= bool(recent) and clock.now() > stamp.since + 2 * LONGEST_WRITE
    return True


def renewed(
    old: Catalogue | None, written_at: datetime | None, recent: Sequence[Any]
) -> Catalogue:
    """Return a catalogue of now. Its stamp is read first: what comes between is seen later."""
    if not recent or clock.now() > recent[0] + 2 * LONGEST_WRITE:
        statement = select(*recent_columns(clock.now() - LONGEST_WRITE))
        recent = session.execute(statement).one()
    stamp = Stamp(written_at, recent[0], (recent[1], recent[2]))
    everything = select(*COLUMNS).where(SearchDocument.id < MANY)
    if old and written_at:
        changed = SearchDocument.written_at >= old.stamp.since
        rows: Any = session.execute(everything.where(changed).limit(MOST_AT_ONCE + 1)).all()
        if len(rows) <= MOST_AT_ONCE:
            return old.with_changes(rows, stamp)
    return filled(session.execute(everything).all(), stamp)


def microseconds() -> ColumnElement[int]:
    """Return the fraction of the second in which a document was written."""
    if is_sqlite():
        return cast(func.substr(SearchDocument.written_at, 21, 6), Integer)
    return cast(func.extract("microseconds", SearchDocument.written_at), BigInteger)
