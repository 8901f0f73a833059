"""The shape of what is asked for."""

from wtforms import BooleanField, RadioField

from inforo.exchange.models import ExportFormat
from inforo.forms import Form, options
from inforo.i18n import _l


class ExportForm(Form):
    format = RadioField(
        _l("Dateiart"),
        choices=options((each.value, each.label) for each in ExportFormat),
        default=ExportFormat.LINES.value,
    )


class FullExportForm(ExportForm):
    full = BooleanField(
        _l("Auch nicht Veröffentlichtes, das ich sehen darf"),
        description=_l("Zum Wiedereinlesen. Wird protokolliert."),
    )
