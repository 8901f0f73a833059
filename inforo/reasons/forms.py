"""The shape of a template for reasons."""

from wtforms import SelectField

from inforo.forms import Form, area, line
from inforo.i18n import _l


class TemplateForm(Form):
    """The view fills the choices of `office`; a template never changes hands."""

    office = SelectField(_l("Für wen?"))
    title = line(_l("Name"), _l("Bitte geben Sie dem Textbaustein einen Namen."), limit=100)
    text = area(
        _l("Text"),
        _l("Bitte schreiben Sie den Text."),
        limit=1_500,
        description=_l("Er wird in die Begründung eingefügt und lässt sich dort ändern."),
    )
