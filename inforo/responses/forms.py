"""The form of one enquiry, made from its questions.

What is required is only asked for when the answer is sent; kept for later it may have gaps.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import Field, RadioField, ValidationError

from inforo.enquiries.models import EnquiryAnswer, EnquiryQuestion
from inforo.enquiries.states import QuestionKind
from inforo.forms import Checkboxes, Form, area, line
from inforo.forms import options as offered
from inforo.i18n import _, _l

NO_ANSWER = "-"  # the choice "keine Angabe"
LARGEST = 1e12
GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
GERMAN = str.maketrans(",.", ".,")
PLAIN = re.compile(r"-?\d+(,\d+)?")


class AnswerForm(Form):
    """The base of all forms of answers; `questions` and `is_final` are set when it is made."""

    questions: Sequence[EnquiryQuestion] = ()
    is_final = False

    def control(self, question: EnquiryQuestion) -> Field:
        return self[name_of(question)]

    @property
    def values(self) -> dict[str, Any]:
        """Return what was answered, by the keys of the questions; gaps are None."""
        return {
            question.key: stored(question, self.control(question).data)
            for question in self.questions
        }


def name_of(question: EnquiryQuestion) -> str:
    return f"frage_{question.id}"


def number_of(typed: str) -> int | float:
    """Return a number as people type it: 1.234,5 or 1234. Raises ValueError."""
    text = typed.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if GROUPED.fullmatch(text):
        text = text.replace(".", "")
    elif not PLAIN.fullmatch(text):
        raise ValueError(typed)
    number = float(text.replace(",", "."))
    if abs(number) > LARGEST:
        raise ValueError(typed)
    return int(number) if number == int(number) else number


def stored(question: EnquiryQuestion, data: Any) -> Any:
    """Return the data of a control as it is kept."""
    if data in (None, "", [], NO_ANSWER, [NO_ANSWER]):
        return None
    if question.kind is QuestionKind.MANY:
        return [question.choices[int(index)] for index in data]
    if question.kind.is_choice:
        return question.choices[int(data)]
    return number_of(data) if question.kind is QuestionKind.NUMBER else data


def shown(question: EnquiryQuestion, values: dict[str, Any]) -> Any:
    """Return a kept value as its control begins with it."""
    if question.key not in values:
        return [] if question.kind is QuestionKind.MANY else None
    value = values[question.key]
    if value is None:
        if question.is_required or not question.kind.is_choice:
            return None
        return [NO_ANSWER] if question.kind is QuestionKind.MANY else NO_ANSWER
    if question.kind is QuestionKind.MANY:
        return [str(question.choices.index(label)) for label in value]
    if question.kind.is_choice:
        return str(question.choices.index(value))
    return typed_number(value) if question.kind is QuestionKind.NUMBER else value


def typed_number(number: float) -> str:
    """Return a number as `number_of` reads it, in every language and to the last digit."""
    exact = Decimal(str(number) if number % 1 else int(number))
    return f"{exact:,f}".translate(GERMAN)


def given(field: Field) -> bool:
    return field.data not in (None, "", [])


class Needed:
    """An answer must be there once it is sent."""

    field_flags = {"required": True}

    def __call__(self, form: AnswerForm, field: Field) -> None:
        if form.is_final and not given(field):
            raise ValidationError(_("Bitte beantworten Sie diese Frage."))


def check_choice(_form: AnswerForm, field: Field) -> None:
    chosen = field.data if isinstance(field.data, list) else [field.data] * given(field)
    if set(chosen) - {choice.value for choice in field.choices}:
        raise ValidationError(_("Diese Antwort gibt es bei dieser Frage nicht."))
    if NO_ANSWER in chosen and len(chosen) > 1:
        raise ValidationError(_("Bitte wählen Sie entweder „keine Angabe“ oder Antworten."))


def check_number(_form: AnswerForm, field: Field) -> None:
    if given(field):
        try:
            number_of(field.data)
        except ValueError as error:
            raise ValidationError(
                _("Bitte geben Sie eine Zahl an, zum Beispiel 12 oder 1.250,5.")
            ) from error


def control_for(question: EnquiryQuestion) -> Any:
    """Return the field for one question."""
    needed = [Needed()] if question.is_required else []
    hints = [question.hint, question.unit and _("Einheit: %(unit)s.", unit=question.unit)]
    if not question.is_required and not question.kind.is_choice:
        hints.append(_("Leer heißt: keine Angabe."))
    more = {"description": " ".join(hint for hint in hints if hint)}
    if question.kind.is_choice:
        choices = [(str(index), label) for index, label in enumerate(question.choices)]
        if not question.is_required:
            choices.append((NO_ANSWER, _("keine Angabe")))
        kind = Checkboxes if question.kind is QuestionKind.MANY else RadioField
        return kind(
            question.label,
            choices=offered(choices),
            validate_choice=False,
            validators=[*needed, check_choice],
            **more,
        )
    if question.kind is QuestionKind.NUMBER:
        return line(question.label, limit=40, validators=[*needed, check_number], **more)
    make, limit = (line, 300) if question.kind is QuestionKind.LINE else (area, 4_000)
    return make(question.label, limit=limit, validators=needed, **more)


def answer_form(
    questions: Sequence[EnquiryQuestion],
    *,
    is_final: bool,
    asks_name: bool,
    kept: EnquiryAnswer | None = None,
) -> AnswerForm:
    """Make the form of an enquiry, filled with what was kept before."""
    controls = {name_of(question): control_for(question) for question in questions}
    if asks_name:
        controls["respondent"] = line(
            _l("Ihr Name und Ihre Funktion"),
            _l("Bitte sagen Sie, wer geantwortet hat.") if is_final else None,
            description=_l("Das sehen nur Ihre Kolleginnen und Kollegen in der Kommune."),
        )
    made = type("MadeForm", (AnswerForm,), controls)
    form: AnswerForm = made(data=begun(questions, kept))
    form.questions, form.is_final = questions, is_final
    return form


def begun(questions: Sequence[EnquiryQuestion], kept: EnquiryAnswer | None) -> dict[str, Any]:
    if kept is None:
        return {"version": "0"}
    filled = {name_of(question): shown(question, kept.values) for question in questions}
    return filled | {"version": str(kept.version), "respondent": kept.respondent}
