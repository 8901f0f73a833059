"""What the directory and the pages of the Länder show, made from filters and numbers."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from inforo.i18n import _
from inforo.municipalities.models import MunicipalityKind, SizeClass
from inforo.municipalities.names import Register
from inforo.municipalities.outlines import atlas
from inforo.partnership.directory import (
    DIMENSIONS,
    NONE,
    SORTS,
    Filters,
    Listing,
    StateCount,
)
from inforo.partnership.models import PartnershipStatus
from inforo.vocabularies.models import Term

LONGEST = 100
STEPS = (1, 3, 6, 10)  # partners and profiles from which a Land gets the next colour
Values = list[tuple[str, str, int, bool]]


def filters_of(args: Any) -> Filters:
    """Read the filters from the address; what nobody could choose is left out."""
    chosen = {
        name: frozenset(values)
        for name in DIMENSIONS
        if (values := [value for value in args.getlist(name) if value.isascii() and value])
    }
    sort = args.get("sortierung", "")
    return Filters(
        q=args.get("q", "")[:LONGEST].strip(),
        chosen=chosen,
        sort=sort if sort in SORTS else SORTS[0],
    )


def labels_of(names: Register, topics: Iterable[Term]) -> dict[str, dict[str, str]]:
    """Return the values of each facet in the order they are shown, with their names."""
    return {
        "land": names.states,
        "art": {kind.value: str(kind.label) for kind in MunicipalityKind},
        "groesse": {size.value: str(size.label) for size in SizeClass},
        "status": {status.value: str(status.label) for status in PartnershipStatus}
        | {NONE: _("nimmt nicht teil")},
        "thema": {term.key: term.label for term in topics},
    }


def titles() -> dict[str, str]:
    """Return how the facets are called."""
    return {
        "land": _("Land"),
        "art": _("Art"),
        "groesse": _("Größe"),
        "status": _("Partnerprozess"),
        "thema": _("Schwerpunkt"),
    }


def sorts() -> list[tuple[str, str]]:
    return [
        ("profil", _("Profile zuerst")),
        ("name", _("Name")),
        ("einwohner", _("Einwohnerzahl")),
        ("bestaetigt", _("zuletzt bestätigt")),
    ]


def facets(
    filters: Filters, found: Listing, labels: dict[str, dict[str, str]]
) -> dict[str, Values]:
    """Return value, name, number, chosen for every value that leads somewhere."""
    return {
        name: [
            (value, label, found.facets[name][value], value in chosen)
            for value, label in labels[name].items()
            if found.facets[name][value] or value in chosen
        ]
        for name in DIMENSIONS
        for chosen in [filters.chosen.get(name, frozenset())]
    }


def active(
    filters: Filters, labels: dict[str, dict[str, str]], without: Callable[..., str]
) -> list[tuple[str, str]]:
    """Return name and address without it, for each filter that is on."""
    shown = [(f"„{filters.q}“", without("q"))] if filters.q else []
    for name in DIMENSIONS:
        for value in sorted(filters.chosen.get(name, ())):
            if value in labels[name]:
                shown.append((labels[name][value], without(name, value)))
    return shown


def colour(number: int) -> int:
    """Return the step of colour, 0 (nothing) to 4."""
    return sum(number >= step for step in STEPS)


def map_rows(names: Register, counts: Mapping[str, StateCount]) -> list[dict[str, Any]]:
    """Return what the map and the table beside it say about each Land."""
    sizes = Counter(place.state_code for place in names.places)
    none = StateCount()
    return [
        {
            "code": outline.code,
            "name": outline.name,
            "municipalities": sizes[outline.code],
            "count": counts.get(outline.code, none),
            "colour": colour(counts.get(outline.code, none).profiles),
            "outline": outline,
        }
        for outline in atlas().outlines
    ]


def kinds_of_state(names: Register, code: str) -> list[tuple[str, int]]:
    """Return how many municipalities of each kind a Land has."""
    counts = Counter(place.kind for place in names.places if place.state_code == code)
    return [(str(kind.label), counts[kind]) for kind in MunicipalityKind if counts[kind]]
