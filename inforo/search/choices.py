"""What the page offers to narrow results by: facets with counts, active and recognised ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, g
from sqlalchemy import select

from inforo.db import session
from inforo.i18n import _, language
from inforo.municipalities.models import MunicipalityKind, SizeClass
from inforo.search.documents import TERM_FACETS
from inforo.search.facets import FACETS, Chosen
from inforo.search.models import Kind
from inforo.search.recognition import Recognised
from inforo.search.results import Filters, Results
from inforo.search.statenames import STATES_BY_CODE
from inforo.toolbox.states import MeasureStatus, Tier
from inforo.vocabularies.models import Term

VALUE = re.compile(r"[A-Za-z0-9_-]{1,60}")
MOST_VALUES = 20
VOCABULARIES = {**TERM_FACETS, "tool_category": "werkzeugart", "event_kind": "terminart"}
ENUMS = {
    "art": Kind,
    "gebiet": MunicipalityKind,
    "groesse": SizeClass,
    "stand": MeasureStatus,
    "pruefung": Tier,
}
RECOGNISED = {"state": "land", "kind": "art", "year": "jahr", **VOCABULARIES}
STATES = {code: state.names[0] for code, state in STATES_BY_CODE.items()}
OPEN = ("land", "phase")
Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Facet:
    """One group of filters as the page shows it: (value, label, count, checked)."""

    name: str
    title: str
    values: list[tuple[str, str, int, bool]]
    is_open: bool


@dataclass(frozen=True)
class Offer:
    """A filter that the words of the question name."""

    label: str
    name: str
    value: str
    count: int


def titles() -> dict[str, str]:
    return {
        "art": _("Art"),
        "land": _("Land"),
        "phase": _("Altersphase"),
        "feld": _("Handlungsfeld"),
        "zielgruppe": _("Zielgruppe"),
        "lebenswelt": _("Lebenswelt"),
        "pruefung": _("Prüfung"),
        "stand": _("Stand"),
        "gebiet": _("Art der Kommune"),
        "groesse": _("Größe der Kommune"),
        "werkzeugart": _("Art des Werkzeugs"),
        "terminart": _("Art des Termins"),
        "jahr": _("Jahr"),
    }


def read(values_of: Mapping[str, Sequence[str]], kinds: Sequence[Kind]) -> Filters:
    """Return the filters an address asks for; what cannot exist filters nothing."""
    chosen = {
        name: tuple(
            value
            for value in list(dict.fromkeys(values_of.get(name, ())))[:MOST_VALUES]
            if VALUE.fullmatch(value) and (name != "art" or value in kinds)
        )
        for name in FACETS
    }
    return Filters({name: values for name, values in chosen.items() if values})


def labels(names: Chosen | Mapping[str, object]) -> Labels:
    """Return facet → value → label for the facets named, each in the order of the page."""
    found: dict[str, dict[str, str]] = {
        name: {member.value: str(member.label) for member in enum}  # type: ignore[attr-defined]
        for name, enum in ENUMS.items()
    }
    found["land"] = dict(sorted(STATES.items(), key=lambda entry: entry[1]))
    wanted = [key for key, name in VOCABULARIES.items() if name in names]
    if wanted:
        add_terms(found, wanted)
    return found


def add_terms(found: dict[str, dict[str, str]], vocabularies: list[str]) -> None:
    is_english = language() == "en"
    for vocabulary, key, german, english in term_rows():
        if vocabulary in vocabularies:
            label = english if is_english and english else german
            found.setdefault(VOCABULARIES[vocabulary], {})[key] = label


def term_rows() -> list[tuple[str, str, str, str]]:
    """Return the terms, kept in memory as long as none of them was changed."""
    stamp = g.get("terms_changed_at")
    kept: Any = current_app.extensions.get("search_labels")
    if stamp is None or kept is None or kept[0] != stamp:
        kept = (stamp, read_terms())
        current_app.extensions["search_labels"] = kept
    rows: list[tuple[str, str, str, str]] = kept[1]
    return rows


def read_terms() -> list[tuple[str, str, str, str]]:
    """Return vocabulary, key and both labels of all terms, in the order of the page."""
    statement = (
        select(Term.vocabulary, Term.key, Term.label_de, Term.label_en)
        .where(Term.vocabulary.in_(VOCABULARIES))
        .order_by(Term.position, Term.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(statement)]


def facets(results: Results, known: Labels) -> list[Facet]:
    """Return what there is to choose; a chosen value stays even if nothing has it."""
    heads = titles()
    found = []
    for name in FACETS:
        counts, checked = results.counts.of[name], results.filters.chosen.get(name, ())
        order = known.get(name) or {value: value for value in sorted(counts, reverse=True)}
        values = [
            (value, label, counts[value], value in checked)
            for value, label in order.items()
            if counts[value] or value in checked
        ]
        if len(values) > 1 or checked:
            found.append(Facet(name, heads[name], values, name in OPEN or bool(checked)))
    return found


def active(filters: Filters, known: Labels) -> list[tuple[str, str, str]]:
    """Return label, facet and value of everything that narrows the list, but the kind."""
    return [
        (known.get(name, {}).get(value, value), name, value)
        for name, values in filters.chosen.items()
        for value in values
        if name != "art"
    ]


def offers(recognised: Sequence[Recognised], results: Results) -> list[Offer]:
    """Return the recognised filters that leave something and are not chosen yet."""
    found = []
    for one in recognised:
        name = RECOGNISED.get(one.facet, "")
        chosen = results.filters.chosen.get(name, ())
        count = results.counts.of[name][one.value] if name else 0
        if count and not chosen and count < results.total:
            found.append(Offer(one.label, name, one.value, count))
    return found
