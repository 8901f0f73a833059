"""How the log names what was done."""

from typing import Any

from inforo.i18n import _l

ACTIONS: dict[str, Any] = {
    "take": _l("Vorgang übernommen"),
    "give_back": _l("Vorgang zurückgelegt"),
    "hand_over": _l("Vorgang abgegeben"),
    "note": _l("Notiz hinterlassen"),
    "grant": _l("Rolle gegeben"),
    "revoke": _l("Rolle entzogen"),
    "propose_role": _l("Rolle vorgeschlagen"),
    "withdraw_role": _l("Vorschlag für eine Rolle verworfen"),
    "create": _l("Gruppe angelegt"),
    "edit": _l("bearbeitet"),
    "archive": _l("Gruppe archiviert"),
    "reopen": _l("wieder geöffnet"),
    "join_visibly": _l("als Stelle in die Gruppe gegangen"),
    "remove_member": _l("aus der Gruppe genommen"),
    "make_manager": _l("Gruppenleitung gegeben"),
    "make_member": _l("Gruppenleitung entzogen"),
    "admit": _l("in die Gruppe aufgenommen"),
    "refuse": _l("Beitritt abgelehnt"),
}


def label_of(action: str) -> Any:
    """Return the German words for a logged action; unknown ones stay as they are."""
    return ACTIONS.get(action, action.replace("_", " "))
