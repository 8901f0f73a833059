"""„Kommunen wie meine“ in the address of a list: which municipality is meant, and its order.

`wie=<ags>` asks for examples from municipalities like that one. Without script the picker
sends `wie_query` (what was typed) and maybe `wie`: then there is something to choose, or the
page leads on to the clean address.
"""

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from inforo.authz import Actor
from inforo.municipalities.likeness import reasons
from inforo.municipalities.names import Place, Register
from inforo.municipalities.queries import register
from inforo.toolbox.facets import Entry
from inforo.toolbox.nearness import most_like

LONGEST_NAME = 100
CHOICES = 10
TYPED = ("wie_query", "wie_search")


@dataclass(frozen=True)
class PlaceFilter:
    """`chosen`: the municipality of the filter; `own`: that of the member who looks.

    `results`: what a search by name found, None where nobody searched.
    """

    chosen: Place | None = None
    own: Place | None = None
    query: str = ""
    results: list[Place] | None = None
    names: Register | None = None

    @property
    def near(self) -> Place | None:
        """Return the municipality examples are compared with."""
        return self.chosen or self.own

    def why(self, entry: Entry | None) -> str:
        """Say why an example stands where it stands: what its municipality has in common."""
        if self.near is None or self.names is None or entry is None:
            return ""
        other = most_like(self.near, self.names, entry.places)
        if other is None:
            return ""
        return ", ".join(reasons(self.near, other)) if other is not self.near else ""


def read(actor: Actor, args: MultiDict[str, str], edition: str = "") -> PlaceFilter:
    """Return which municipality an address and its reader mean."""
    typed = args.get("wie_query", "").strip()[:LONGEST_NAME]
    if not (typed or args.get("wie") or (actor.is_member and actor.municipality_ags)):
        return PlaceFilter()
    names = register(edition)
    own = names.by_ags.get(actor.municipality_ags or "") if actor.is_member else None
    chosen = names.by_ags.get(args.get("wie", ""))
    if not typed or (chosen is not None and chosen.name == typed):
        return PlaceFilter(chosen, own, names=names)
    found = names.search(typed, CHOICES)
    exact = [place for place in found if place.name.casefold() == typed.casefold()]
    if len(exact) == 1 and "wie_search" not in args:
        return PlaceFilter(exact[0], own, names=names)
    is_among = chosen is not None and chosen in found and "wie_search" not in args
    if is_among:
        return PlaceFilter(chosen, own, names=names)
    return PlaceFilter(None, own, typed, found, names)


def is_settled(wanted: PlaceFilter, args: MultiDict[str, str]) -> bool:
    """Tell whether the address still holds typed words although the choice is clear."""
    return wanted.results is None and any(name in args for name in TYPED)


def clean_arguments(wanted: PlaceFilter, args: MultiDict[str, str]) -> dict[str, Any]:
    """Return the arguments of the address people may share."""
    kept: dict[str, Any] = {
        name: values
        for name, values in args.to_dict(flat=False).items()
        if name not in TYPED and any(values)
    }
    kept.pop("seite", None)
    return kept | {"wie": wanted.chosen.ags if wanted.chosen else None}
