"""Finding municipalities by what people type: folded, by prefix, with typos, by postal code.

`Register` is an immutable list of all names. It works on plain rows, so that it is built once
per edition of the reference data and shared by all requests.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from inforo.municipalities.models import KIND_LABELS, MunicipalityKind, SizeClass
from inforo.text import slug

UMLAUT = re.compile(r"([aou])e")
NOT_A_WORD = re.compile(r"[^a-z0-9]+")
# What people write in front of or behind a name, and which kinds they mean by it.
CITIES = frozenset(
    {MunicipalityKind.INDEPENDENT_CITY, MunicipalityKind.CITY_STATE, MunicipalityKind.TOWN}
)
DISTRICTS = frozenset({MunicipalityKind.DISTRICT})
BOROUGHS = frozenset({MunicipalityKind.BOROUGH})
COMMON = frozenset({MunicipalityKind.VILLAGE, MunicipalityKind.MARKET, *CITIES})
PREFIXES = {
    "landeshauptstadt": CITIES,
    "hansestadt": CITIES,
    "kreisstadt": CITIES,
    "stadt": CITIES,
    "stadtverwaltung": CITIES,
    "stadtkreis": CITIES,
    "landkreis": DISTRICTS,
    "landratsamt": DISTRICTS,
    "kreisverwaltung": DISTRICTS,
    "kreis": DISTRICTS,
    "lk": DISTRICTS,
    "bezirk": BOROUGHS,
    "bezirksamt": BOROUGHS,
    "gemeinde": COMMON,
    "markt": COMMON,
}
SMALL_WORDS = frozenset({"am", "an", "der", "die", "im", "in", "a", "d", "bei", "ob", "vor"})
IMPORTANCE = {
    MunicipalityKind.CITY_STATE: 0,
    MunicipalityKind.INDEPENDENT_CITY: 0,
    MunicipalityKind.DISTRICT: 2,
    MunicipalityKind.BOROUGH: 2,
}
LARGE_TOWN = 20_000
EXACT, PREFIX, WORDS, TYPO = range(4)
INSIDE = TYPO + 0.15  # in the middle of a word: less than a small slip, more than a large one
NOTHING = TYPO + 1
ENOUGH = 3  # with so many certain hits nobody is asked "did you mean"
LONG_WORD = 5
ALIKE = 76  # percent of letters that must agree in a typo


def fold(text: str) -> str:
    """Return words of a–z and digits: `ä`, `ae` and `a` alike, `ß` as `ss`, `Sankt` as `st`."""
    latin = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    letters = "".join(char for char in latin if not unicodedata.combining(char))
    words = NOT_A_WORD.sub(" ", UMLAUT.sub(r"\1", letters)).split()
    return " ".join("st" if word == "sankt" else word for word in words)


def name_key(name: str) -> str:
    """Return the name as it is compared: folded, without "Landkreis" and the like."""
    return stripped(fold(name).split())[0]


def stripped(words: list[str]) -> tuple[str, frozenset[MunicipalityKind]]:
    """Take words like "Landkreis" off both ends; return the rest and the kinds they mean."""
    meant: frozenset[MunicipalityKind] = frozenset()
    while len(words) > 1 and words[0] in PREFIXES:
        meant, words = PREFIXES[words[0]], words[1:]
    while len(words) > 1 and words[-1] in PREFIXES:
        meant, words = PREFIXES[words[-1]], words[:-1]
    return " ".join(words), meant


@dataclass(frozen=True)
class Place:
    """One municipality as lists and pickers show it."""

    ags: str
    name: str
    kind: MunicipalityKind
    state_code: str
    state_name: str
    district_name: str = ""
    population: int = 0
    postal_code: str = ""
    size_class: SizeClass | None = None
    area_km2: float | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def value(self) -> str:
        return self.ags

    @property
    def label(self) -> str:
        return self.name

    @property
    def hint(self) -> str:
        """Return what tells it from others of its name: kind, Kreis, Land."""
        parts = [str(KIND_LABELS[self.kind]), self.district_name, self.state_name]
        return ", ".join(dict.fromkeys(part for part in parts if part))

    @cached_property
    def path(self) -> str:
        """Return the address of its page."""
        return f"/kommunen/{self.ags}-{slug(self.name)}"

    @cached_property
    def cell(self) -> str:
        """Return what it has in common with hundreds of others: Land, kind, size."""
        size = self.size_class.value if self.size_class else ""
        return f"{self.state_code}/{self.kind.value}/{size}"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return the folded names it is found by; Bezirke also behind their city."""
        key = name_key(self.name)
        if self.kind is not MunicipalityKind.BOROUGH:
            return (key,)
        city = fold(self.state_name)
        bare = key.removeprefix(f"{city} ")
        return tuple(dict.fromkeys((bare, f"{city} {bare}")))

    @cached_property
    def weight(self) -> tuple[int, int, str]:
        """Return the order among equally good matches: large ones first."""
        is_large_town = self.kind in CITIES and self.population >= LARGE_TOWN
        return (
            IMPORTANCE.get(self.kind, 1 if is_large_town else 3),
            -self.population,
            self.name,
        )


