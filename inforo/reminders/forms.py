"""The shape of a reminder."""

from datetime import timedelta

from wtforms import Field, ValidationError

from inforo.clock import today
from inforo.forms import Day, Form, area
from inforo.i18n import _, _l

FARTHEST = timedelta(days=5 * 365)


class ReminderForm(Form):
    """On which day, and what to think of then."""

    due_on = Day(
        _l("An welchem Tag?"), _l("Bitte geben Sie an, an welchem Tag wir Sie erinnern.")
    )
    note = area(
        _l("Notiz an mich"),
        limit=1_000,
        description=_l("Zum Beispiel: was Sie dann tun wollen. Nur Sie lesen das."),
    )

    def validate_due_on(self, field: Field) -> None:
        if field.data is None:
            return
        if field.data < today():
            raise ValidationError(_("Dieser Tag ist schon vorbei."))
        if field.data > today() + FARTHEST:
            raise ValidationError(_("Höchstens fünf Jahre im Voraus."))


class MoveForm(ReminderForm):
    """The same for a reminder there is; a day that has come may stay."""

    def __init__(self, *, kept: object = None, **values: object) -> None:
        super().__init__(**values)
        self.kept = kept

    def validate_due_on(self, field: Field) -> None:
        if field.data != self.kept:
            super().validate_due_on(field)
