"""The forms of a sign-off: whom to ask, and what that person says."""

from wtforms import BooleanField

from inforo.contributions.forms import email_address
from inforo.forms import Form, area, line
from inforo.i18n import _l


class SendForm(Form):
    name = line(
        _l("Wer soll es lesen?"),
        _l("Bitte nennen Sie die Person."),
        limit=150,
        description=_l("Vor- und Nachname, so wie die E-Mail sie ansprechen soll."),
    )
    email = line(
        _l("E-Mail-Adresse"),
        _l("Ohne Adresse kommt der Link nicht an."),
        validators=[email_address],
        description=_l(
            "Nur für diese Freigabe. Niemand sonst sieht sie, und danach wird sie gelöscht."
        ),
    )
    publishes = BooleanField(
        _l("Nach der Freigabe sofort veröffentlichen"),
        description=_l("Sonst veröffentlichen Sie selbst, sobald die Antwort da ist."),
    )


class EditForm(Form):
    title = line(
        _l("Ihre Frage in einem Satz"),
        _l("Bitte fassen Sie Ihre Frage in einem Satz zusammen."),
    )
    body = area(
        _l("Was möchten Sie wissen?"), _l("Bitte beschreiben Sie, was Sie wissen möchten.")
    )


class ApproveForm(Form):
    name = line(_l("Ihr Name"), _l("Bitte schreiben Sie Ihren Namen."), limit=150)
    remark = area(_l("Anmerkung"), limit=4_000)


class DeclineForm(Form):
    decliner = line(_l("Ihr Name"), _l("Bitte schreiben Sie Ihren Namen."), limit=150)
    wish = area(
        _l("Was soll anders werden?"),
        _l("Bitte schreiben Sie, was Sie ändern möchten."),
        limit=4_000,
    )