class Register:
    """All municipalities, ready to be searched. Never changes after it is built."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(sorted(places, key=lambda place: place.weight))
        self.by_name = sorted(self.places, key=lambda place: (fold(place.name), place.ags))
        self.by_population = sorted(self.by_name, key=lambda place: -place.population)
        self.states = dict(
            sorted({(p.state_code, p.state_name) for p in self.places}, key=lambda s: s[1])
        )
        self.positions = {place.ags: number for number, place in enumerate(self.by_name)}
        self.cells = Counter(place.cell for place in self.places)
        self.samples = {place.cell: place for place in self.places}
        self.by_ags = {place.ags: place for place in self.places}
        self.names = [(key, place) for place in self.places for key in place.keys]
        first_words = [
            (first, place)
            for key, place in self.names
            for first in [key.split()[0]]
            if first != key and len(first) >= LONG_WORD
        ]
        self.likely = self.names + first_words
        self.likely_keys = [key for key, _place in self.likely]

    def position(self, place: Place) -> int:
        """Return where a place stands in the order of names."""
        return self.positions[place.ags]

    def search(self, typed: str, limit: int = 20) -> list[Place]:
        """Return the best matches for what somebody typed, the surest first."""
        text, meant = stripped(fold(typed).split())
        if not text:
            return []
        if text.isdigit():
            return self.by_number(text, limit)
        found = self.certain(text, meant)
        if len(found) < ENOUGH:
            found |= {
                place: rank for place, rank in self.alike(text).items() if place not in found
            }
        return sorted(
            found,
            key=lambda place: (
                found[place],
                bool(meant) and place.kind not in meant,
                place.weight,
            ),
        )[:limit]

    def by_number(self, digits: str, limit: int) -> list[Place]:
        """Return the places whose key is this number, or whose postal code begins with it."""
        exact = self.by_ags.get(digits)
        by_post = [
            place
            for place in self.places
            if len(digits) >= 2 and place.postal_code.startswith(digits)
        ]
        return ([exact] if exact else []) + by_post[:limit]

    def certain(self, text: str, meant: frozenset[MunicipalityKind]) -> dict[Place, float]:
        """Return places whose name has what was typed, with their rank (less is better)."""
        words = [word for word in text.split() if word not in SMALL_WORDS] or text.split()
        found: dict[Place, float] = {}
        for key, place in self.names:
            rank = rank_of(text, words, key)
            if rank is not None and rank < found.get(place, NOTHING):
                found[place] = rank
        return found

    def alike(self, text: str) -> dict[Place, float]:
        """Return places whose names differ from what was typed by a slip or two."""
        hits = process.extract(
            text, self.likely_keys, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=60
        )
        return {
            self.likely[index][1]: NOTHING - round(score / 5) / 20
            for _key, score, index in reversed(hits)
        }


def rank_of(text: str, words: list[str], key: str) -> float | None:
    """Return how well a name fits: equal, begins so, has all words, has the word inside."""
    if text == key:
        return EXACT
    if key.startswith(text):
        return PREFIX
    if words[0] not in key:
        return None
    parts = key.split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return WORDS
    return INSIDE if len(text) >= 4 and text in key else None
