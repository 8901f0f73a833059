"""Checks of what a record points at: terms, municipalities, Länder, criteria, files."""

import re
from typing import Any

from inforo.db import folded
from inforo.exchange.records import Record
from inforo.exchange.typed import as_text, check_text, values_of
from inforo.exchange.words import TOOL_VOCABULARIES, Checked, Given, Words
from inforo.forms import one_line
from inforo.i18n import _

MOST_SHOWN = 5
FILE_PATH = re.compile(r"files/[0-9a-f]{64}\.[a-z0-9]{1,5}")


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
    texts = ("name", "sha256", "title", "category", "licence", "note")
    return all(isinstance(each.get(name, ""), str) for name in texts)


def check_tool_term(
    checked: Checked, name: str, value: Any, words: Words, _given: Given
) -> str:
    wanted = one_line(as_text(checked, name, value))
    key = words.terms[TOOL_VOCABULARIES[name]].get(folded(wanted))
    if wanted and key is None:
        checked.refuse(name, value, _("Dieses Schlagwort gibt es hier nicht."))
    return key or ""
