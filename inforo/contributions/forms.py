"""The short form, the steps of the full form, and the form for tools."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import Field, HiddenField, IntegerField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional, StopValidation

from inforo import files
from inforo.file_checks import CheckedFile, FileRefused
from inforo.forms import Form, area, line, options, with_blank
from inforo.i18n import _, _l
from inforo.toolbox import fields
from inforo.toolbox.states import ExampleKind
from inforo.web import given_id

ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
SUMMARY_LENGTH = 300
TOOL_DETAILS = ("title", "category_key", "summary", "context", "phase_key", "licence")
SENTENCE_LENGTH = 600
LARGEST_AMOUNT = 1_000_000_000
LABELS = fields.LABELS
Pair = tuple[str, Any]


def blank(choices: Iterable[Pair]) -> list[tuple[str, Any]]:
    return with_blank(choices, _l("keine Angabe"))


def email_address(_form: Form, field: Field) -> None:
    if field.data and not ADDRESS.fullmatch(field.data):
        raise ValidationError(_("Bitte geben Sie eine vollständige E-Mail-Adresse an."))


class Upload(FileField):  # type: ignore[misc]
    """A file; `checked` is what may be stored once the form is valid."""

    checked: CheckedFile | None = None

    def pre_validate(self, form: Form) -> None:
        if not self.data or not self.data.filename:
            return
        try:
            self.checked = files.inspect(self.data)
        except FileRefused as error:
            raise StopValidation(error.message) from error


class Euros(IntegerField):  # type: ignore[misc]
    """A whole amount, typed as people do: "48.000", "48 000 €"."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        typed = re.sub(r"[\s.€]|,\d\d$|,-+$", "", valuelist[0]) if valuelist else ""
        if not typed:
            return
        amount = given_id(typed)
        if amount is None or amount > LARGEST_AMOUNT:
            raise ValueError(_("Bitte geben Sie eine ganze Zahl in Euro an, z. B. 48.000."))
        self.data = amount


def choice(label: Any, enum: Any, **more: Any) -> Any:
    """Return a select of an enum; nothing chosen is None."""
    return SelectField(
        label,
        choices=options(blank((member.value, member.label) for member in enum)),
        coerce=lambda value: enum(value) if value else "",
        validators=[Optional()],
        **more,
    )


def kind_field() -> Any:
    return SelectField(
        _l("Was möchten Sie erzählen?"),
        choices=options(
            [
                (ExampleKind.PRACTICE.value, _l("Ein Praxisbeispiel: Das machen wir so")),
                (ExampleKind.FAILED.value, _l("Das hat nicht funktioniert – so lernen andere")),
            ]
        ),
        coerce=ExampleKind,
    )


def licence_field() -> Any:
    return SelectField(
        _l("Lizenz"),
        choices=options(fields.LICENCES),
        description=_l("Was andere mit der Datei tun dürfen."),
    )


def upload_field(label: Any) -> Any:
    return Upload(
        label,
        description=_l(
            "PDF, Word, Excel, PowerPoint, OpenDocument, Text, CSV oder Bild, bis 20 MB."
        ),
    )


class ShortForm(Form):
    """Three sentences and a name: enough for the office to complete it with the author."""

    title = line(
        _l("Titel"),
        _l("Bitte geben Sie dem Beispiel einen Titel."),
        limit=150,
        description=_l(
            "So, dass man weiß, worum es geht, z. B. „Babybegrüßung mit Hausbesuch“."
        ),
    )
    what = area(
        _l("Was machen Sie?"),
        _l("Bitte schreiben Sie in einem Satz, was Sie machen."),
        limit=SENTENCE_LENGTH,
        description=_l("Ein Satz genügt."),
    )
    whom = area(
        _l("Für wen?"),
        _l("Bitte schreiben Sie, für wen das Angebot ist."),
        limit=SENTENCE_LENGTH,
        description=_l("Wen wollen Sie erreichen, wen erreichen Sie?"),
    )
    outcome = area(
        _l("Was kam dabei heraus?"),
        _l("Bitte schreiben Sie, was dabei herauskam – auch „noch nichts“ ist eine Antwort."),
        limit=SENTENCE_LENGTH,
    )
    contact_name = line(_l("Wen kann man fragen?"), _l("Bitte nennen Sie eine Ansprechperson."))
    contact_function = line(_l("Funktion"), limit=150)
    contact_email = line(
        _l("Dienstliche E-Mail-Adresse"),
        validators=[email_address],
        description=_l("Sehen nur angemeldete Mitglieder."),
    )
    upload = upload_field(_l("Eine Datei dazu"))
    kept_file = HiddenField()


class SubmitForm(Form):
    message = area(
        _l("Nachricht an die Koordinierungsstelle"),
        limit=2_000,
        description=_l("Wenn Sie etwas dazu sagen möchten."),
    )


class ToolDetailsForm(Form):
    """What is said about a tool, apart from its file."""

    title = line(_l("Titel"), _l("Bitte geben Sie dem Werkzeug einen Titel."), limit=150)
    category_key = SelectField(
        _l("Art des Werkzeugs"), validators=[InputRequired(_l("Bitte wählen Sie eine Art."))]
    )
    summary = area(
        LABELS["summary"],
        _l("Bitte schreiben Sie in ein, zwei Sätzen, wofür das Werkzeug gut ist."),
        limit=SUMMARY_LENGTH,
    )
    context = area(
        _l("Wie ist es entstanden?"),
        limit=2_000,
        description=_l("Wer hat mitgearbeitet, was hat sich bewährt, was würden Sie ändern?"),
    )
    phase_key = SelectField(_l("Wofür im Prozess?"), validators=[Optional()])
    licence = licence_field()

    def offer(self, categories: Iterable[Pair], phases: Iterable[Pair]) -> None:
        """Fill both lists with (key, label) pairs."""
        self.category_key.choices = options(with_blank(categories))
        self.phase_key.choices = options(blank(phases))

    @property
    def values(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in TOOL_DETAILS}


class ToolForm(ToolDetailsForm):
    upload = upload_field(_l("Datei"))
    kept_file = HiddenField()

    def validate_upload(self, field: Field) -> None:
        if field.checked is None and not field.errors and not self.kept_file.data:
            raise ValidationError(_("Bitte wählen Sie eine Datei aus."))


class CorrectionForm(Form):
    """Asked for beside each page of the full form once the example is published."""

    change_note = line(
        _l("Was haben Sie geändert?"),
        limit=300,
        description=_l(
            "Ein Satz, der bei der neuen Fassung steht; alle können ihn lesen. Ohne ihn steht "
            "dort, welche Felder sich geändert haben."
        ),
    )


class FileForm(Form):
    """A file of the example; who uploads it says that it is up to date."""

    upload = upload_field(_l("Datei"))
    title = line(
        _l("Bezeichnung"),
        limit=150,
        description=_l("Was ist das? Sonst steht da der Dateiname."),
    )
    category_key = SelectField(
        _l("Art"),
        validators=[Optional()],
        description=_l("Damit andere es bei den Werkzeugen suchen würden."),
    )
    licence = licence_field()

    def validate_upload(self, field: Field) -> None:
        if field.checked is None and not field.errors:
            raise ValidationError(_("Bitte wählen Sie eine Datei aus."))

    def described(self) -> dict[str, str]:
        """Return what is said about the file."""
        return {name: self[name].data or "" for name in ("title", "category_key", "licence")}
