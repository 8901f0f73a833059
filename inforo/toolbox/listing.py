"""What the list of examples shows: filters with numbers, orders, cards."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from inforo import text
from inforo.authz import actor
from inforo.i18n import _, language
from inforo.municipalities.models import MunicipalityKind, SizeClass
from inforo.templating import piece, url_without
from inforo.toolbox import queries
from inforo.toolbox.facets import FACETS, Filters
from inforo.toolbox.fragments import kept, without_margins
from inforo.toolbox.nearness import nearness
from inforo.toolbox.place_filter import PlaceFilter
from inforo.toolbox.places import MARKS, RANKINGS
from inforo.toolbox.shelves import Shelf
from inforo.toolbox.states import ExampleKind, MeasureStatus, Tier

QUERY_LENGTH = 200
MOST_VALUES = 8  # of one facet; the others come when asked for
Value = tuple[str, str, int, bool]
ENUMS: dict[str, Any] = {
    "gebiet": MunicipalityKind,
    "groesse": SizeClass,
    "stand": MeasureStatus,
    "art": ExampleKind,
    "pruefung": Tier,
}
OPEN_FACETS = ("phase", "feld")


@dataclass(frozen=True)
class Facet:
    """One group of filters as the page shows it: (value, label, count, checked)."""

    name: str
    title: str
    values: list[Value]
    is_open: bool
    more: int = 0  # values left out
    is_whole: bool = False  # none is left out because somebody asked for all of them


def facet_titles() -> dict[str, str]:
    return {
        "phase": _("Altersphase"),
        "feld": _("Handlungsfeld"),
        "zielgruppe": _("Zielgruppe"),
        "lebenswelt": _("Lebenswelt"),
        "land": _("Land"),
        "gebiet": _("Art der Kommune"),
        "groesse": _("Größe der Kommune"),
        "stand": _("Stand"),
        "art": _("Art des Beispiels"),
        "pruefung": _("Prüfung"),
    }


def labels_of(shelf: Shelf) -> dict[str, dict[str, str]]:
    """Return facet → value → label in the reader's language, in the order of the page."""
    column = 2 if language() == "en" else 1
    labels = {
        facet: {row[0]: row[column] for row in rows} for facet, rows in shelf.labels.items()
    }
    for facet, enum in ENUMS.items():
        labels[facet] = {member.value: str(member.label) for member in enum}
    return labels


def sorts_of(wanted: PlaceFilter) -> dict[str, Any]:
    """Return the orders of the list a reader may choose from, with their labels."""
    own = {
        "neu": _("Neueste zuerst"),
        "titel": _("Titel"),
        "bestaetigt": _("Zuletzt bestätigt"),
    }
    if wanted.near is not None:
        own["aehnlich"] = _("Kommunen wie %(name)s", name=wanted.near.name)
    return own | {name: ranking.label for name, ranking in RANKINGS.items()}


def read_filters(
    args: Any,
    shelf: Shelf,
    labels: dict[str, dict[str, str]],
    wanted: PlaceFilter,
    kept_order: str,
) -> Filters:
    """Return what the address asks for; values that do not exist are left out.

    Who did not ask for an order gets the one kept for them, else what is like their place.
    """
    sort = args.get("sortierung", "")
    sorts = sorts_of(wanted)
    if sort not in sorts:
        is_usable = kept_order in sorts and not wanted.chosen
        sort = kept_order if is_usable else "aehnlich" if wanted.near else "neu"
    return Filters(
        chosen=chosen_values(args, labels, shelf.renamed),
        q=text.clean(args.get("q"))[:QUERY_LENGTH],
        sort=sort,
        like=wanted.chosen.ags if wanted.chosen else "",
        near=wanted.near.ags if wanted.near else "",
    )


def chosen_values(
    args: Any,
    labels: Mapping[str, Mapping[str, str]],
    renamed: Mapping[tuple[str, str], str],
) -> dict[str, tuple[str, ...]]:
    """Return facet → values of an address; merged terms under the name they have today."""
    found = {}
    for facet, known in labels.items():
        given = [renamed.get((facet, value), value) for value in args.getlist(facet)]
        found[facet] = tuple(value for value in dict.fromkeys(given) if value in known)
    return {facet: values for facet, values in found.items() if values}


