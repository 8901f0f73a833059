"""Looking up who got a mail, and why."""

from inforo.forms import ReasonForm, area, line
from inforo.i18n import _l


class LookUpForm(ReasonForm):
    name = line(
        _l("Name"), limit=100, description=_l("Leer: alle, höchstens hundert auf einmal.")
    )
    reason = area(
        _l("Grund"),
        _l("Bitte schreiben Sie, warum Sie nachsehen."),
        limit=500,
        description=_l("Das Nachsehen wird mit dem Grund protokolliert."),
    )
