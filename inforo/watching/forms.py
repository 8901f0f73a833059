"""The shape of a chosen level."""

from wtforms import RadioField

from inforo.forms import Form, options
from inforo.i18n import _l
from inforo.watching.models import Level


class LevelForm(Form):
    """How much one wants to hear; `level` empty takes the wish back."""

    level = RadioField(
        _l("Wie viel möchten Sie erfahren?"),
        choices=options([*((level.value, level.label) for level in Level), ("", "–")]),
        default="",
    )

    @property
    def chosen(self) -> Level | None:
        return Level(self.level.data) if self.level.data else None
