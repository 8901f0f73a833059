"""Checks records that are brought in, and says what is wrong with which field.

A checked record has our own words: keys of municipalities and terms, numbers, times. Texts
are cleaned as typed ones are.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from inforo import text
from inforo.config import settings
from inforo.db import folded, session
from inforo.exchange import records
from inforo.exchange.records import FORMAT, Record
from inforo.forms import one_line
from inforo.i18n import _
from inforo.municipalities.models import State
from inforo.municipalities.names import Place, fold, name_key, stripped
from inforo.municipalities.queries import register
from inforo.toolbox import fields
from inforo.toolbox.models import (
    EvaluationKind,
    ExampleKind,
    ExampleState,
    MeasureStatus,
    ObstacleAudience,
    Tier,
)
from inforo.vocabularies.models import Term
from inforo.vocabularies.queries import renamed

SHORT_LENGTH = 1_000  # of texts of a few sentences
LONGEST_LINE = 300
LONGEST_ID = 200
MOST_VALUES = 50
MOST_SHOWN = 5
LARGEST_NUMBER = 2**31 - 1
CHOICES: dict[str, Any] = {
    "kind": ExampleKind,
    "measure_status": MeasureStatus,
    "evaluation_kind": EvaluationKind,
    "obstacles_audience": ObstacleAudience,
    "state": ExampleState,
    "tier": Tier,
}
NEEDED = frozenset({"kind", "obstacles_audience", "state"})
TOOL_VOCABULARIES = {"category": "tool_category", "phase": "process_step"}
DIGITS = re.compile(r"\d{5}|\d{8}")
NUMBER = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,\d{1,2})?")
FILE_PATH = re.compile(r"files/[0-9a-f]{64}\.[a-z0-9]{1,5}")
SURROGATES = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Problem:
    """What is wrong with which field."""

    field: str
    value: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        return {"field": self.field, "value": self.value[:200], "reason": self.reason}


class Words:
    """What this installation knows: municipalities, terms, Länder. Loaded once per run."""

    def __init__(self) -> None:
        self.register = register()
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        for key, place in self.register.names:
            self.by_name[key].append(place)
        self.states = dict(self.load_states())
        self.terms: dict[str, dict[str, str]] = defaultdict(dict)
        self.load_terms()

    def load_states(self) -> list[tuple[str, str]]:
        rows = session.execute(select(State.code, State.name, State.ags)).all()
        return [(folded(str(name)), row[0]) for row in rows for name in row]

    def load_terms(self) -> None:
        merged = renamed(*records.VOCABULARIES, *TOOL_VOCABULARIES.values(), "criterion")
        statement = select(Term).order_by(Term.id.desc())
        for term in session.scalars(statement):
            key = merged.get((term.vocabulary, term.key), term.key)
            for name in (*term.aliases, term.label_en, term.label_de, term.key):
                if name:
                    self.terms[term.vocabulary][folded(str(name))] = key

    def places_named(self, name: str, state_code: str | None) -> list[Place]:
        """Return the municipalities a name may mean, one if it is certain."""
        if DIGITS.fullmatch(name):
            place = self.register.by_ags.get(name)
            return [place] if place else []
        _key, kinds = stripped(fold(name).split())
        found = [
            place
            for place in dict.fromkeys(self.by_name.get(name_key(name), []))
            if (not state_code or place.state_code == state_code)
            and (not kinds or place.kind in kinds)
        ]
        exact = [place for place in found if folded(place.name) == folded(name)]
        return exact or found


@dataclass
class Checked:
    """A record in our own words, and the problems found on the way."""

    record: Record = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, value: Any, reason: str) -> None:
        self.problems.append(Problem(name, str(value), reason))


def check_record(given: Record, words: Words) -> Checked:
    """Check an example or a tool."""
    checked = Checked()
    version = given.get("format", FORMAT)
    if version != FORMAT:
        checked.refuse("format", version, _("Diese Fassung des Formats kennen wir nicht."))
        return checked
    kind = given.get("type", "example")
    if kind not in ("example", "tool"):
        checked.refuse("type", kind, _("Nur Praxisbeispiele und Werkzeuge."))
        return checked
    checked.record["type"] = kind
    for name, value in given.items():
        check = (EXAMPLE_CHECKS if kind == "example" else TOOL_CHECKS).get(name)
        if check is not None:
            checked.record[name] = check(checked, name, value, words, given)
    if not checked.record.get("title"):
        checked.refuse("title", given.get("title", ""), _("Der Titel fehlt."))
    if kind == "example":
        settle_state(checked, words)
    elif not checked.record.get("category"):
        checked.refuse("category", "", _("Die Art des Werkzeugs fehlt."))
    return checked


def settle_state(checked: Checked, words: Words) -> None:
    """Let the first municipality decide about the Land where the record does not."""
    places = checked.record.get("municipalities") or []
    if places and not checked.record.get("state_code"):
        checked.record["state_code"] = words.register.by_ags[places[0]].state_code


Given = Mapping[str, Any]


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


DEFAULTS = {"obstacles_audience": "public", "state": "draft"}


def check_terms(
    checked: Checked, name: str, value: Any, words: Words, _given: Given
) -> list[str]:
    """Find terms by key, label or alias."""
    found = []
    for each in values_of(checked, name, value):
        key = words.terms[name].get(folded(each))
        if key is None:
            checked.refuse(name, each, _("Dieses Schlagwort gibt es hier nicht."))
        else:
            found.append(key)
    return sorted(set(found))


def values_of(checked: Checked, name: str, value: Any) -> list[str]:
    if value in (None, ""):
        return []
    given = value if isinstance(value, list) else [value]
    if len(given) > MOST_VALUES:
        checked.refuse(name, len(given), _("Das sind zu viele Werte."))
        return []
    texts = [one_line(as_text(checked, name, each)) for each in given]
    return [each for each in texts if each]


def check_places(
    checked: Checked, name: str, value: Any, words: Words, given: Given
) -> list[str]:
    state = words.states.get(folded(str(given.get("state_code") or "")))
    found = (
        find_place(checked, name, each, words, state)
        for each in values_of(checked, name, value)
    )
    return list(dict.fromkeys(ags for ags in found if ags))


def check_place(
    checked: Checked, name: str, value: Any, words: Words, given: Given
) -> str | None:
    return next(iter(check_places(checked, name, value, words, given)), None)


def find_place(
    checked: Checked, name: str, value: str, words: Words, state: str | None
) -> str | None:
    """Find a municipality by its key, or by a name that means only one."""
    found = words.places_named(value, state)
    if len(found) == 1:
        return found[0].ags
    if not found:
        checked.refuse(name, value, _("Diese Kommune kennen wir nicht."))
        return None
    named = [f"{place.ags} {place.name} ({place.hint})" for place in found]
    shown = "; ".join(named[:MOST_SHOWN])
    more = " …" if len(found) > MOST_SHOWN else ""
    checked.refuse(
        name,
        value,
        _(
            "Mehrere Kommunen heißen so. Bitte schreiben Sie den Schlüssel (AGS): %(places)s",
            places=shown + more,
        ),
    )
    return None


def check_state(
    checked: Checked, name: str, value: Any, words: Words, _given: Given
) -> str | None:
    wanted = folded(as_text(checked, name, value))
    if not wanted:
        return None
    if wanted not in words.states:
        checked.refuse(name, value, _("Dieses Land gibt es nicht."))
    return words.states.get(wanted)


def check_time(
    checked: Checked, name: str, value: Any, _words: Words, _given: Given
) -> str | None:
    if value in (None, ""):
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        checked.refuse(name, value, _("Hier muss ein Zeitpunkt stehen, z. B. 2026-11-26."))
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat()


def check_criteria(
    checked: Checked, name: str, value: Any, words: Words, _given: Given
) -> list[Record]:
    found: dict[str, Record] = {}
    for each in value if isinstance(value, list) else [value]:
        key = words.terms["criterion"].get(folded(str(as_dict(each).get("key", ""))))
        level = str(as_dict(each).get("level", ""))
        if key is None or key in found:
            checked.refuse(name, each, _("Dieses Kriterium gibt es nicht oder steht doppelt."))
        elif level not in {"0", "1", "2", "3", "4"}:
            checked.refuse(name, level, _("Die Stufe muss 0, 1, 2, 3 oder 4 sein."))
        else:
            reason = check_text(checked, name, each.get("reason"), words, {})
            marked = each.get("highlighted") is True
            found[key] = {
                "key": key,
                "level": int(level),
                "reason": reason,
                "highlighted": marked,
            }
    return [found[key] for key in sorted(found)]


def as_dict(value: Any) -> Record:
    return value if isinstance(value, dict) else {}


def check_files(
    checked: Checked, name: str, value: Any, _words: Words, _given: Given
) -> list[Record]:
    """Accept the description of files in an exported folder; anything else is no file."""
    given = value if isinstance(value, list) else []
    found = [each for each in given if FILE_PATH.fullmatch(str(as_dict(each).get("path")))]
    if len(found) < len(given) or not all(is_described(each) for each in found):
        checked.refuse(name, "", _("So beschriebene Dateien gibt es nicht."))
    return found


def is_described(each: Record) -> bool:
    texts = ("name", "sha256", "title", "category", "licence")
    return all(isinstance(each.get(name, ""), str) for name in texts)


def check_tool_term(
    checked: Checked, name: str, value: Any, words: Words, _given: Given
) -> str:
    wanted = one_line(as_text(checked, name, value))
    key = words.terms[TOOL_VOCABULARIES[name]].get(folded(wanted))
    if wanted and key is None:
        checked.refuse(name, value, _("Dieses Schlagwort gibt es hier nicht."))
    return key or ""


def check_licence(checked: Checked, name: str, value: Any, _words: Words, _given: Given) -> str:
    wanted = one_line(as_text(checked, name, value)) or fields.LICENCES[0][0]
    if wanted not in dict(fields.LICENCES):
        checked.refuse(name, value, _("Diese Lizenz kennen wir nicht."))
    return wanted


def check_names(
    checked: Checked, name: str, value: Any, _words: Words, _given: Given
) -> list[str]:
    return sorted(set(values_of(checked, name, value)))


EXAMPLE_CHECKS: dict[str, Any] = {
    "id": check_id,
    **dict.fromkeys(records.LINES, check_line),
    **dict.fromkeys(("summary", "end_reason"), check_short),
    **dict.fromkeys(records.TEXTS, check_text),
    **dict.fromkeys(records.NUMBERS, check_number),
    **dict.fromkeys(CHOICES, check_choice),
    **dict.fromkeys(records.VOCABULARIES, check_terms),
    **dict.fromkeys(records.TIMES, check_time),
    "municipalities": check_places,
    "state_code": check_state,
    "criteria": check_criteria,
    "files": check_files,
}
TOOL_CHECKS: dict[str, Any] = {
    "id": check_id,
    "title": check_line,
    "summary": check_short,
    "context": check_text,
    "category": check_tool_term,
    "phase": check_tool_term,
    "licence": check_licence,
    "municipality": check_place,
    "state_code": check_state,
    "examples": check_names,
    "files": check_files,
    "created_at": check_time,
    "published_at": check_time,
}
