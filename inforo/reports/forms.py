"""The shape of a report."""

from wtforms import RadioField

from inforo.forms import Form, area, options
from inforo.i18n import _l
from inforo.reports.models import ReportReason


class ReportForm(Form):
    reason = RadioField(
        _l("Was stimmt mit dem Beitrag nicht?"),
        choices=options((reason.value, reason.label) for reason in ReportReason),
        default=ReportReason.PERSONAL_DATA.value,
    )
    text = area(_l("Erläuterung"), limit=2_000)
