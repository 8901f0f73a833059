"""The forms of a conversation: who tells, where it goes, and the author's answer."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from inforo.contributions.forms import email_address
from inforo.forms import Form, area, line
from inforo.i18n import _l


class SendForm(Form):
    name = line(_l("Name"), _l("Bitte nennen Sie die Person, die erzählt."))
    email = line(
        _l("E-Mail-Adresse"),
        _l("Ohne Adresse kann niemand den Text freigeben."),
        validators=[email_address],
        description=_l(
            "Dorthin geht der Link zur Freigabe. Ein Konto braucht die Person nicht."
        ),
    )


class CaptureForm(SendForm):
    title = line(
        _l("Worum geht es?"),
        _l("Bitte geben Sie dem Beispiel einen Titel."),
        limit=150,
        description=_l("Ein vorläufiger Titel genügt."),
    )


class ReleaseForm(Form):
    name = line(_l("Ihr Name"), _l("Bitte schreiben Sie Ihren Namen."), limit=150)
    consent = BooleanField(
        "", validators=[InputRequired(_l("Bitte kreuzen Sie an, dass Sie zustimmen."))]
    )


class DeclineForm(Form):
    remark = area(
        _l("Was soll anders werden?"),
        _l("Bitte schreiben Sie, was Sie ändern möchten."),
        limit=4_000,
        description=_l("Die Person, mit der Sie gesprochen haben, bekommt diesen Text."),
    )
