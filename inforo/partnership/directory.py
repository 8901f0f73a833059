"""The directory of all municipalities: what a filter leaves, and what each facet counts.

The 11,000 names are in memory (`municipalities.queries.register`), the few hundred profiles
come in two short queries, so a page needs no grouping over the large table. Everything here is
public: drafts count as no profile.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from sqlalchemy import select

from inforo.db import session
from inforo.municipalities.names import Place, Register
from inforo.municipalities.queries import register
from inforo.partnership.models import MunicipalityProfile, PartnershipStatus, ProfileTerm
from inforo.vocabularies.models import Term

DIMENSIONS = ("land", "art", "groesse", "status", "thema")
SORTS = ("profil", "name", "einwohner", "bestaetigt")
NONE = "ohne"  # the status of a municipality that has none
MOST_FOUND = 200


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see: several values of a facet widen, facets narrow."""

    q: str = ""
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    sort: str = "profil"

    @property
    def is_empty(self) -> bool:
        return not self.q and not any(self.chosen.values())


@dataclass(frozen=True)
class Standing:
    """What the directory knows of a municipality beyond the statistics."""

    status: PartnershipStatus | None
    is_published: bool
    confirmed_at: datetime | None
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Listing:
    """One page of the directory, and the numbers beside it."""

    places: list[Place]
    total: int
    facets: dict[str, Counter[str]]
    standings: dict[str, Standing]
    names: Register


@dataclass(frozen=True)
class StateCount:
    """How many municipalities of a Land have a profile, and how many are partners."""

    profiles: int = 0
    partners: int = 0


def standings() -> dict[str, Standing]:
    """Return all municipalities with a status or a published profile."""
    profile = MunicipalityProfile
    rows = session.execute(
        select(profile.ags, profile.status, profile.published_at, profile.confirmed_at)
    ).all()
    topics: dict[str, set[str]] = {}
    if rows:
        for ags, key in session.execute(
            select(ProfileTerm.ags, Term.key)
            .join(Term, Term.id == ProfileTerm.term_id)
            .join(profile, profile.ags == ProfileTerm.ags)
            .where(Term.vocabulary == "field_of_action", profile.published_at.is_not(None))
        ):
            topics.setdefault(ags, set()).add(key)
    return {
        ags: Standing(
            status,
            published_at is not None,
            confirmed_at if published_at else None,
            frozenset(topics.get(ags, ())),
        )
        for ags, status, published_at, confirmed_at in rows
    }


def listing(filters: Filters, page: int, size: int) -> Listing:
    """Return one page, its total, and the counts of every facet."""
    names, known = register(), standings()
    found = names.search(filters.q, MOST_FOUND) if filters.q else None
    facets, total = count(filters, names, known, found)
    ordered = in_order(filters, names, known, found)
    passes = matcher(filters, names, known)
    wanted = (place for place in ordered if passes(place))
    start = (page - 1) * size
    places = list(islice(wanted, start, min(start + size, total))) if start < total else []
    return Listing(places, total, facets, known, names)


def values_of(place: Place, standing: Standing | None) -> dict[str, frozenset[str]]:
    """Return the facet values of one municipality."""
    status = standing.status if standing else None
    return {
        "land": frozenset({place.state_code}),
        "art": frozenset({place.kind.value}),
        "groesse": frozenset({place.size_class.value}) if place.size_class else frozenset(),
        "status": frozenset({status.value if status else NONE}),
        "thema": standing.topics if standing else frozenset(),
    }


def failures(filters: Filters, values: dict[str, frozenset[str]]) -> list[str]:
    """Return the facets whose chosen values leave these values out."""
    return [name for name, chosen in filters.chosen.items() if chosen.isdisjoint(values[name])]


def matcher(
    filters: Filters, names: Register, known: dict[str, Standing]
) -> Callable[[Place], bool]:
    """Return a quick test of all filters; the slow one runs once for what is alike."""
    if not filters.chosen:
        return lambda _place: True
    cells = {
        cell
        for cell, sample in names.samples.items()
        if not failures(filters, values_of(sample, None))
    }
    passing = {
        ags
        for ags, standing in known.items()
        if ags in names.by_ags and not failures(filters, values_of(names.by_ags[ags], standing))
    }
    return lambda place: place.ags in passing if place.ags in known else place.cell in cells


def count(
    filters: Filters,
    names: Register,
    known: dict[str, Standing],
    found: list[Place] | None,
) -> tuple[dict[str, Counter[str]], int]:
    """Count each facet's values under the other filters, and what passes all of them.

    Municipalities without a profile are counted by the hundreds: all of one Land, kind and
    size are alike.
    """
    facets: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    total = 0
    for values, number in alike(names, known, found):
        failed = failures(filters, values)
        if len(failed) > 1:
            continue
        total += 0 if failed else number
        for name in failed or DIMENSIONS:
            for value in values[name]:
                facets[name][value] += number
    return facets, total


def alike(
    names: Register, known: dict[str, Standing], found: list[Place] | None
) -> Iterator[tuple[dict[str, frozenset[str]], int]]:
    """Yield facet values with the number of municipalities that have them."""
    if found is not None:
        for hit in found:
            yield values_of(hit, known.get(hit.ags)), 1
        return
    cells = names.cells.copy()
    for ags, standing in known.items():
        place = names.by_ags.get(ags)
        if place is not None:
            cells[place.cell] -= 1
            yield values_of(place, standing), 1
    for cell, number in cells.items():
        yield values_of(names.samples[cell], None), number


def in_order(
    filters: Filters,
    names: Register,
    known: dict[str, Standing],
    found: list[Place] | None,
) -> Iterable[Place]:
    """Return all candidates in the wanted order; found ones by how well they fit."""
    if found is not None and filters.sort == "profil":
        return found
    pool = names.by_name if found is None else sorted(found, key=names.position)
    if filters.sort == "einwohner":
        return sorted(found, key=lambda p: -p.population) if found else names.by_population
    if filters.sort == "name":
        return pool
    return first_those_with_profile(filters.sort, pool, names, known)


def first_those_with_profile(
    sort: str, pool: list[Place], names: Register, known: dict[str, Standing]
) -> Iterator[Place]:
    """Yield the published profiles by name or by their last confirmation, then the others."""
    published = {ags for ags, standing in known.items() if standing.is_published}
    with_profile = [names.by_ags[ags] for ags in published if ags in names.by_ags]
    in_pool = set(pool) if len(pool) <= MOST_FOUND else None
    first = [place for place in with_profile if in_pool is None or place in in_pool]
    first.sort(key=names.position)
    if sort == "bestaetigt":
        first.sort(key=lambda place: confirmed(known[place.ags]), reverse=True)
    yield from first
    yield from (place for place in pool if place.ags not in published)


def confirmed(standing: Standing) -> float:
    return standing.confirmed_at.timestamp() if standing.confirmed_at else 0.0


def state_counts(names: Register, known: dict[str, Standing]) -> dict[str, StateCount]:
    """Return the numbers of the map for each Land that has any."""
    profiles: Counter[str] = Counter()
    partners: Counter[str] = Counter()
    for ags, standing in known.items():
        place = names.by_ags.get(ags)
        if place is None:
            continue
        profiles[place.state_code] += standing.is_published
        partners[place.state_code] += standing.status is PartnershipStatus.PARTNER
    return {code: StateCount(profiles[code], partners[code]) for code in profiles}