def make_facets(  # noqa: PLR0913 (what a filter shows)
    counts: Mapping[str, Mapping[str, int]],
    filters: Filters,
    labels: Mapping[str, Mapping[str, str]],
    whole: Container[str],
    titles: Mapping[str, str],
    opened: Container[str],
) -> list[Facet]:
    """Return the groups of a filter in the order of their titles."""
    found = []
    for name, title in titles.items():
        checked = filters.chosen.get(name, ())
        values = [
            (value, label, counts[name].get(value, 0), value in checked)
            for value, label in labels[name].items()
            if value in counts[name] or value in checked
        ]
        shown = values if name in whole else most_used(values)
        is_open = name in opened or name in whole
        more = len(values) - len(shown)
        found.append(Facet(name, title, shown, is_open, more, name in whole))
    return found


def most_used(values: list[Value]) -> list[Value]:
    """Shorten a long facet to what is checked or found most often; the order stays."""
    if len(values) <= MOST_VALUES + 2:
        return values
    ranked = sorted(values, key=lambda value: (value[3], value[2]), reverse=True)
    kept_keys = {value[0] for value in ranked[:MOST_VALUES] if not value[3]}
    return [value for value in values if value[3] or value[0] in kept_keys]


def active_filters(
    filters: Filters, labels: dict[str, dict[str, str]], wanted: PlaceFilter
) -> list[tuple[str, str]]:
    """Return (label, address without it) of everything that narrows the list."""
    found = [
        (labels[facet][value], url_without(facet, value))
        for facet, values in filters.chosen.items()
        for value in values
    ]
    if filters.q:
        found.insert(0, (f"„{filters.q}“", url_without("q")))
    if wanted.chosen:
        label = _("Kommunen wie %(name)s", name=wanted.chosen.name)
        found.append((label, url_without("wie")))
    return found


def find_ids(shelf: Shelf, filters: Filters, wanted: PlaceFilter) -> tuple[int, Sequence[int]]:
    """Return which examples may be found at all, as bits, and the found ids in order."""
    catalogue, near, ranks = shelf.catalogue, None, None
    if filters.sort in RANKINGS:
        numbers = RANKINGS[filters.sort].numbers()
        ranks = [-numbers.get(entry.id, 0) for entry in catalogue.entries]
    if wanted.names is not None and (filters.like or filters.sort == "aehnlich"):
        near = nearness(catalogue, wanted.names, filters.near)
    within = near.close if near and filters.like else -1
    if near and filters.sort == "aehnlich":
        return within, catalogue.find(filters, within, near.ranks, near.ids)
    return within, catalogue.find(filters, within, ranks)


def cards(shelf: Shelf, ids: tuple[int, ...], filters: Filters, wanted: PlaceFilter) -> Markup:
    """Return the examples as cards, from memory for readers who have no bookmarks."""
    explains = filters.sort == "aehnlich" or filters.like

    def make() -> Markup:
        html = piece(
            "toolbox/_cards.html",
            examples=queries.find_examples_by_ids(actor(), ids),
            marked=MARKS.of(actor())[0],
            why={key: wanted.why(shelf.entries.get(key)) for key in ids} if explains else {},
        )
        return without_margins(html)

    if not ids or actor().is_member:
        return make() if ids else Markup("")
    near = filters.near if explains else ""
    return kept.remember(("cards", shelf.stamp, language(), near, ids), make)


def filter_form(
    shelf: Shelf,
    filters: Filters,
    labels: dict[str, dict[str, str]],
    wanted: PlaceFilter,
    within: int,
    asked: Sequence[str],
) -> Markup:
    """Return the form of the filters; `asked` are the facets somebody wants to see whole."""
    whole = frozenset(asked) & frozenset(FACETS)

    def make() -> Markup:
        shown = {
            "filters": filters,
            "facets": make_facets(
                shelf.catalogue.counts(filters, within),
                filters,
                labels,
                whole,
                facet_titles(),
                OPEN_FACETS,
            ),
            "sorts": sorts_of(wanted),
            "wanted": wanted,
        }
        return without_margins(piece("toolbox/_filter.html", **shown))

    if wanted.results is not None:
        return make()
    key = (
        "filter",
        whole,
        shelf.stamp,
        len(shelf.catalogue),
        language(),
        tuple(sorted(filters.chosen.items())),
        (filters.q, filters.sort, filters.like, filters.near),
    )
    return kept.remember(key, make)
