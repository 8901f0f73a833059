"""The forms of the review."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from inforo.forms import Form, area
from inforo.i18n import _l

CRITERIA = 12
HIGHLIGHTED = 3
SENTENCE_LENGTH = 400


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


class ConflictForm(Form):
    conflict = area(
        _l("Warum sind Sie befangen?"),
        _l("Bitte schreiben Sie einen Satz, warum."),
        limit=1_000,
        description=_l("Steht im Protokoll. Die Autorin oder der Autor liest es nicht."),
    )


class ProposeForm(Form):
    """The view offers the offices."""

    office = SelectField(
        _l("Wer liest als zweite Stelle?"),
        validators=[InputRequired(_l("Bitte wählen Sie eine Stelle."))],
        description=_l(
            "Die erste Lesung übernimmt jemand aus Ihrer Stelle oder der Redaktion, der den "
            "Beitrag noch nicht geprüft hat."
        ),
    )
