"""The form in which a role is given."""

from wtforms import SelectField
from wtforms.validators import InputRequired, Optional

from inforo.forms import Form, area, line
from inforo.i18n import _l


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
