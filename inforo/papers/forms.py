"""The shape of a council paper before it is downloaded."""

from inforo.forms import Form, area, line
from inforo.i18n import _l

TEXT = 8_000


class CouncilForm(Form):
    """The texts of a council paper; all of them begin with what the examples say."""

    title = line(_l("Betreff"), _l("Bitte geben Sie der Vorlage einen Betreff."), limit=250)
    author = line(
        _l("Vorgelegt von"),
        limit=200,
        description=_l("Amt oder Dezernat, zum Beispiel: Gesundheitsamt, Dezernat III"),
    )
    situation = area(_l("Sachverhalt"), _l("Bitte schreiben Sie, worum es geht."), limit=TEXT)
    benefit = area(_l("Nutzen"), limit=TEXT)
    costs = area(
        _l("Kosten"),
        limit=TEXT,
        description=_l("Die Zahlen stammen aus den Beispielen; setzen Sie Ihre eigenen ein."),
    )
    examples = area(_l("Beispiele aus anderen Kommunen"), limit=TEXT)
    decision = area(_l("Beschlussvorschlag"), limit=TEXT)
    sources = area(_l("Quellen"), limit=TEXT)
