"""Reading the demo files, and what the parts of the loader hand to each other."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from inforo import clock
from inforo.accounts.models import Account, Organisation
from inforo.groups.models import Group
from inforo.offices.models import CoordinationOffice
from inforo.toolbox.models import Example
from inforo.vocabularies.models import Term

FOLDER = Path(__file__).resolve().parent.parent / "data" / "demo"


@dataclass
class Catalogue:
    """What was loaded so far, by the keys of the demo files."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    offices: dict[str, CoordinationOffice] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    examples: dict[str, Example] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    def topics(self, keys: list[str], vocabulary: str = "field_of_action") -> list[Term]:
        return [self.terms[vocabulary, key] for key in keys]

    def colleagues(self, ags: str) -> list[Account]:
        """Return who works for a municipality, in the order of the file."""
        return [person for person in self.people.values() if person.municipality_ags == ags]


def read(name: str) -> list[dict[str, Any]]:
    """Return the rows of one demo file."""
    rows: list[dict[str, Any]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return rows


def read_all(folder: str, *, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return the rows of all demo files of a folder, in the order of their names."""
    files = sorted((FOLDER / folder).glob("*.json"))
    return [row for file in files if file.name not in without for row in read_file(file)]


def read_file(file: Path) -> list[dict[str, Any]]:
    return read(str(file.relative_to(FOLDER)))


def at(day: str) -> datetime:
    """Return noon of an ISO day."""
    return datetime.combine(date.fromisoformat(day), time(11), UTC)


def ago(*, days: float) -> datetime:
    """Return a moment before the start of this hour, on the minute for all runs alike."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    return hour - timedelta(days=days)
