"""What the list of tools shows: filters with numbers and orders; like `listing.py`."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from inforo import text
from inforo.db import session
from inforo.i18n import _, language
from inforo.toolbox.facets import Filters
from inforo.toolbox.listing import QUERY_LENGTH, Facet, chosen_values, make_facets
from inforo.toolbox.places import TOOL_RANKINGS
from inforo.toolbox.tool_models import ToolFile
from inforo.toolbox.tool_shelf import FACETS, ToolShelf

OPEN_FACETS = ("werkzeugart", "schritt")


def titles() -> dict[str, str]:
    return {
        "werkzeugart": _("Art des Werkzeugs"),
        "schritt": _("Schritt im Prozess"),
        "land": _("Land"),
        "dateityp": _("Dateityp"),
        "lizenz": _("Lizenz"),
        "kommune": _("Kommune"),
    }


def labels_of(shelf: ToolShelf) -> dict[str, dict[str, str]]:
    """Return facet → value → label in the reader's language, in the order of the page."""
    column = 2 if language() == "en" else 1
    return {
        facet: {row[0]: row[column] for row in shelf.labels.get(facet, ())} for facet in FACETS
    }


def sorts() -> dict[str, Any]:
    rankings = {name: ranking.label for name, ranking in TOOL_RANKINGS.items()}
    own = {
        "neu": _("Neueste zuerst"),
        "titel": _("Titel"),
        "geladen": _("Am häufigsten heruntergeladen"),
    }
    return own | rankings


def read_filters(args: Any, shelf: ToolShelf, labels: dict[str, dict[str, str]]) -> Filters:
    """Return what the address asks for; values that do not exist are left out."""
    sort = args.get("sortierung", "")
    return Filters(
        chosen=chosen_values(args, labels, shelf.renamed),
        q=text.clean(args.get("q"))[:QUERY_LENGTH],
        sort=sort if sort in sorts() else "neu",
    )


def find_ids(shelf: ToolShelf, filters: Filters) -> Sequence[int]:
    """Return the ids of the matching tools in the wanted order."""
    if filters.sort == "geladen":
        numbers = downloads()
    elif filters.sort in TOOL_RANKINGS:
        numbers = TOOL_RANKINGS[filters.sort].numbers()
    else:
        return shelf.catalogue.find(filters)
    ranks = [-numbers.get(entry.id, 0) for entry in shelf.catalogue.entries]
    return shelf.catalogue.find(filters, ranks=ranks)


def downloads() -> Mapping[int, int]:
    """Return tool → how often its versions were downloaded."""
    statement = select(ToolFile.tool_id, func.sum(ToolFile.downloads)).group_by(
        ToolFile.tool_id
    )
    return {tool_id: int(number) for tool_id, number in session.execute(statement)}


def facets_of(
    shelf: ToolShelf,
    filters: Filters,
    labels: dict[str, dict[str, str]],
    asked: Container[str],
) -> list[Facet]:
    counts = shelf.catalogue.counts(filters)
    return make_facets(counts, filters, labels, asked, titles(), OPEN_FACETS)
