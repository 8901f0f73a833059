"""The names of an example's fields on pages, in the order of the page."""

from typing import Any

from inforo.i18n import _l
from inforo.toolbox.states import ExampleKind

LABELS: dict[str, Any] = {
    "title": _l("Titel"),
    "summary": _l("Kurz gesagt"),
    "kind": _l("Art"),
    "municipalities": _l("Kommune"),
    "organisation_name": _l("Träger"),
    "contact_name": _l("Ansprechperson"),
    "contact_function": _l("Funktion der Ansprechperson"),
    "contact_email": _l("E-Mail-Adresse der Ansprechperson"),
    "contact_phone": _l("Telefon der Ansprechperson"),
    "deputy_name": _l("Vertretung"),
    "deputy_function": _l("Funktion der Vertretung"),
    "deputy_email": _l("E-Mail-Adresse der Vertretung"),
    "deputy_phone": _l("Telefon der Vertretung"),
    "measure_status": _l("Stand"),
    "started": _l("Beginn"),
    "ended": _l("Ende"),
    "end_reason": _l("Warum es endete"),
    "problem": _l("Ausgangslage"),
    "relevance": _l("Woran man es gemerkt hat"),
    "goals": _l("Ziele"),
    "approach": _l("Vorgehen"),
    "partners": _l("Beteiligte und ihre Rollen"),
    "participation": _l("Beteiligung der Zielgruppe"),
    "reach": _l("Wen wir erreichen"),
    "costs_once": _l("Kosten einmalig (Euro)"),
    "costs_per_year": _l("Kosten im Jahr (Euro)"),
    "staff_share": _l("Personal"),
    "funding": _l("Finanzierung"),
    "existing": _l("Was es schon gab"),
    "evaluation_kind": _l("Evaluation"),
    "evaluation_result": _l("Was dabei herauskam"),
    "evidence_level": _l("Wirkungsnachweis"),
    "transfer_adapt": _l("Was man anpassen muss"),
    "transfer_core": _l("Was gleich bleiben muss"),
    "obstacles": _l("Stolpersteine"),
    "lessons": _l("Was wir heute anders machen würden"),
    "obstacles_audience": _l("Wer die Stolpersteine sieht"),
    "literature": _l("Literatur und Links"),
    "age_phase": _l("Altersphasen"),
    "transition": _l("Übergänge"),
    "field_of_action": _l("Handlungsfelder"),
    "target_group": _l("Zielgruppen"),
    "setting": _l("Lebenswelten"),
    "recommendation": _l("Handlungsempfehlungen"),
    "criteria": _l("Good-Practice-Kriterien"),
    "files": _l("Dateien"),
}
# What did not work is told in the same fields, under other headings.
FAILED_LABELS: dict[str, Any] = {
    "approach": _l("Was geplant war"),
    "evaluation_result": _l("Was geschah"),
    "ended": _l("Wann wir aufgehört haben"),
    "end_reason": _l("Warum es nicht weiterging"),
    "transfer_adapt": _l("Was wir anderen raten"),
    "lessons": _l("Was wir anders machen würden"),
}
EVIDENCE: dict[int, Any] = {
    1: _l("Effektivität theoretisch gut begründet"),
    2: _l("Effektivität wahrscheinlich"),
    3: _l("Effektivität nachgewiesen"),
}
LEVELS: dict[int, Any] = {
    0: _l("nicht beachtet"),
    1: _l("erkannt"),
    2: _l("in Teilen umgesetzt"),
    3: _l("durchgängig umgesetzt"),
    4: _l("umgesetzt, geprüft und weiterentwickelt"),
}
LICENCES = (
    ("CC BY 4.0", _l("CC BY 4.0 – frei nutzbar mit Namensnennung")),
    ("CC BY-SA 4.0", _l("CC BY-SA 4.0 – wie oben, Weitergabe unter gleicher Lizenz")),
    ("CC BY-NC 4.0", _l("CC BY-NC 4.0 – mit Namensnennung, nicht kommerziell")),
    ("CC0 1.0", _l("CC0 1.0 – ohne jede Bedingung")),
    ("nur zur Ansicht", _l("nur zur Ansicht – bitte vor der Nutzung fragen")),
)
LICENCE_NAMES = tuple(name for name, _about in LICENCES)


def label(name: str, kind: ExampleKind) -> Any:
    """Return the heading of a field for a kind of example."""
    known = FAILED_LABELS if kind is ExampleKind.FAILED else {}
    return known.get(name) or LABELS.get(name, name)
