"""The table of a comparison: which rows there are, and what stands in each cell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from inforo.authz import Actor
from inforo.i18n import _
from inforo.templating import show_number
from inforo.toolbox import fields
from inforo.toolbox.models import Example
from inforo.toolbox.places import ROWS
from inforo.toolbox.policy import may_see_criteria, may_see_obstacles

Cell = str | Markup
VOCABULARIES = ("age_phase", "field_of_action", "target_group", "setting")
TRANSFER = ("transfer_adapt", "transfer_core", "obstacles", "lessons")


@dataclass(frozen=True)
class Line:
    """One row: a label and a cell for each example; `level` cells are numbers from 0 to 4."""

    label: Any
    cells: Sequence[Cell]
    levels: Sequence[int | None] = ()

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)

    @property
    def is_same(self) -> bool:
        return len(set(self.cells)) == 1


@dataclass(frozen=True)
class Part:
    """Rows that belong together, under a heading of their own."""

    title: str
    lines: list[Line]


def make_table(
    actor: Actor, examples: list[Example], criteria: dict[str, str], *, differences: bool
) -> list[Part]:
    """Return the parts of the table without empty rows, or only with rows that differ."""
    parts = [
        Part(_("Auf einen Blick"), list(facts(examples))),
        Part(_("Kosten und Personal"), list(costs(examples))),
        Part(_("Evaluation"), list(evaluation(examples))),
        Part(_("Good-Practice-Kriterien"), list(levels(actor, examples, criteria))),
        Part(_("Übertragung"), list(transfer(actor, examples))),
    ]
    kept = [Part(part.title, wanted(part.lines, differences=differences)) for part in parts]
    return [part for part in kept if part.lines]


def wanted(lines: list[Line], *, differences: bool) -> list[Line]:
    return [line for line in lines if not line.is_empty and not (differences and line.is_same)]


def line(label: Any, examples: list[Example], cell: Callable[[Example], Any]) -> Line:
    return Line(label, [cell(example) or "" for example in examples])


def facts(examples: list[Example]) -> Iterator[Line]:
    yield line(_("Kommune"), examples, places)
    yield line(_("Größe der Kommune"), examples, sizes)
    yield line(fields.LABELS["organisation_name"], examples, lambda e: e.provider)
    yield line(_("Art des Beispiels"), examples, lambda e: str(e.kind.label))
    yield line(_("Prüfung"), examples, lambda e: e.tier and str(e.tier.label))
    yield line(
        fields.LABELS["measure_status"],
        examples,
        lambda e: e.measure_status and str(e.measure_status.label),
    )
    yield line(fields.LABELS["started"], examples, lambda e: e.started)
    yield line(fields.LABELS["ended"], examples, lambda e: e.ended)
    for vocabulary in VOCABULARIES:
        yield line(fields.LABELS[vocabulary], examples, terms_in(vocabulary))


def terms_in(vocabulary: str) -> Callable[[Example], str]:
    return lambda e: ", ".join(term.label for term in e.terms_of(vocabulary))


def places(example: Example) -> str:
    return ", ".join(place.display_name for place in example.municipalities)


def sizes(example: Example) -> str:
    """Return kind and population of the municipalities."""
    said = [
        f"{place.kind.label}, {_('%(num)s Einwohner', num=show_number(place.population))}"
        if place.population
        else str(place.kind.label)
        for place in example.municipalities
    ]
    return "; ".join(dict.fromkeys(said))


def costs(examples: list[Example]) -> Iterator[Line]:
    for name in ("costs_once", "costs_per_year"):
        yield line(fields.LABELS[name], examples, euros_in(name))
    for name in ("staff_share", "funding"):
        yield line(fields.LABELS[name], examples, text_in(name))


def euros_in(name: str) -> Callable[[Example], str]:
    def cell(example: Example) -> str:
        amount = getattr(example, name)
        return "" if amount is None else f"{show_number(amount)} €"

    return cell


def text_in(name: str) -> Callable[[Example], str]:
    return lambda example: getattr(example, name)


def rendered(name: str) -> Callable[[Example], Markup | str]:
    return lambda example: example.rendered(name) if getattr(example, name) else ""


def told_to(actor: Actor, name: str) -> Callable[[Example], Markup | str]:
    """Return the cell of a text about the transfer: stumbling blocks may be for members."""

    def cell(example: Example) -> Markup | str:
        is_limited = name in ("obstacles", "lessons") and not may_see_obstacles(actor, example)
        return "" if is_limited else rendered(name)(example)

    return cell


def evaluation(examples: list[Example]) -> Iterator[Line]:
    yield line(
        fields.LABELS["evaluation_kind"],
        examples,
        lambda e: e.evaluation_kind and str(e.evaluation_kind.label),
    )
    yield line(
        fields.LABELS["evidence_level"],
        examples,
        lambda e: e.evidence_level and str(fields.EVIDENCE[e.evidence_level]),
    )
    yield line(fields.LABELS["evaluation_result"], examples, rendered("evaluation_result"))


def levels(actor: Actor, examples: list[Example], criteria: dict[str, str]) -> Iterator[Line]:
    """Yield one row for each criterion at least one example says something about."""
    rated = [
        {c.criterion_key: c.level for c in example.criteria}
        if may_see_criteria(actor, example)
        else {}
        for example in examples
    ]
    for key, label in criteria.items():
        found = [levels_of.get(key) for levels_of in rated]
        words = ["" if level is None else str(fields.LEVELS[level]) for level in found]
        yield Line(label, words, found)


def transfer(actor: Actor, examples: list[Example]) -> Iterator[Line]:
    for name in TRANSFER:
        yield line(fields.LABELS[name], examples, told_to(actor, name))
    for row in ROWS:
        words = row.words(actor, [example.id for example in examples])
        yield Line(row.label, [words.get(example.id, "") for example in examples])
