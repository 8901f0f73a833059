"""The forms in which a role is given and an absence is noted."""

from wtforms import Field, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from inforo.forms import Day, Form, area, line
from inforo.i18n import _, _l


class RoleForm(Form):
    """Who gets which role for what. The view fills the choices the actor may use."""

    email = line(
        _l("Dienstliche E-Mail-Adresse der Person"),
        _l("Bitte geben Sie die Adresse an, mit der sich die Person anmeldet."),
        description=_l("Die Person braucht ein freigegebenes Konto."),
    )
    role = SelectField(
        _l("Rolle"), validators=[InputRequired(_l("Bitte wählen Sie eine Rolle."))]
    )
    office = SelectField(
        _l("Koordinierungsstelle"),
        validators=[Optional()],
        description=_l("Nur für die Rolle Koordination."),
    )
    municipality = line(
        _l("Kommune"),
        description=_l(
            "Nur für die Profilredaktion: Name oder amtlicher Schlüssel. "
            "Ohne Angabe gilt die Kommune, für die die Person arbeitet."
        ),
    )
    reason = area(
        _l("Begründung"),
        limit=2_000,
        description=_l("Die Person und, wer zustimmt, bekommen sie zu lesen."),
    )


class AbsenceForm(Form):
    """From when to when, and who stands in. The view offers the colleagues."""

    starts_on = Day(_l("Erster Tag"), _l("Bitte geben Sie den ersten Tag an."))
    ends_on = Day(_l("Letzter Tag"), _l("Bitte geben Sie den letzten Tag an."))
    deputy = SelectField(
        _l("Vertretung"),
        validators=[InputRequired(_l("Bitte wählen Sie, wer Sie vertritt."))],
        description=_l("Sieht Ihre übernommenen Vorgänge und bekommt die Erinnerungen."),
    )

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Der letzte Tag liegt vor dem ersten."))
