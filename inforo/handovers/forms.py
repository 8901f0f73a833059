"""The shape of an offer to lead a group."""

from wtforms import BooleanField

from inforo.forms import Form, area
from inforo.i18n import _l


class OfferForm(Form):
    message = area(
        _l("Ihre Nachricht"),
        limit=1_000,
        description=_l("Zum Beispiel, warum Sie abgeben und was gerade ansteht."),
    )
    stays = BooleanField(
        _l("Ich leite die Gruppe weiter mit"),
        description=_l("Ohne Haken sind Sie danach einfaches Mitglied."),
    )
