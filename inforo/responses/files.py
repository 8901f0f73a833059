"""The result as a table: semicolons and a byte order mark, as office programs expect them."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from inforo.enquiries.models import Enquiry
from inforo.i18n import _, ngettext
from inforo.responses.compiling import SPLITS, Row
from inforo.responses.wording import in_words, written_number

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: Any) -> Any:
    """Keep a table program from taking a text for a formula."""
    is_risky = isinstance(cell, str) and (
        cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA)
    )
    return f"'{cell}" if is_risky else cell


def as_csv(enquiry: Enquiry, tables: dict[str, Any], rows: list[Row]) -> bytes:
    """Return each municipality's answers where they are named, else the totals."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines = named(enquiry, rows) if enquiry.is_named else totals(tables)
    for line in lines:
        writer.writerow([harmless(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def named(enquiry: Enquiry, rows: list[Row]) -> Iterator[list[Any]]:
    labels = [question.label for question in enquiry.questions]
    yield [_("Kommune"), _("Land"), _("Art der Kommune"), _("Größe"), *labels]
    for row in rows:
        words = [
            in_words(question, row.values.get(question.key)) for question in enquiry.questions
        ]
        yield [row.place, *(row.label(name) for name in SPLITS), *words]


def totals(tables: dict[str, Any]) -> Iterator[list[Any]]:
    """Yield question, part of the whole, answer, number; suppressed ones say so."""
    yield [_("Frage"), _("Gruppe"), _("Antwort"), _("Zahl")]
    for table in tables["questions"]:
        if table["is_hidden"]:
            yield [table["label"], _("alle"), _("zu wenige Antworten"), ""]
            continue
        yield [table["label"], _("alle"), _("Antworten"), table["count"]]
        for label, number in table.get("rows", ()):
            yield [table["label"], _("alle"), label, number]
        yield from of_numbers(table)
        for _place, words in table.get("texts", ()):
            yield [table["label"], _("alle"), words, ""]
        for split in table.get("splits", ()):
            yield from of_split(table, split)


def of_numbers(table: dict[str, Any]) -> Iterator[list[Any]]:
    found = table.get("number")
    if found:
        for label, name in (
            (_("Median"), "median"),
            (_("kleinster Wert"), "least"),
            (_("größter Wert"), "most"),
        ):
            yield [table["label"], _("alle"), label, written_number(found[name])]


def of_split(table: dict[str, Any], split: dict[str, Any]) -> Iterator[list[Any]]:
    """Yield the groups that may be shown; the others are counted, as a name tells who is in."""
    shown = [row for row in split["rows"] if row["count"] is not None]
    for row in shown:
        group = f"{SPLITS[split['by']]}: {row['label']}"
        yield [table["label"], group, _("Antworten"), row["count"]]
        if "median" in row:
            yield [table["label"], group, _("Median"), written_number(row["median"])]
        for (label, _whole), number in zip(
            table.get("rows", ()), row.get("numbers", ()), strict=False
        ):
            yield [table["label"], group, label, number]
    hidden = len(split["rows"]) - len(shown)
    if hidden:
        words = ngettext(
            "%(num)s Gruppe ist nicht ausgewiesen.",
            "%(num)s Gruppen sind nicht ausgewiesen.",
            hidden,
        )
        yield [table["label"], str(SPLITS[split["by"]]), words, ""]
