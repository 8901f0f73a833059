"""The result of an enquiry, compiled from the answers: plain data, kept as JSON.

Without names nothing is shown of fewer than `settings.enquiry_smallest` municipalities: no
question fewer have answered, and no part of the totals by Land, kind and size that alone or
as a difference would tell of fewer (`suppression`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from inforo.config import settings
from inforo.enquiries.models import Enquiry, EnquiryQuestion
from inforo.enquiries.states import QuestionKind
from inforo.i18n import _l, written
from inforo.municipalities.models import MunicipalityKind, SizeClass
from inforo.responses.suppression import shown_cells

SPLITS = {"state": _l("Land"), "kind": _l("Art der Kommune"), "size": _l("Größe")}
UNKNOWN = _l("ohne Angabe")


@dataclass(frozen=True)
class Row:
    """One municipality's answer, and what the totals are split by."""

    place: str
    values: dict[str, Any]
    state: str
    kind: MunicipalityKind
    size: SizeClass | None

    def label(self, split: str) -> str:
        value: Any = getattr(self, split)
        if value is None:
            return written(UNKNOWN)
        return value if split == "state" else written(value.label)


def compiled(enquiry: Enquiry, rows: Sequence[Row]) -> dict[str, Any]:
    """Return what the page, the table and the document of the result are made of."""
    smallest = 1 if enquiry.is_named else settings.enquiry_smallest
    is_hidden = len(rows) < smallest
    return {
        "answered": len(rows),
        "is_hidden": is_hidden,
        "questions": []
        if is_hidden
        else [of_question(enquiry, question, rows, smallest) for question in enquiry.questions],
    }


def of_question(
    enquiry: Enquiry, question: EnquiryQuestion, rows: Sequence[Row], smallest: int
) -> dict[str, Any]:
    found = [row for row in rows if row.values.get(question.key) is not None]
    table: dict[str, Any] = {
        "label": question.label,
        "kind": question.kind.value,
        "unit": question.unit,
        "count": len(found),
        "is_hidden": len(found) < smallest,
    }
    if table["is_hidden"]:
        return table | {"count": None if found else 0}
    if question.kind.is_choice:
        table["rows"] = shares(question, found)
    elif question.kind is QuestionKind.NUMBER:
        table["number"] = numbers(question, found)
    else:
        table["texts"] = texts(question, found, is_named=enquiry.is_named)
    if not question.kind.is_text:
        table["splits"] = split_up(question, found, smallest)
    return table


def shares(question: EnquiryQuestion, rows: Sequence[Row]) -> list[list[Any]]:
    """Return each choice with how many chose it."""
    chosen: Counter[str] = Counter()
    for row in rows:
        value = row.values[question.key]
        chosen.update(value if isinstance(value, list) else [value])
    return [[label, chosen[label]] for label in question.choices]


def numbers(question: EnquiryQuestion, rows: Sequence[Row]) -> dict[str, float]:
    values = [row.values[question.key] for row in rows]
    return {"median": median(values), "least": min(values), "most": max(values)}


def texts(question: EnquiryQuestion, rows: Sequence[Row], *, is_named: bool) -> list[list[str]]:
    """Return what was written; without names in an order that tells nothing."""
    if is_named:
        return [[row.place, row.values[question.key]] for row in rows]
    written_ones = sorted((row.values[question.key] for row in rows), key=str.casefold)
    return [["", one] for one in written_ones]


def split_up(
    question: EnquiryQuestion, rows: Sequence[Row], smallest: int
) -> list[dict[str, Any]]:
    """Return the same by Land, kind and size; parts that must not be shown have no numbers."""
    cells: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in SPLITS}
    for index, row in enumerate(rows):
        for name in SPLITS:
            cells[name][row.label(name)].append(index)
    sets = {
        name: {label: frozenset(inside) for label, inside in found.items()}
        for name, found in cells.items()
    }
    shown = shown_cells(sets, smallest)
    return [
        {
            "by": name,
            "rows": [
                part(question, label, [rows[index] for index in inside], label in shown[name])
                for label, inside in sorted(cells[name].items())
            ],
        }
        for name in SPLITS
    ]


def part(
    question: EnquiryQuestion, label: str, rows: Sequence[Row], is_shown: bool
) -> dict[str, Any]:
    if not is_shown:
        return {"label": label, "count": None}
    if question.kind is QuestionKind.NUMBER:
        middle = median(row.values[question.key] for row in rows)
        return {"label": label, "count": len(rows), "median": middle}
    numbers = [number for _label, number in shares(question, rows)]
    return {"label": label, "count": len(rows), "numbers": numbers}
