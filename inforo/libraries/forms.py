"""The shape of a file of a group, and of a new version."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import Field, HiddenField, SelectField, ValidationError
from wtforms.validators import Optional

from inforo import files
from inforo.contributions.forms import upload_field
from inforo.file_checks import CheckedFile, FileRefused
from inforo.files import StoredFile
from inforo.forms import Form, area, line, options, with_blank
from inforo.groups.models import GroupAudience
from inforo.i18n import _, _l
from inforo.libraries.actions import HadByOthers
from inforo.toolbox import fields

MOST_FILES, MOST_OF_NAME = 10, 120
TITLE_LENGTH = 100
NOTE_LENGTH = 300
DESCRIPTION_LENGTH = 500
FORBIDDEN = '/\\:*?"<>|'


def plain_name(_form: Form, field: Field) -> None:
    """Refuse titles no computer can save a file under."""
    if set(field.data or "") & set(FORBIDDEN):
        raise ValidationError(
            _("Bitte ohne diese Zeichen: %(signs)s", signs=" ".join(FORBIDDEN))
        )


def description_field() -> Any:
    return area(
        _l("Beschreibung"),
        limit=DESCRIPTION_LENGTH,
        description=_l("Wozu ist die Datei da? Hilft beim Suchen."),
    )


def licence_field() -> Any:
    return SelectField(
        _l("Lizenz"),
        choices=options(with_blank(fields.LICENCES, _l("keine Angabe"))),
        validators=[Optional()],
        description=_l("Was andere mit der Datei tun dürfen."),
    )


class Uploads(MultipleFileField):  # type: ignore[misc]
    """Some files; `checked` are those that may be stored, `refused` says why not the others."""

    checked: Sequence[CheckedFile] = ()
    refused: Sequence[str] = ()

    def pre_validate(self, form: Form) -> None:
        sent = [each for each in self.data or [] if each.filename]
        checked, refused = [], []
        for each in sent[:MOST_FILES]:
            try:
                checked.append(files.inspect(each))
            except FileRefused as error:
                refused.append(named(each.filename, error.message, is_one=len(sent) == 1))
        refused += [named(each.filename, too_many()) for each in sent[MOST_FILES:]]
        self.checked, self.refused = checked, refused


def named(name: str, message: str, *, is_one: bool = False) -> str:
    return message if is_one else f"{name[:MOST_OF_NAME]}: {message}"


def too_many() -> str:
    return _("Höchstens %(count)s Dateien auf einmal.", count=MOST_FILES)


class FileForm(Form):
    """One or more files for the group; `kept_file` names those sent before, by commas."""

    upload = Uploads(
        _l("Dateien"),
        description=_l(
            "PDF, Word, Excel, PowerPoint, OpenDocument, Text, CSV oder Bild, bis 20 MB. Sie "
            "können mehrere auf einmal auswählen oder hierher ziehen. Zu Bildern fragen wir "
            "danach, was darauf zu sehen ist."
        ),
    )
    kept_file = HiddenField()
    title = line(
        _l("Name"),
        limit=TITLE_LENGTH,
        validators=[plain_name],
        description=_l(
            "Ohne Angabe, und wenn es mehrere sind, heißt jede Datei wie auf Ihrem Rechner."
        ),
    )
    description = description_field()
    licence = licence_field()

    def validate_upload(self, field: Field) -> None:
        if not field.checked and field.refused and not self.kept_file.data:
            raise ValidationError(" ".join(field.refused))
        if not field.checked and not self.kept_file.data:
            raise ValidationError(_("Bitte wählen Sie eine Datei aus."))

    @property
    def values(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in ("title", "description", "licence")}


class Told(Form):
    """A form on a file that others may have; it names them, as they were when it was shown."""

    opened_to = HiddenField()
    opened_now: GroupAudience | None = None

    @property
    def is_untold(self) -> bool:
        """Tell whether others may have it by now of whom the form said nothing."""
        return self.opened_now not in (None, self.told)

    @property
    def told(self) -> GroupAudience | None:
        given = self.opened_to.data
        return next((each for each in GroupAudience if each.value == given), None)


class EditForm(Told):
    """What is said about a file."""

    title = line(
        _l("Name"),
        _l("Bitte geben Sie der Datei einen Namen."),
        limit=TITLE_LENGTH,
        validators=[plain_name],
        description=_l("Ein neuer Name ist eine neue Fassung. Die bisherigen behalten ihren."),
    )
    alternative = line(
        _l("Was ist auf dem Bild zu sehen?"),
        _l("Bitte beschreiben Sie, was das Bild zeigt."),
        limit=DESCRIPTION_LENGTH,
        description=_l("Für alle, die das Bild nicht sehen. Auch die Suche findet es damit."),
    )
    description = description_field()
    licence = licence_field()

    def ask_about(self, stored: StoredFile) -> None:
        """Ask only of a picture what it shows."""
        if not stored.is_image:
            del self.alternative

    @property
    def values(self) -> dict[str, Any]:
        names = ("title", "description", "licence", "alternative")
        return {name: self[name].data or "" if name in self else "" for name in names}


class VersionForm(Told):
    """A new content for a file."""

    upload = upload_field(_l("Datei"))
    kept_file = HiddenField()
    note = line(
        _l("Was ist neu?"),
        _l("Bitte schreiben Sie in einem Satz, was sich geändert hat."),
        limit=NOTE_LENGTH,
    )

    def validate_upload(self, field: Field) -> None:
        if self.is_untold:
            raise ValidationError(HadByOthers().message)
        if field.checked is None and not field.errors and not self.kept_file.data:
            raise ValidationError(_("Bitte wählen Sie eine Datei aus."))
