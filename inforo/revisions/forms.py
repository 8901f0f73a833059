"""The form for a new version."""

from wtforms import Field, HiddenField, ValidationError

from inforo.contributions.forms import upload_field
from inforo.forms import Form, area
from inforo.i18n import _, _l

NOTE_LENGTH = 500


class VersionForm(Form):
    note = area(
        _l("Was ist neu?"),
        _l("Bitte schreiben Sie in einem Satz, was sich geändert hat."),
        limit=NOTE_LENGTH,
        description=_l("Steht bei der Fassung, damit andere wissen, ob sie die neue brauchen."),
    )
    upload = upload_field(_l("Datei"))
    kept_file = HiddenField()

    def validate_upload(self, field: Field) -> None:
        if field.checked is None and not field.errors and not self.kept_file.data:
            raise ValidationError(_("Bitte wählen Sie eine Datei aus."))
