"""Records as tables for Excel as German offices have it, and back without loss.

Semicolons, UTF-8 with a byte order mark, German headings. Lists stand in one cell, their
values between "|". A cell a table program could take for a formula gets an apostrophe in
front, and so does one that begins with an apostrophe: the import takes exactly one away.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from inforo.exchange import records
from inforo.exchange.records import Record
from inforo.i18n import in_language
from inforo.toolbox import fields
from inforo.vocabularies import queries as vocabularies

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SEPARATOR = "|"
CRITERION = re.compile(r"([0-4])(\*?)(?: (.*))?", re.DOTALL)
OWN_HEADINGS = {
    "id": "Kennung",
    "state": "Bearbeitungsstand",
    "tier": "Prüfung",
    "state_code": "Land",
    "organisation": "Träger",
    "municipalities": "Kommunen (AGS)",
    "files": "Dateien",
    "created_at": "Angelegt am",
    "submitted_at": "Eingereicht am",
    "reviewed_at": "Geprüft am",
    "published_at": "Veröffentlicht am",
    "confirmed_at": "Bestätigt am",
    "unconfirmed_since": "Nicht bestätigt seit",
}
LISTS = ("municipalities", *records.VOCABULARIES)


def harmless(cell: str) -> str:
    """Keep a table program from taking a text for a formula."""
    is_risky = cell.startswith(("'", *FORMULA)) or cell.lstrip().startswith(FORMULA)
    return f"'{cell}" if is_risky else cell


def original(cell: str) -> str:
    """Take away the apostrophe that `harmless` put in front."""
    return cell[1:] if cell.startswith("'") else cell


def headings() -> dict[str, str]:
    """Return field → German heading, in the order of the columns."""
    with in_language("de"):
        known = {name: str(label) for name, label in fields.LABELS.items()} | OWN_HEADINGS
    found: dict[str, str] = {}
    for name in records.EXAMPLE_FIELDS:
        if name == "criteria":
            labels = vocabularies.terms("criterion")
            found |= {f"criterion:{term.key}": f"Kriterium {term.label_de}" for term in labels}
        else:
            found[name] = known[name]
    return found


def as_table(found: Iterable[Record]) -> Iterator[bytes]:
    """Yield the lines of the table, the headings first. Examples only: tools have others."""
    columns = headings()
    yield line(columns.values()).encode("utf-8-sig")
    for record in found:
        cells = cells_of(record)
        yield line(harmless(cells.get(name, "")) for name in columns).encode()


def line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def cells_of(record: Record) -> dict[str, str]:
    """Return field → cell of one record."""
    cells: dict[str, str] = {}
    for name, value in record.items():
        if name == "criteria":
            cells |= {f"criterion:{each['key']}": criterion_cell(each) for each in value}
        elif name == "files":
            cells[name] = SEPARATOR.join(each["name"] for each in value)
        elif isinstance(value, list):
            cells[name] = SEPARATOR.join(value)
        else:
            cells[name] = "" if value is None else str(value)
    return cells


def criterion_cell(criterion: Mapping[str, Any]) -> str:
    """Return "3* Ein Satz", the star where the criterion is highlighted."""
    star = "*" if criterion["highlighted"] else ""
    return f"{criterion['level']}{star} {criterion['reason']}".rstrip(" ")


def read_criterion(key: str, cell: str) -> Record | None:
    """Return the opposite of `criterion_cell`, None for what is not written like that."""
    match = CRITERION.fullmatch(cell.strip())
    if match is None:
        return None
    return {
        "key": key,
        "level": int(match[1]),
        "reason": match[3] or "",
        "highlighted": bool(match[2]),
    }


def rejected(rows: Iterable[Any]) -> bytes:
    """Return rejected rows as a table: their own columns, then row number and reasons."""
    found = list(rows)
    columns = list(dict.fromkeys(name for row in found for name in row.raw))
    lines = [line([*(harmless(name) for name in columns), "Zeile", "Gründe"])]
    for row in found:
        cells = [harmless(str(row.raw.get(name, ""))) for name in columns]
        reasons = " ".join(problem["reason"] for problem in row.problems)
        lines.append(line([*cells, str(row.number), harmless(reasons)]))
    return "".join(lines).encode("utf-8-sig")
