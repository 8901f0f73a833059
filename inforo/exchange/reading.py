"""Reads files that are brought in: tables of any office, and lines of our own format.

Nothing is fetched from anywhere: addresses in a file are text.
"""

import codecs
import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from inforo.errors import DomainError
from inforo.exchange.mapping import ColumnMapping
from inforo.exchange.records import Record
from inforo.i18n import _

SAMPLE = 1_000_000
LONGEST_CELL = 1_000_000
DELIMITERS = {"tab": "\t"}
csv.field_size_limit(LONGEST_CELL)


class FileUnreadable(DomainError):
    """The file is no table and no lines of records; the sentence says what is wrong."""

    status = 422


@dataclass(frozen=True)
class Row:
    """One row: its number as people count them, what stands there, and what it means."""

    number: int
    raw: dict[str, Any]
    record: Record | None
    problem: str = ""


def encoding_of(sample: bytes, wanted: str = "auto") -> str:
    """Return the charset; a file that is no UTF-8 is taken for Windows-1252."""
    if wanted == "windows-1252":
        return "cp1252"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample)
    except UnicodeDecodeError:
        if wanted == "utf-8":
            raise FileUnreadable(_("Die Datei ist nicht in UTF-8 gespeichert.")) from None
        return "cp1252"
    return "utf-8-sig"


def delimiter_of(first: str, wanted: str = "auto") -> str:
    """Return what separates the cells: what the first line has most of."""
    if wanted != "auto":
        return DELIMITERS.get(wanted, wanted)
    counts = Counter({mark: first.count(mark) for mark in (";", "\t", ",", "|")})
    return counts.most_common(1)[0][0]


def open_table(file: BinaryIO, mapping: ColumnMapping) -> Iterator[list[str]]:
    """Yield the rows of a table as cells, the headings first."""
    sample = file.read(SAMPLE)
    file.seek(0)
    encoding = encoding_of(sample, mapping.encoding)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    first = text.readline()
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter_of(first, mapping.delimiter))
    try:
        yield from reader
    except csv.Error as error:
        raise FileUnreadable(
            _("Die Tabelle lässt sich nicht lesen: %(error)s", error=str(error))
        ) from error
    finally:
        with suppress(ValueError):  # whoever opened the file may have closed it
            text.detach()  # and closes it otherwise, not we


def headings_of(file: BinaryIO, mapping: ColumnMapping) -> list[str]:
    """Return the headings, or raise FileUnreadable."""
    first = next(open_table(file, mapping), [])
    names = [name.strip() for name in first]
    if not any(names):
        raise FileUnreadable(_("Die Datei enthält keine Tabelle mit Spaltenüberschriften."))
    double = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    if double:
        raise FileUnreadable(
            _("Diese Spalten gibt es mehrmals: %(names)s.", names=", ".join(double))
        )
    return names


def table_rows(file: BinaryIO, mapping: ColumnMapping) -> Iterator[Row]:
    """Yield the rows of a table; the headings are row 1, empty rows are passed over."""
    cells = open_table(file, mapping)
    headings = [name.strip() for name in next(cells, [])]
    for number, row in enumerate(cells, 2):
        if not any(cell.strip() for cell in row):
            continue
        raw = dict(zip(headings, row, strict=False))
        if len(row) > len(headings) and any(cell.strip() for cell in row[len(headings) :]):
            yield Row(number, raw, None, _("Die Zeile hat mehr Zellen als Überschriften."))
        else:
            yield Row(number, raw, mapping.apply(raw))


def line_rows(file: Iterable[bytes]) -> Iterator[Row]:
    """Yield the records of a file of lines; empty lines are passed over."""
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (ValueError, RecursionError):
            record = None
        raw = {"line": line.decode("utf-8", errors="replace").rstrip("\n")}
        if isinstance(record, dict):
            yield Row(number, raw, record)
        else:
            yield Row(number, raw, None, _("Die Zeile ist kein JSON-Objekt."))


def folder_files(path: Path) -> list[Path]:
    """Return the files of lines of an exported folder, or the file itself."""
    if not path.is_dir():
        return [path]
    found = [path / name for name in ("examples.jsonl", "tools.jsonl")]
    return [each for each in found if each.exists()]
