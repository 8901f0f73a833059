"""What all forms share: cleaned text, German messages, fields for choices.

Forms describe the shape of the input; they neither query nor save. A create form carries an
idempotency key, an edit form the version it was opened on: both are hidden fields written by
the macros in `templates/components/form.html`.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeField,
    Field,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    widgets,
)
from wtforms.fields.choices import SelectChoice, SelectFieldBase
from wtforms.i18n import get_translations
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inforo import clock, text
from inforo.config import settings
from inforo.i18n import _, _l, language

LINE_LENGTH = 200


class Form(FlaskForm):  # type: ignore[misc]
    """The base of all forms. `version` is filled where the form edits something."""

    version = HiddenField()

    def process(self, *given: Any, **more: Any) -> None:
        super().process(*given, **more)
        for field in self:
            if isinstance(field, SelectFieldBase):
                forget_blanks(field)
            elif isinstance(field, DateTimeField):  # also what holds a day alone
                refuse_far_days(field)

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, _form: Any) -> Any:
            return sentences(language())


def forget_blanks(field: SelectFieldBase) -> None:
    """Drop choices of blanks: `Optional` would take them, and all beside, for no answer."""
    if field.raw_data:
        field.raw_data = [each for each in field.raw_data if each.strip()]
    if isinstance(field.data, str) and not field.data.strip():
        field.data = ""
    elif isinstance(field.data, list):
        field.data = [each for each in field.data if str(each).strip()]


def refuse_far_days(field: DateTimeField) -> None:
    """Refuse days no reader means: the sums we do with them leave the calendar."""
    if field.raw_data and field.data and field.data.year not in clock.YEARS:
        field.data = None
        field.process_errors.append(_("Bitte geben Sie einen Tag an, z. B. 24.12.2026."))


PLEASE_CHOOSE = _l("Bitte wählen Sie eine der Möglichkeiten.")
OURS = {
    "Not a valid choice.": PLEASE_CHOOSE,
    "Invalid Choice: could not coerce.": PLEASE_CHOOSE,
    "Not a valid integer value.": _l("Bitte geben Sie eine ganze Zahl an."),
    "This field is required.": _l("Bitte füllen Sie dieses Feld aus."),
}


class Sentences:
    """The messages of WTForms; where those speak of values, ours say what to do."""

    def __init__(self, code: str) -> None:
        self.theirs = get_translations([code])

    def gettext(self, message: str) -> str:
        return str(OURS.get(message) or self.theirs.gettext(message))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return str(self.theirs.ngettext(one, many, number))


@lru_cache
def sentences(code: str) -> Sentences:
    """Return the messages of WTForms; Flask-WTF reads their file at each request."""
    return Sentences(code)


class MaxLength:
    """Refuse longer text with a sentence that says how much is too much."""

    def __init__(self, limit: int | None = None) -> None:
        self.limit = limit

    def __call__(self, _form: Form, field: Field) -> None:
        allowed = self.limit or settings.text_max_length
        excess = len(field.data or "") - allowed
        if excess > 0:
            raise ValidationError(
                _(
                    "Bitte kürzen Sie den Text um %(count)s Zeichen (höchstens %(limit)s).",
                    count=excess,
                    limit=allowed,
                )
            )


max_length = MaxLength


def line(label: Any, required: Any = None, limit: int = LINE_LENGTH, **options: Any) -> Any:
    """Return a field for one line of text; `required` is the message if it is missing."""
    needed = DataRequired(required) if required else Optional()
    extra = options.pop("validators", [])
    return StringField(
        label,
        filters=[one_line],
        validators=[needed, max_length(limit), *extra],
        **options,
    )


def area(label: Any, required: Any = None, limit: int | None = None, **options: Any) -> Any:
    """Return a field for several lines, e.g. Markdown."""
    needed = DataRequired(required) if required else Optional()
    extra = options.pop("validators", [])
    return TextAreaField(
        label, filters=[text.clean], validators=[needed, max_length(limit), *extra], **options
    )


def one_line(value: str | None) -> str:
    return " ".join(text.clean(value).split())


class Checkboxes(SelectMultipleField):  # type: ignore[misc]
    """Several choices, shown as a list of checkboxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(self, *given: Any, **more: Any) -> None:
        more.setdefault("invalid_choice_message", _l("Diese Auswahl gibt es hier nicht."))
        super().__init__(*given, **more)


class Day(DateField):  # type: ignore[misc]
    """A day from the browser's calendar, or typed as people do: 24.12.2026."""

    def __init__(self, label: Any, required: Any = None, **more: Any) -> None:
        super().__init__(
            label,
            format=["%Y-%m-%d", "%d.%m.%Y"],
            validators=[InputRequired(required) if required else Optional()],
            **more,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Bitte geben Sie einen Tag an, z. B. 24.12.2026.")) from error


class ReasonForm(Form):
    """A decision that is explained to the person it concerns."""

    reason = area(
        _l("Begründung"),
        _l("Bitte schreiben Sie einen Satz zur Begründung."),
        limit=2_000,
        description=_l("Die betroffene Person bekommt diese Begründung zu lesen."),
    )


def options(choices: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Return (value, label) pairs as the choices of a field."""
    return [SelectChoice(value, label) for value, label in choices]


def with_blank(choices: Iterable[tuple[str, Any]], label: Any = "") -> list[tuple[str, Any]]:
    """Return the choices of a select behind an empty first one."""
    return [("", label or _l("Bitte wählen")), *choices]


__all__ = [
    "Checkboxes",
    "Form",
    "Length",
    "ReasonForm",
    "area",
    "line",
    "max_length",
    "one_line",
    "options",
    "with_blank",
]
