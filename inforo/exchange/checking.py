"""Checks records that are brought in, and says what is wrong with which field.

A checked record has our own words: keys of municipalities and terms, numbers, times. Texts
are cleaned as typed ones are.
"""

from typing import Any

from inforo.exchange import records
from inforo.exchange.records import FORMAT, Record
from inforo.exchange.references import (
    check_criteria,
    check_files,
    check_place,
    check_places,
    check_state,
    check_terms,
    check_tool_term,
)
from inforo.exchange.typed import (
    CHOICES,
    check_choice,
    check_id,
    check_licence,
    check_line,
    check_names,
    check_number,
    check_short,
    check_text,
    check_time,
)
from inforo.exchange.words import Checked, Words
from inforo.i18n import _


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
