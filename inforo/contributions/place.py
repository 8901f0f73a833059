"""Choosing a municipality in a form: what was typed, what was found, what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.municipalities.queries import existing, search_municipalities


@dataclass
class Choice:
    """The state of a picker. `results` None means that nobody has searched yet."""

    municipality: Municipality | None = None
    query: str = ""
    results: list[Any] | None = None
    errors: list[Any] = field(default_factory=list)
    wants_search: bool = False

    @property
    def value(self) -> str:
        return self.municipality.ags if self.municipality else ""

    @property
    def label(self) -> str:
        return self.municipality.display_name if self.municipality else ""


def read_choice(form: Mapping[str, str], name: str, *, needed: str = "") -> Choice:
    """Return what somebody chose in the picker `name`; `needed` is the message if nothing."""
    query = form.get(f"{name}_query", "").strip()[:100]
    chosen = existing(form.get(name, "")[:8]) if form.get(name) else None
    if form.get(f"{name}_search"):
        return Choice(
            query=query, results=list(search_municipalities(query)), wants_search=True
        )
    if query and (chosen is None or query != chosen.display_name):
        return from_words(query, chosen)
    if chosen is None and needed:
        return Choice(errors=[needed])
    return Choice(chosen, query)


def from_words(query: str, chosen: Municipality | None) -> Choice:
    """Take what was typed if it names one municipality, else let the person choose."""
    results = search_municipalities(query)
    exact = [place for place in results if place.name.casefold() == query.casefold()]
    if len(exact) == 1:
        return Choice(existing(exact[0].ags), query)
    if chosen is not None and any(place.ags == chosen.ags for place in results):
        return Choice(chosen, chosen.display_name)
    return Choice(
        query=query,
        results=list(results),
        errors=[_("Bitte wählen Sie eine Kommune aus der Liste.")],
    )
