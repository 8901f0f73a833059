"""The shape of what office and asker write to each other."""

from typing import Any

from wtforms import BooleanField, SelectField

from inforo.forms import Form, area, line
from inforo.i18n import _l


class MessageForm(Form):
    body = area(_l("Ihre Nachricht"), _l("Bitte schreiben Sie etwas."), limit=8_000)
    for_thread = BooleanField(
        _l("Bitte so in die Diskussion stellen"),
        description=_l(
            "Die Stelle gibt den Text Wort für Wort als „Fragende Person“ weiter, ohne Ihren "
            "Namen."
        ),
    )


class ProposalForm(Form):
    """The words that shall be published, and where."""

    title = line(
        _l("Frage in einem Satz"), _l("Bitte fassen Sie die Frage in einem Satz zusammen.")
    )
    body = area(
        _l("Text"),
        _l("Bitte beschreiben Sie, worum es geht."),
        description=_l("Lassen Sie weg, woran jemand Person oder Kommune erkennen könnte."),
    )
    group_id: Any = SelectField(_l("In welcher Gruppe?"), coerce=str)


class EndForm(Form):
    reason = area(
        _l("Ein Satz zum Abschluss"),
        _l("Bitte schreiben Sie einen Satz dazu."),
        limit=2_000,
        description=_l("Die fragende Person bekommt ihn zu lesen."),
    )


class OfferForm(Form):
    office: Any = SelectField(_l("Andere Stelle"), coerce=str)
    offer_reason = area(
        _l("Warum dorthin?"),
        _l("Bitte schreiben Sie einen Satz dazu."),
        limit=2_000,
        description=_l("Abgegeben wird erst, wenn die fragende Person zustimmt."),
    )
