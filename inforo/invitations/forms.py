"""Forms to invite somebody, and to accept."""

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import DataRequired, Optional

from inforo.accounts.forms import email_field, password_field
from inforo.forms import Form, area, line, options
from inforo.i18n import _l


class InviteForm(Form):
    """A mail with a link that opens an account, perhaps into a role."""

    name = line(_l("Name"), _l("Bitte nennen Sie den Namen der Person."), limit=120)
    email = email_field(_l("Dienstliche E-Mail-Adresse"))
    municipality = HiddenField()
    role = SelectField(
        _l("Aufgabe"),
        choices=options(
            [
                ("", _l("Mitglied")),
                ("profile_editor", _l("Mitglied und Profilredaktion der Kommune")),
            ]
        ),
        validators=[Optional()],
    )
    message = area(
        _l("Persönliche Nachricht"),
        limit=1_000,
        description=_l("Steht in der Einladung, die wir verschicken."),
    )


class AcceptForm(Form):
    """An invited person completes the account."""

    name = line(_l("Ihr Name"), _l("Bitte nennen Sie Ihren Vor- und Nachnamen."), limit=120)
    department = SelectField(_l("Ressort"), validators=[Optional()])
    function = line(_l("Ihre Funktion"), _l("Bitte nennen Sie Ihre Funktion."), limit=160)
    password = password_field(
        _l("Passwort"),
        _l("Bitte denken Sie sich ein Passwort aus."),
        description=_l("Mindestens 15 Zeichen, am einfachsten vier Wörter."),
    )
    terms = BooleanField(
        _l("Ich stimme den Nutzungsbedingungen zu und habe die Datenschutzhinweise gelesen."),
        validators=[DataRequired(_l("Ohne Ihre Zustimmung können wir kein Konto anlegen."))],
    )
