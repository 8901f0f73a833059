"""The shape of an objection."""

from inforo.forms import Form, area
from inforo.i18n import _l


class ObjectionForm(Form):
    text = area(
        _l("Warum sehen Sie das anders?"),
        _l("Bitte schreiben Sie, warum Sie das anders sehen."),
        limit=2_000,
        description=_l("Eine zweite Person liest das und entscheidet, mit Begründung."),
    )
