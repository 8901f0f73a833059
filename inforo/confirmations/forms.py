"""What people add to an answer, and what the office notes."""

from inforo.forms import Form, area
from inforo.i18n import _l


class ConfirmForm(Form):
    """One click; nothing to fill in."""


class ChangeForm(Form):
    text = area(
        _l("Was stimmt nicht mehr?"),
        _l("Bitte schreiben Sie in einem Satz, was zu ändern ist."),
        limit=2_000,
        description=_l(
            "Das lesen die Koordinierungsstelle und wer das Beispiel geschrieben hat."
        ),
    )


class EndedForm(Form):
    text = area(
        _l("Seit wann und warum?"),
        limit=2_000,
        description=_l("Das liest die Koordinierungsstelle. Sie ändert nichts ohne Prüfung."),
    )


class CallForm(Form):
    note = area(
        _l("Wer hat das wann gesagt?"),
        _l("Bitte notieren Sie, mit wem Sie gesprochen haben."),
        limit=1_000,
        description=_l("Bleibt im Protokoll, nicht öffentlich."),
    )


class EndForm(Form):
    reason = area(
        _l("Warum es endete"),
        _l("Bitte schreiben Sie einen Satz dazu; er steht auf der Seite des Beispiels."),
        limit=1_000,
    )


class CloseForm(Form):
    note = area(_l("Notiz"), limit=1_000)
