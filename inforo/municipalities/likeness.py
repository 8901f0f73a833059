"""„Kommunen wie meine“: how alike two municipalities are, from the official statistics.

A score from 0 to 100, the sum of five parts; each part can say in words what it found:

    kind         30  the same kind; 22 related (Stadt, Markt, Gemeinde); 12 city and city
    size class   25  the same; 12 next to each other
    population   20  × smaller number / larger number
    Land         15  the same
    density      10  × smaller density / larger density (inhabitants per km²)

What is unknown gives no points. The distance only decides between equal scores.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from math import asin, cos, radians, sin, sqrt

from inforo.i18n import _
from inforo.municipalities.models import (
    DISTRICT_LIMITS,
    TOWN_LIMITS,
    MunicipalityKind,
    SizeClass,
)
from inforo.municipalities.names import Place, Register

KIND, SIZE, POPULATION, LAND, DENSITY = 30, 25, 20, 15, 10
RELATED, CITIES_ALIKE, NEXT_SIZE = 22, 12, 12
CLOSE = 60  # from here on a municipality counts as "like mine"
EARTH_KM = 6371
ABOUT_EQUAL = 0.97
SIMILAR_DENSITY = 0.7
MOST_KEPT = 50

CITIES = frozenset(
    {MunicipalityKind.INDEPENDENT_CITY, MunicipalityKind.CITY_STATE, MunicipalityKind.BOROUGH}
)
COMMON = frozenset({MunicipalityKind.TOWN, MunicipalityKind.MARKET, MunicipalityKind.VILLAGE})
SCALES = (
    (*(size for _limit, size in TOWN_LIMITS), SizeClass.METROPOLIS),
    (*(size for _limit, size in DISTRICT_LIMITS), SizeClass.DISTRICT_HUGE),
)
NEIGHBOURS = frozenset(
    pair
    for scale in SCALES
    for one, other in zip(scale, scale[1:], strict=False)
    for pair in ((one, other), (other, one))
)


@dataclass(frozen=True)
class Likeness:
    """One municipality beside another: points from 0 to 100, and how far away it is."""

    place: Place
    score: float
    distance_km: float | None


def likeness(one: Place, other: Place) -> float:
    """Return how alike two municipalities are, from 0 to 100. The order does not matter."""
    return alike_by_class(one, other) + alike_by_numbers(one, other)


def alike_by_class(one: Place, other: Place) -> float:
    """Return the points for kind, size class and Land: equal for all places of a cell."""
    land = LAND if one.state_code == other.state_code else 0
    return kind_points(one.kind, other.kind) + size_points(one, other) + land


def kind_points(one: MunicipalityKind, other: MunicipalityKind) -> int:
    if one is other:
        return KIND
    kinds = {one, other}
    if kinds <= COMMON or kinds <= CITIES:
        return RELATED
    is_city_and_town = MunicipalityKind.TOWN in kinds and kinds & CITIES
    return CITIES_ALIKE if is_city_and_town else 0


def size_points(one: Place, other: Place) -> int:
    if one.size_class is None or other.size_class is None:
        return 0
    if one.size_class is other.size_class:
        return SIZE
    return NEXT_SIZE if (one.size_class, other.size_class) in NEIGHBOURS else 0


def alike_by_numbers(one: Place, other: Place) -> float:
    """Return the points for population and density."""
    return POPULATION * ratio(one.population, other.population) + DENSITY * ratio(
        density(one), density(other)
    )


def ratio(one: float, other: float) -> float:
    """Return the smaller number as a share of the larger, 0 if one is unknown."""
    if not one or not other:
        return 0.0
    return one / other if one < other else other / one


def density(place: Place) -> float:
    """Return inhabitants per km², 0 if unknown."""
    return place.population / place.area_km2 if place.area_km2 else 0.0


def distance_km(one: Place, other: Place) -> float | None:
    """Return the distance between the middles of two municipalities, along the earth."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    north, south = radians(one.latitude or 0), radians(other.latitude or 0)
    east = radians((other.longitude or 0) - (one.longitude or 0))
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def scores(place: Place, others: Iterable[Place]) -> dict[str, float]:
    """Return ags → likeness with a place; what depends on the cell is counted once."""
    known: dict[str, float] = {}
    found = {}
    for other in others:
        base = known.get(other.cell)
        if base is None:
            base = known[other.cell] = alike_by_class(place, other)
        found[other.ags] = base + alike_by_numbers(place, other)
    return found


@lru_cache(maxsize=128)
def most_alike(names: Register, ags: str) -> list[Likeness]:
    """Return the municipalities most like one, the best first; the nearer of equals."""
    place = names.by_ags[ags]
    found = scores(place, names.places)
    del found[ags]
    best = nsmallest(
        MOST_KEPT,
        found,
        key=lambda key: (-round(found[key], 6), distance_km(place, names.by_ags[key]) or 1e9),
    )
    return [
        Likeness(names.by_ags[key], found[key], distance_km(place, names.by_ags[key]))
        for key in best
    ]


def reasons(one: Place, other: Place) -> list[str]:
    """Return in words what makes `other` like `one`, the most important first."""
    said = [kind_in_words(one, other), size_in_words(one, other)]
    if one.state_code == other.state_code:
        said.append(_("gleiches Land"))
    said += [population_in_words(one, other), density_in_words(one, other)]
    return [words for words in said if words]


def kind_in_words(one: Place, other: Place) -> str:
    points = kind_points(one.kind, other.kind)
    if points == KIND:
        return _("gleiche Art (%(kind)s)", kind=other.kind.label)
    return _("verwandte Art (%(kind)s)", kind=other.kind.label) if points else ""


def size_in_words(one: Place, other: Place) -> str:
    points = size_points(one, other)
    if points == SIZE:
        return _("gleiche Größenklasse")
    return _("benachbarte Größenklasse") if points else ""


def population_in_words(one: Place, other: Place) -> str:
    """Return how many more or fewer people live in the other one."""
    if not one.population or not other.population:
        return ""
    if ratio(one.population, other.population) >= ABOUT_EQUAL:
        return _("etwa gleich viele Einwohner")
    change = round(100 * (other.population / one.population - 1))
    if change >= 100:
        times = str(round(other.population / one.population, 1)).replace(".", ",")
        return _("%(times)s-mal so viele Einwohner", times=times)
    if change > 0:
        return _("%(percent)s %% mehr Einwohner", percent=change)
    return _("%(percent)s %% weniger Einwohner", percent=-change)


def density_in_words(one: Place, other: Place) -> str:
    is_similar = ratio(density(one), density(other)) >= SIMILAR_DENSITY
    return _("ähnlich dicht besiedelt") if is_similar else ""
