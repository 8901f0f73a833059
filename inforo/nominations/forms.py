"""What authors say when they propose their example."""

from inforo.forms import Form, area
from inforo.i18n import _l


class NominationForm(Form):
    message = area(
        _l("Was zeichnet das Beispiel aus?"),
        limit=2_000,
        description=_l("Ein paar Sätze für die Koordinierungsstelle. Sie dürfen fehlen."),
    )
