"""Forms to say where somebody works, and to decide on applications."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, Optional

from inforo.accounts.models import OrganisationKind
from inforo.forms import Form, area, line, options, with_blank
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


class MoveForm(PlaceForm):
    """Somebody works elsewhere now; the office there agrees first."""

    reason = area(
        _l("Was hat sich geändert?"),
        _l("Bitte schreiben Sie einen Satz dazu."),
        limit=1_000,
    )


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
