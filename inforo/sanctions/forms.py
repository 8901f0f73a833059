"""The shape of a restriction, and of a note."""

from datetime import timedelta

from wtforms import DateField, ValidationError
from wtforms.validators import InputRequired

from inforo import clock
from inforo.forms import Form, ReasonForm, area
from inforo.i18n import _, _l

LONGEST = timedelta(days=366)


class SanctionForm(ReasonForm):
    last_day = DateField(
        _l("Letzter Tag"),
        validators=[InputRequired(_l("Bitte geben Sie an, bis zu welchem Tag das gilt."))],
        description=_l("Danach endet es von selbst."),
    )

    def validate_last_day(self, field: DateField) -> None:
        if field.data and not clock.today() <= field.data <= clock.today() + LONGEST:
            raise ValidationError(
                _("Bitte wählen Sie einen Tag von heute an, höchstens ein Jahr voraus.")
            )


class NoteForm(Form):
    text = area(
        _l("Vermerk"),
        _l("Bitte schreiben Sie den Vermerk."),
        limit=2_000,
        description=_l("Nur Tatsachen: Die Person kann ihn unter ihrem Konto lesen."),
    )
