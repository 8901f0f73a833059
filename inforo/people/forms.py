"""Forms to register, decide on applications, invite, and keep one's own page."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Optional

from inforo.accounts.forms import email_field, password_field
from inforo.accounts.models import AUDIENCE_LABELS, OrganisationKind
from inforo.forms import Checkboxes, Form, area, line, options, with_blank
from inforo.i18n import _, _l

ORGANISATION_KINDS = [
    (OrganisationKind.ASSOCIATION.value, _l("Verband oder Verein")),
    (OrganisationKind.PROVIDER.value, _l("freier Träger")),
    (OrganisationKind.INSURANCE.value, _l("Krankenkasse")),
    (OrganisationKind.UNIVERSITY.value, _l("Hochschule oder Institut")),
    (OrganisationKind.STATE_ASSOCIATION.value, _l("Landesvereinigung")),
    (OrganisationKind.AGENCY.value, _l("Behörde oder Agentur")),
]
MUNICIPALITY, ORGANISATION = "kommune", "organisation"
NEW = "neu"
PLACES = [
    (MUNICIPALITY, _l("in einer Kommune (Stadt, Gemeinde, Kreis, Bezirk)")),
    (ORGANISATION, _l("in einer Organisation (Verband, Träger, Kasse, Hochschule …)")),
]


class PlaceForm(Form):
    """Where somebody works: a municipality, or an organisation (known or new)."""

    place = RadioField(
        _l("Wo arbeiten Sie?"),
        choices=options(PLACES),
        default=MUNICIPALITY,
        validators=[DataRequired(_l("Bitte wählen Sie, wo Sie arbeiten."))],
    )
    municipality = HiddenField()
    organisation = SelectField(
        _l("Organisation"),
        description=_l("Nur, wenn Sie nicht in einer Kommune arbeiten."),
        validators=[Optional()],
    )
    organisation_name = line(_l("Name der neuen Organisation"))
    organisation_kind = SelectField(
        _l("Art der Organisation"),
        choices=options(with_blank(ORGANISATION_KINDS)),
        validators=[Optional()],
    )
    organisation_state = SelectField(_l("Land der Organisation"), validators=[Optional()])

    def set_places(self, organisations: list[Any], states: list[Any]) -> None:
        """Offer the organisations and Länder there are."""
        known = [(str(known.id), known.name) for known in organisations]
        new = (NEW, _("Meine Organisation steht nicht in der Liste"))
        self.organisation.choices = options(with_blank([*known, new]))
        self.organisation_state.choices = options(
            with_blank((state.code, state.name) for state in states)
        )

    def check_place(self, municipality: Any) -> bool:
        """Explain what is missing to know where somebody works."""
        if self.place.data == MUNICIPALITY:
            if municipality is None:
                self.municipality.errors = [
                    _("Bitte suchen Sie Ihre Kommune und wählen Sie sie aus der Liste.")
                ]
            return municipality is not None
        if not self.organisation.data:
            self.organisation.errors = [_("Bitte wählen Sie Ihre Organisation.")]
            return False
        return self.organisation.data != NEW or self.check_new_organisation()

    def check_new_organisation(self) -> bool:
        missing = {
            self.organisation_name: _("Bitte nennen Sie den Namen Ihrer Organisation."),
            self.organisation_kind: _("Bitte wählen Sie die Art Ihrer Organisation."),
            self.organisation_state: _("Bitte wählen Sie das Land Ihrer Organisation."),
        }
        for field, message in missing.items():
            if not field.data:
                field.errors = [message]
        return all(field.data for field in missing)


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


class QuestionForm(Form):
    text = area(
        _l("Ihre Frage"),
        _l("Bitte schreiben Sie Ihre Frage."),
        limit=2_000,
        description=_l("Die Person bekommt sie per E-Mail und kann hier antworten."),
    )


class AnswerForm(Form):
    text = area(_l("Ihre Antwort"), _l("Bitte schreiben Sie Ihre Antwort."), limit=2_000)


class HandOverForm(Form):
    office = SelectField(
        _l("An welche Stelle?"),
        validators=[DataRequired(_l("Bitte wählen Sie eine Koordinierungsstelle."))],
    )
    note = area(
        _l("Notiz für die Kolleginnen und Kollegen"),
        _l("Bitte schreiben Sie einen Satz zur Übergabe."),
        limit=2_000,
        description=_l("Die Notiz sehen nur Koordinierungsstellen."),
    )


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


def audience_field(label: Any) -> Any:
    choices = [(audience.value, text) for audience, text in AUDIENCE_LABELS.items()]
    return SelectField(label, choices=options(choices))


class ProfileForm(Form):
    """One's own page, and who sees which part of it."""

    name = line(_l("Name"), _l("Bitte nennen Sie Ihren Vor- und Nachnamen."), limit=120)
    function = line(_l("Funktion"), limit=160)
    department = SelectField(_l("Ressort"), validators=[Optional()])
    phone = line(_l("Telefon"), limit=60)
    about = area(_l("Über mich"), limit=2_000)
    topics = Checkboxes(_l("Meine Themen"))
    helps_with = area(
        _l("Dabei kann ich helfen"),
        limit=1_000,
        description=_l("Was Sie selbst ausprobiert haben und gern weitergeben."),
    )
    looks_for = area(_l("Das suche ich"), limit=1_000)
    show_email = audience_field(_l("Wer sieht Ihre E-Mail-Adresse?"))
    show_phone = audience_field(_l("Wer sieht Ihre Telefonnummer?"))
    show_about = audience_field(_l("Wer sieht „Über mich“?"))
    show_topics = audience_field(_l("Wer sieht Ihre Themen?"))
    show_helps_with = audience_field(_l("Wer sieht, wobei Sie helfen?"))
    show_looks_for = audience_field(_l("Wer sieht, was Sie suchen?"))
    show_groups = audience_field(_l("Wer sieht Ihre Gruppen?"))


class MoveForm(PlaceForm):
    """Somebody works elsewhere now; the office there agrees first."""

    reason = area(
        _l("Was hat sich geändert?"),
        _l("Bitte schreiben Sie einen Satz dazu."),
        limit=1_000,
    )
