"""The order "wie meine Kommune": examples from similar municipalities, fresh ones first.

The worth of an example is likeness × freshness; freshness halves every three years. What
halves at an even pace keeps its order for ever, so the order need not be made anew each day:
log2(likeness) + years / 3 sorts alike at any time. One order per municipality is kept in
memory as long as no example is saved.
"""

from array import array
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from math import log2
from threading import Lock

from inforo.municipalities.likeness import CLOSE, scores
from inforo.municipalities.names import Place, Register
from inforo.toolbox.facets import LONG_AGO, Catalogue, Entry, bits_at

HALF_LIFE_YEARS = 3
SECONDS_PER_YEAR = 365.25 * 86_400
MOST_KEPT = 48
kept: OrderedDict[tuple[int, str], "Nearness"] = OrderedDict()
lock = Lock()


@dataclass(frozen=True)
class Nearness:
    """How near the examples of a catalogue are to one municipality.

    `ranks`: place in the order for each entry; `close`: bits of those from municipalities
    like it; `catalogue` keeps the key of the memory from being given away.
    """

    catalogue: Catalogue
    ranks: "array[int]"
    close: int


def nearness(catalogue: Catalogue, names: Register, ags: str) -> Nearness:
    """Return the order for one municipality, from memory if nothing changed."""
    key = (id(catalogue), ags)
    with lock:
        found = kept.get(key)
        if found is not None:
            kept.move_to_end(key)
            return found
    made = measure(catalogue, names, ags)
    with lock:
        for old in [key for key, entry in kept.items() if entry.catalogue is not catalogue]:
            del kept[old]
        kept[key] = made
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return made


def measure(catalogue: Catalogue, names: Register, ags: str) -> Nearness:
    place = names.by_ags[ags]
    involved = {key for entry in catalogue.entries for key in entry.places}
    others = [names.by_ags[key] for key in involved if key in names.by_ags]
    known = scores(place, others) | {ags: 100.0}
    best = [likeness_of(entry, known) for entry in catalogue.entries]
    worth = [
        log2(max(score, 1)) + years(entry) / HALF_LIFE_YEARS
        for entry, score in zip(catalogue.entries, best, strict=True)
    ]
    order = sorted(range(len(worth)), key=lambda position: -worth[position])
    ranks = array("I", bytes(4 * len(order)))
    for rank, position in enumerate(order):
        ranks[position] = rank
    close = [position for position, score in enumerate(best) if score >= CLOSE]
    return Nearness(catalogue, ranks, bits_at(close, len(best)))


def likeness_of(entry: Entry, known: dict[str, float]) -> float:
    """Return the likeness of the most similar of its municipalities."""
    return max((known.get(ags, 0.0) for ags in entry.places), default=0.0)


def years(entry: Entry) -> float:
    """Return when the example was last known to be true, in years since 1970."""
    moment: datetime = max(entry.confirmed_at or LONG_AGO, entry.published_at or LONG_AGO)
    return moment.timestamp() / SECONDS_PER_YEAR


def most_like(place: Place, names: Register, keys: tuple[str, ...]) -> Place | None:
    """Return the municipality of an example that is most like a given one."""
    places = [names.by_ags[key] for key in keys if key in names.by_ags]
    known = scores(place, places)
    return max(places, key=lambda other: known[other.ags], default=None)
