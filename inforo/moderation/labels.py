"""How the log names what was done."""

from typing import Any

from inforo.i18n import _l

ACTIONS: dict[str, Any] = {
    "take": _l("Vorgang übernommen"),
    "give_back": _l("Vorgang zurückgelegt"),
    "hand_over": _l("Vorgang abgegeben"),
    "note": _l("Notiz hinterlassen"),
    "application_asked": _l("bei einer Anmeldung nachgefragt"),
    "application_approved": _l("Anmeldung freigegeben"),
    "application_declined": _l("Anmeldung abgelehnt"),
    "application_withdrawn": _l("Anmeldung zurückgezogen"),
    "application_handed_over": _l("Anmeldung abgegeben"),
    "application_move": _l("Wechsel beantragt"),
    "suspend": _l("Konto gesperrt"),
    "reactivate": _l("Konto entsperrt"),
    "approve": _l("Konto freigegeben"),
    "close": _l("Konto geschlossen"),
    "look_up_address": _l("E-Mail-Adresse nachgesehen"),
    "invite": _l("eingeladen"),
    "revoke_invitation": _l("Einladung zurückgezogen"),
    "vouch": _l("auf Einladung aufgenommen"),
    "grant": _l("Rolle gegeben"),
    "revoke": _l("Rolle entzogen"),
    "propose_role": _l("Rolle vorgeschlagen"),
    "withdraw_role": _l("Vorschlag für eine Rolle verworfen"),
    "lock": _l("Diskussion geschlossen"),
    "unlock": _l("Diskussion wieder geöffnet"),
    "hide": _l("verborgen"),
    "restore": _l("wieder gezeigt"),
    "move": _l("Diskussion aus der Gruppe verschoben"),
    "move_here": _l("Diskussion in die Gruppe verschoben"),
    "keep": _l("gemeldeten Beitrag stehen gelassen"),
    "read_reported": _l("gemeldeten Beitrag einer geschützten Gruppe gelesen"),
    "publish": _l("veröffentlicht"),
    "return": _l("zurückgegeben"),
    "withdraw": _l("nicht mehr öffentlich"),
    "status": _l("Stand der Partnerschaft geändert"),
    "create": _l("angelegt"),
    "edit": _l("bearbeitet"),
    "archive": _l("Gruppe archiviert"),
    "reopen": _l("Gruppe wieder geöffnet"),
    "join_visibly": _l("als Stelle in die Gruppe gegangen"),
    "remove_member": _l("aus der Gruppe genommen"),
    "make_manager": _l("Gruppenleitung gegeben"),
    "make_member": _l("Gruppenleitung entzogen"),
    "admit": _l("in die Gruppe aufgenommen"),
    "refuse": _l("Beitritt abgelehnt"),
    "password": _l("Passwort geändert"),
    "email": _l("E-Mail-Adresse geändert"),
    "second_factor_on": _l("zweiten Faktor eingeschaltet"),
    "archive_term": _l("Schlagwort archiviert"),
    "offer_term": _l("Schlagwort wieder angeboten"),
    "delete_term": _l("Schlagwort gelöscht"),
    "merge_terms": _l("Schlagwörter zusammengeführt"),
    "unmerge_terms": _l("Zusammenführung aufgehoben"),
    "retire_synonyms": _l("Synonymring entfernt"),
    "second_factor_off": _l("zweiten Faktor ausgeschaltet"),
}


def label_of(action: str) -> Any:
    """Return the German words for a logged action; unknown ones stay as they are."""
    return ACTIONS.get(action, action.replace("_", " "))
