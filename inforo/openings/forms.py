"""The shape of a proposal to open something."""

from typing import Any

from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from inforo.forms import Form, area, options
from inforo.i18n import _l
from inforo.openings.things import MOST_POSTS


class ProposeForm(Form):
    audience = RadioField(_l("Wer soll es lesen?"), default="members")
    note = area(
        _l("Warum?"),
        limit=1_000,
        description=_l("Das lesen alle, die zustimmen sollen."),
    )

    @property
    def last(self) -> int:
        """Return up to which post of a thread; other things have none."""
        return MOST_POSTS

    def until_at_most(self, number: int) -> None:
        """Say how long the thing is; only threads need to know."""

    def offer(self, audiences: list[tuple[str, Any]]) -> None:
        self.audience.choices = options(audiences)


class ProposeThreadForm(ProposeForm):
    """The same for a thread, of which nothing after a certain post is shown."""

    until = IntegerField(
        _l("Bis zu welchem Beitrag?"),
        validators=[
            InputRequired(_l("Bitte geben Sie die Nummer eines Beitrags an.")),
            NumberRange(1, MOST_POSTS, _l("Bitte geben Sie die Nummer eines Beitrags an.")),
        ],
        description=_l("Spätere Beiträge sieht außerhalb der Gruppe niemand."),
    )

    @property
    def last(self) -> int:
        return self.until.data or MOST_POSTS

    def until_at_most(self, number: int) -> None:
        if not self.is_submitted():
            self.until.data = number
