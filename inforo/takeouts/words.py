"""What the rows of a takeout are called and how they look on the page people read.

The JSON files keep every column as it is; the page leaves numbers of rows and keys out.
"""

import csv
import enum
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from inforo.i18n import _, language
from inforo.templating import show_date, show_datetime

FILE = Path(__file__).resolve().parent.parent / "data" / "takeout_words.csv"
KEYS = ("_id", "_key", "_number")
TECHNICAL = frozenset({"id", "version", "renderer", "sha256", "subject", "revision", "path"})


@cache
def words() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as rows:
        return {row["column"]: row["word"] for row in csv.DictReader(rows)}


def name_of_field(field: str) -> str:
    """Return the German word for a column; the columns themselves are English already."""
    plain = field.replace("_", " ")
    return words().get(field, plain) if language() == "de" else plain


def meaning(value: str) -> str:
    """Return the German word for what a column holds; the file has them with a `=`."""
    return words().get(f"={value}", value) if language() == "de" else value


def told(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield name and value of what people want to read of a row."""
    for field, value in row.items():
        is_key = field in TECHNICAL or field.endswith(KEYS)
        if not is_key and value not in (None, "", [], {}):
            yield name_of_field(field), shown(value)


def shown(value: Any) -> Any:
    """Return a value as people read it; rows that hang on a row as lists of pairs."""
    if isinstance(value, bool):
        return str(_("ja") if value else _("nein"))
    if isinstance(value, enum.Enum):
        return meaning(str(getattr(value, "label", value.value)))
    if isinstance(value, datetime):
        return show_datetime(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, dict):
        return ", ".join(f"{name_of_field(key)}: {shown(each)}" for key, each in value.items())
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return [list(told(each)) for each in value]
    if isinstance(value, list):
        return ", ".join(str(shown(each)) for each in value)
    return meaning(value) if isinstance(value, str) else value
