"""What the forms of articles and events share."""

from collections.abc import Iterable
from typing import Any

from wtforms import Field, RadioField, SelectField, ValidationError
from wtforms.validators import Optional

from inforo.contributions.forms import upload_field
from inforo.editorial.models import Readership
from inforo.forms import Form, area, line, options, with_blank
from inforo.i18n import _, _l

TITLE_LENGTH = 150
TEXT_LENGTH = 20_000


class SubmissionForm(Form):
    """Title, text, Land and who may read it."""

    title = line(_l("Titel"), _l("Bitte geben Sie einen Titel an."), limit=TITLE_LENGTH)
    subtitle = line(
        _l("Untertitel"), limit=300, description=_l("Ein Satz, der in Listen mit erscheint.")
    )
    body = area(_l("Text"), _l("Bitte schreiben Sie einen Text."), limit=TEXT_LENGTH)
    state_code = SelectField(_l("Land"), validators=[Optional()])
    audience = RadioField(
        _l("Wer darf es lesen?"),
        choices=options((member.value, member.label) for member in Readership),
        default=Readership.PUBLIC.value,
    )

    def offer_states(self, states: Iterable[tuple[str, str]]) -> None:
        self.state_code.choices = options(with_blank(states, _l("bundesweit")))

    def values(self) -> dict[str, Any]:
        """Return what the form says, as columns."""
        return {
            "title": self.title.data,
            "subtitle": self.subtitle.data or "",
            "body": self.body.data or "",
            "state_code": self.state_code.data or None,
            "audience": Readership(self.audience.data),
        }

    def kept(self) -> dict[str, Any]:
        """Return what the history would keep of it."""
        return self.values()


class AttachForm(Form):
    """A file, and what people read instead of its name."""

    upload = upload_field(_l("Datei"))
    title = line(_l("Bezeichnung"), limit=TITLE_LENGTH)

    def validate_upload(self, field: Field) -> None:
        if not field.data or not field.data.filename:
            raise ValidationError(_("Bitte wählen Sie eine Datei."))

    def values(self) -> dict[str, Any]:
        return {"title": self.title.data or ""}
