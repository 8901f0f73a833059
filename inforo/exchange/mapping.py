"""How the columns of a foreign table become our fields: written as TOML or built in a form.

source = "Praxisdatenbank"
encoding = "auto"            # auto, utf-8, windows-1252
delimiter = "auto"           # auto, ";", ",", "tab"
list_separator = ","

[columns]                    # heading in the file = our field
"Projektname" = "title"
[constants]                  # our field = the same value for all rows
kind = "practice"
[values.field_of_action]     # what stands in the file = our key, label, or "" for nothing
"Kindergesundheit" = "fruehe-hilfen"
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from inforo.db import folded
from inforo.errors import DomainError
from inforo.exchange import records, tables
from inforo.i18n import _

ENCODINGS = ("auto", "utf-8", "windows-1252")
DELIMITERS = ("auto", ";", ",", "tab", "|")
FIELDS = tuple(
    name
    for name in records.EXAMPLE_FIELDS
    if name not in {*records.STATE, *records.TIMES, "files", "criteria"}
)
CRITERION = "criterion:"
MULTIPLE = frozenset(tables.LISTS)


class MappingRefused(DomainError):
    """The mapping cannot be used; the sentence says why."""

    status = 422


@dataclass
class ColumnMapping:
    """A mapping, checked."""

    source: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    encoding: str = "auto"
    delimiter: str = "auto"
    list_separator: str = ","
    is_own: bool = False  # a table we exported ourselves

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def apply(self, row: Mapping[str, str]) -> records.Record:
        """Return a row as a record of texts and lists of texts."""
        found: records.Record = dict(self.constants)
        if self.is_own:  # an empty cell of ours says that there is nothing
            found |= {name: empty(name) for name in self.columns.values() if is_plain(name)}
            found["criteria"] = []
        for column, name in self.columns.items():
            cell = row.get(column) or ""
            if self.is_own:
                cell = tables.original(cell)
            if not cell.strip():
                continue
            if name.startswith(CRITERION):
                found.setdefault("criteria", []).append(criterion(name, cell))
            elif name in MULTIPLE:
                found[name] = [*as_list(found.get(name)), *self.parts(name, cell)]
            else:
                found[name] = self.joined(found.get(name), self.translated(name, cell))
        return found

    def parts(self, name: str, cell: str) -> list[str]:
        """Return the values of a cell that holds several."""
        whole = self.values.get(name, {}).get(cell.strip())
        if whole is not None:
            return [whole] if whole else []
        split = cell.split(self.list_separator) if self.list_separator else [cell]
        translated = (self.translated(name, part.strip()) for part in split if part.strip())
        return [part for part in translated if part]

    def translated(self, name: str, value: str) -> str:
        return self.values.get(name, {}).get(value.strip(), value)

    def joined(self, before: Any, value: str) -> str:
        """Let several columns fill one text, one paragraph each."""
        return f"{before}\n\n{value}" if before else value


def is_plain(name: str) -> bool:
    return not name.startswith(CRITERION)


def empty(name: str) -> Any:
    return [] if name in MULTIPLE else ""


def as_list(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value] if value else []


def criterion(name: str, cell: str) -> Any:
    key = name.removeprefix(CRITERION)
    return tables.read_criterion(key, cell) or {"key": key, "level": cell, "reason": ""}


def from_toml(data: bytes) -> ColumnMapping:
    """Return the mapping of a file, or raise MappingRefused."""
    try:
        given = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingRefused(
            _("Die Zuordnung ist keine gültige TOML-Datei: %(error)s", error=str(error))
        ) from error
    return from_dict(given)


def from_dict(given: Mapping[str, Any]) -> ColumnMapping:
    known = set(ColumnMapping.__dataclass_fields__)
    unknown = sorted(set(given) - known)
    if unknown:
        raise MappingRefused(
            _("Die Zuordnung enthält Unbekanntes: %(names)s.", names=", ".join(unknown))
        )
    mapping = ColumnMapping(
        columns=table_of(given.get("columns", {})),
        values={name: table_of(pairs) for name, pairs in dict(given.get("values", {})).items()},
        is_own=given.get("is_own") is True,
        constants={
            name: value if isinstance(value, list) else str(value)
            for name, value in dict(given.get("constants", {})).items()
        },
    )
    for name in ("source", "encoding", "delimiter", "list_separator"):
        setattr(mapping, name, str(given.get(name, getattr(mapping, name))))
    check(mapping)
    return mapping


def table_of(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise MappingRefused(_("In der Zuordnung fehlt eine Tabelle: Name = Wert."))
    return {str(name): str(value) for name, value in given.items()}


def check(mapping: ColumnMapping) -> None:
    used = {*mapping.columns.values(), *mapping.constants}
    unknown = sorted(
        name for name in used if name not in FIELDS and not name.startswith(CRITERION)
    )
    if unknown:
        raise MappingRefused(
            _("Diese Felder gibt es nicht: %(names)s.", names=", ".join(unknown))
        )
    if "title" not in used:
        raise MappingRefused(_("Bitte ordnen Sie eine Spalte dem Titel zu."))
    if mapping.encoding not in ENCODINGS or mapping.delimiter not in DELIMITERS:
        raise MappingRefused(_("Zeichensatz oder Trennzeichen der Zuordnung kennen wir nicht."))


def suggest(headings: Iterable[str]) -> ColumnMapping:
    """Return a mapping for a table whose headings are our names, labels, or near to them."""
    ours = tables.headings()
    known = {folded(label): name for name, label in ours.items()}
    known |= {folded(name): name for name in ours} | {folded("Kommune"): "municipalities"}
    given = list(headings)
    columns = {
        heading: known[folded(heading)]
        for heading in given
        if folded(heading) in known and is_mappable(known[folded(heading)])
    }
    is_own = set(ours.values()) <= set(given)
    return ColumnMapping(
        columns=columns, is_own=is_own, list_separator=tables.SEPARATOR if is_own else ","
    )


def is_mappable(name: str) -> bool:
    return name in FIELDS or name.startswith(CRITERION)
