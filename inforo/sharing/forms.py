"""The shape of what people type about links."""

from datetime import timedelta
from typing import Any

from wtforms import ValidationError

from inforo import clock
from inforo.forms import Day, Form
from inforo.i18n import _, _l

LONGEST = timedelta(days=3 * 365)


class ShareForm(Form):
    """How long a link works."""

    until = Day(
        _l("Gültig bis einschließlich"),
        description=_l("Ohne Datum gilt der Link, bis Sie ihn zurücknehmen."),
    )

    def validate_until(self, field: Any) -> None:
        if field.data is None:
            return
        if field.data < clock.today():
            raise ValidationError(_("Bitte wählen Sie einen Tag, der noch nicht vorbei ist."))
        if field.data > clock.today() + LONGEST:
            raise ValidationError(_("Bitte wählen Sie einen Tag in den nächsten drei Jahren."))
