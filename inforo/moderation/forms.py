"""Notes on an item, and handing it over."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from inforo.forms import Form, area
from inforo.i18n import _l


class NoteForm(Form):
    """A word for colleagues."""

    text = area(
        _l("Notiz"),
        _l("Bitte schreiben Sie etwas in die Notiz."),
        limit=2_000,
        description=_l("Nur Kolleginnen und Kollegen mit Zugang zum Vorgang lesen sie."),
    )


class HandOverForm(Form):
    """Which office is next, and why. The view fills the choices."""

    office = SelectField(
        _l("Zuständig ist künftig"),
        validators=[InputRequired(_l("Bitte wählen Sie eine Stelle."))],
    )
    reason = area(
        _l("Begründung"),
        _l("Bitte schreiben Sie der anderen Stelle einen Satz dazu."),
        limit=2_000,
        description=_l("Sie steht als Notiz am Vorgang."),
    )
