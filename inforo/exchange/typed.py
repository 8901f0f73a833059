"""Checks of what people type into one field of a record: texts, numbers, choices, times."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from inforo import clock, text
from inforo.config import settings
from inforo.db import folded
from inforo.exchange.words import Checked, Given, Words
from inforo.forms import one_line
from inforo.i18n import _
from inforo.toolbox import fields
from inforo.toolbox.states import (
    EvaluationKind,
    ExampleKind,
    ExampleState,
    MeasureStatus,
    ObstacleAudience,
    Tier,
)

SHORT_LENGTH = 1_000  # of texts of a few sentences
LONGEST_LINE = 300
LONGEST_ID = 200
MOST_VALUES = 50
LARGEST_NUMBER = 2**31 - 1
CHOICES: dict[str, Any] = {
    "kind": ExampleKind,
    "measure_status": MeasureStatus,
    "evaluation_kind": EvaluationKind,
    "obstacles_audience": ObstacleAudience,
    "state": ExampleState,
    "tier": Tier,
}
DEFAULTS = {"obstacles_audience": "public", "state": "draft"}
NUMBER = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,\d{1,2})?")
GERMAN_DATE = re.compile(r"(?:(?:(\d{1,2})\.)?\s*(\d{1,2})[./]\s*)?(\d{4})")
SURROGATES = re.compile("[\x00\ud800-\udfff]")


def as_text(checked: Checked, name: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        checked.refuse(name, value, _("Hier muss ein Text stehen."))
        return ""
    if SURROGATES.search(str(value)):
        checked.refuse(name, "", _("Hier stehen Zeichen, die sich nicht speichern lassen."))
        return ""
    return text.clean(str(value))


def check_line(checked: Checked, name: str, value: Any, _words: Words, _given: Given) -> str:
    return limited(checked, name, one_line(as_text(checked, name, value)), LONGEST_LINE)


def check_short(checked: Checked, name: str, value: Any, _words: Words, _given: Given) -> str:
    return limited(checked, name, as_text(checked, name, value), SHORT_LENGTH)


def check_text(checked: Checked, name: str, value: Any, _words: Words, _given: Given) -> str:
    return limited(checked, name, as_text(checked, name, value), settings.text_max_length)


def limited(checked: Checked, name: str, value: str, most: int) -> str:
    if len(value) > most:
        checked.refuse(name, value, _("Zu lang: höchstens %(most)s Zeichen.", most=most))
    return value


def check_id(checked: Checked, name: str, value: Any, _words: Words, _given: Given) -> str:
    return limited(checked, name, one_line(as_text(checked, name, value)), LONGEST_ID)


def check_number(
    checked: Checked, name: str, value: Any, _words: Words, _given: Given
) -> int | None:
    """Read "12.000", "12 000 €" or 12000 as whole numbers."""
    if value in (None, ""):
        return None
    written = as_text(checked, name, value).replace("€", "").replace("EUR", "").strip()
    match = NUMBER.fullmatch(written)
    number = int(re.sub(r"\D", "", match[1])) if match else LARGEST_NUMBER + 1
    most = 3 if name == "evidence_level" else LARGEST_NUMBER
    if number > most or (name == "evidence_level" and number < 1):
        checked.refuse(name, value, _("Hier muss eine ganze Zahl stehen."))
        return None
    return number


def check_choice(
    checked: Checked, name: str, value: Any, _words: Words, _given: Given
) -> str | None:
    """Accept a value, or its German label."""
    kind = CHOICES[name]
    wanted = folded(as_text(checked, name, value))
    if not wanted:
        return str(next(iter(kind)).value) if name == "kind" else DEFAULTS.get(name)
    for member in kind:
        if wanted in (folded(member.value), folded(str(member.label))):
            return str(member.value)
    known = ", ".join(member.value for member in kind)
    checked.refuse(name, value, _("Unbekannt. Möglich sind: %(values)s.", values=known))
    return None


def values_of(checked: Checked, name: str, value: Any) -> list[str]:
    if value in (None, ""):
        return []
    given = value if isinstance(value, list) else [value]
    if len(given) > MOST_VALUES:
        checked.refuse(name, len(given), _("Das sind zu viele Werte."))
        return []
    texts = [one_line(as_text(checked, name, each)) for each in given]
    return [each for each in texts if each]


def check_time(
    checked: Checked, name: str, value: Any, _words: Words, _given: Given
) -> str | None:
    """Read ISO times, and dates as German tables have them; a month means its first day."""
    if value in (None, ""):
        return None
    try:
        aware = moment_of(str(value).strip())
    except ValueError:
        checked.refuse(
            name,
            value,
            _("Hier muss ein Tag stehen: 2026-12-31, 31.12.2026, 12/2026 oder 2026."),
        )
        return None
    return aware.astimezone(UTC).isoformat()


def moment_of(written: str) -> datetime:
    """Return the time of one of our notations; raises ValueError for what nobody means."""
    moment = german_date(written) or datetime.fromisoformat(written)
    if moment.year not in clock.YEARS:
        raise ValueError
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def german_date(written: str) -> datetime | None:
    """Return the day of "31.12.2026", "12/2026" or "2026"; None for other notations.

    Raises ValueError for a day no calendar has.
    """
    match = GERMAN_DATE.fullmatch(written)
    if match is None:
        return None
    day, month, year = (int(part or 1) for part in match.groups())
    return datetime.combine(date(year, month, day), time())


def check_licence(checked: Checked, name: str, value: Any, _words: Words, _given: Given) -> str:
    wanted = one_line(as_text(checked, name, value)) or fields.LICENCES[0][0]
    if wanted not in dict(fields.LICENCES):
        checked.refuse(name, value, _("Diese Lizenz kennen wir nicht."))
    return wanted


def check_names(
    checked: Checked, name: str, value: Any, _words: Words, _given: Given
) -> list[str]:
    return sorted(set(values_of(checked, name, value)))
