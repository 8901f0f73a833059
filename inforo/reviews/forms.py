"""The forms of the review."""

from inforo.forms import Form, area
from inforo.i18n import _l


class AskForm(Form):
    question = area(
        _l("Was soll ergänzt oder geändert werden?"),
        _l("Bitte schreiben Sie, was Sie sich wünschen."),
        limit=4_000,
        description=_l("Die Autorin oder der Autor bekommt diesen Text."),
    )


class NoteForm(Form):
    note = area(
        _l("Interne Notiz"),
        _l("Bitte schreiben Sie etwas in die Notiz."),
        limit=4_000,
        description=_l("Sehen nur die Prüfenden, nie die Autorin oder der Autor."),
    )
