"""The shape of what people type to invite somebody."""

from wtforms import HiddenField

from inforo.forms import Form, area
from inforo.i18n import _l


class InviteForm(Form):
    """Somebody is invited: searched by name or address, then chosen."""

    person = HiddenField()
    message = area(_l("Persönliche Nachricht"), limit=2_000)
