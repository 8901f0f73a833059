"""The shape of a wish about messages."""

from wtforms import RadioField

from inforo.contacts.models import Circle
from inforo.forms import Form, options
from inforo.i18n import _l


class WishForm(Form):
    circle = RadioField(
        _l("Wer darf mir schreiben?"),
        choices=options((each.value, each.label) for each in Circle),
        description=_l(
            "Wer schon mit Ihnen im Gespräch ist, kann weiter antworten. Mitglieder der "
            "Koordinierungsstellen sind immer erreichbar; für sie gilt diese Wahl nicht."
        ),
    )
