"""The form to ask for an account."""

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Optional

from inforo.accounts.forms import email_field, password_field
from inforo.applications.forms import PlaceForm
from inforo.forms import area, line
from inforo.i18n import _l


class RegisterForm(PlaceForm):
    """Everything an office needs to know to let somebody in."""

    name = line(
        _l("Ihr Name"),
        _l("Bitte nennen Sie Ihren Vor- und Nachnamen."),
        limit=120,
        description=_l("Vor- und Nachname, so wie Kolleginnen und Kollegen Sie kennen."),
    )
    email = email_field(
        _l("Dienstliche E-Mail-Adresse"),
        description=_l("An diese Adresse schicken wir einen Link zum Bestätigen."),
    )
    department = SelectField(_l("Ressort"), validators=[Optional()])
    function = line(
        _l("Ihre Funktion"),
        _l("Bitte nennen Sie Ihre Funktion."),
        limit=160,
        description=_l("Zum Beispiel: Netzwerkkoordination Frühe Hilfen."),
    )
    reason = area(
        _l("Warum möchten Sie mitmachen?"),
        _l("Bitte schreiben Sie einen Satz, warum Sie mitmachen möchten."),
        limit=1_000,
        description=_l("Ein Satz genügt. Ihn liest nur die Koordinierungsstelle Ihres Landes."),
    )
    password = password_field(
        _l("Passwort"),
        _l("Bitte denken Sie sich ein Passwort aus."),
        description=_l(
            "Mindestens 15 Zeichen, am einfachsten vier Wörter, die nichts miteinander zu "
            "tun haben. Sonderzeichen sind nicht nötig."
        ),
    )
    terms = BooleanField(
        _l("Ich stimme den Nutzungsbedingungen zu und habe die Datenschutzhinweise gelesen."),
        validators=[DataRequired(_l("Ohne Ihre Zustimmung können wir kein Konto anlegen."))],
    )
    website = StringField(_l("Dieses Feld bitte frei lassen"))
    opened = HiddenField()
    invitation = HiddenField()  # the secret of a link into a group
