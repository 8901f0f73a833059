"""The short form, the steps of the full form, and the form for tools."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import Field, HiddenField, IntegerField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional, StopValidation

from inforo import files
from inforo.contributions.snapshots import VOCABULARIES, describe_criterion, words
from inforo.file_checks import CheckedFile, FileRefused
from inforo.forms import Checkboxes, Form, area, line, options, with_blank
from inforo.i18n import _, _l
from inforo.toolbox import fields
from inforo.toolbox.models import EvaluationKind, Example, ExampleKind, MeasureStatus

ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
SUMMARY_LENGTH = 300
SENTENCE_LENGTH = 600
CRITERIA = 12
MOST_HIGHLIGHTED = 3
LARGEST_AMOUNT = 1_000_000_000
LABELS = fields.LABELS


def blank(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
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
        if not typed.isascii() or not typed.isdigit() or int(typed) > LARGEST_AMOUNT:
            raise ValueError(_("Bitte geben Sie eine ganze Zahl in Euro an, z. B. 48.000."))
        self.data = int(typed)


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
    kind = kind_field()
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


class StepForm(Form):
    """One page of the full form. Only its own fields are saved."""

    def fill(self, example: Example) -> None:
        """Show what is stored; called when the page is opened."""
        for field in self.shown_fields():
            field.data = getattr(example, field.short_name)

    def shown_fields(self) -> list[Field]:
        hidden = {"csrf_token", "version"}
        return [field for field in self if field.short_name not in hidden]

    def values(self) -> dict[str, Any]:
        """Return column → value."""
        return {
            field.short_name: empty(field) if field.data in (None, "") else field.data
            for field in self.shown_fields()
        }

    def as_words(self) -> dict[str, str]:
        """Return what was typed as the history would show it, to compare two saves."""
        return {field.short_name: words_of(field) for field in self.shown_fields()}


def empty(field: Field) -> Any:
    return None if isinstance(field, SelectField | Euros) else ""


def words_of(field: Field) -> str:
    if isinstance(field, Checkboxes):
        labels = {option.value: option.label for option in field.choices}
        return ", ".join(str(labels.get(key, key)) for key in field.data or [])
    if isinstance(field, SelectField) and isinstance(field.data, int):
        return str(fields.EVIDENCE[field.data])
    return words(field.data)


class BasicsForm(StepForm):
    title = line(LABELS["title"], _l("Ohne Titel lässt sich nichts speichern."), limit=150)
    kind = kind_field()
    summary = area(
        LABELS["summary"],
        limit=SUMMARY_LENGTH,
        description=_l(
            "Zwei, drei Sätze für Listen und Suche: Was, für wen, mit welchem Erfolg?"
        ),
    )
    organisation_name = line(
        LABELS["organisation_name"], description=_l("Amt, Verein oder Gesellschaft.")
    )
    measure_status = choice(LABELS["measure_status"], MeasureStatus)
    started = line(LABELS["started"], limit=40, description=_l("Jahr oder Monat und Jahr."))
    ended = line(LABELS["ended"], limit=40)
    end_reason = line(LABELS["end_reason"], limit=300)
    contact_name = line(
        LABELS["contact_name"],
        description=_l(
            "Name und Funktion sind öffentlich, Adresse und Telefon sehen Mitglieder."
        ),
    )
    contact_function = line(LABELS["contact_function"], limit=150)
    contact_email = line(LABELS["contact_email"], validators=[email_address])
    contact_phone = line(LABELS["contact_phone"], limit=60)
    deputy_name = line(LABELS["deputy_name"])
    deputy_email = line(LABELS["deputy_email"], validators=[email_address])


class ProblemForm(StepForm):
    problem = area(
        LABELS["problem"],
        description=_l("Was war das Problem, und woher wussten Sie, dass es wichtig ist?"),
    )
    goals = area(LABELS["goals"], description=_l("Was sollte sich für wen ändern?"))


class ApproachForm(StepForm):
    approach = area(
        LABELS["approach"], description=_l("Die Schritte, so dass man sie nachmachen kann.")
    )
    partners = area(LABELS["partners"], description=_l("Wer macht mit, und wer tut was?"))
    participation = area(
        LABELS["participation"],
        description=_l("Wobei bestimmen die Menschen mit, um die es geht?"),
    )
    reach = area(LABELS["reach"], description=_l("Wen und wie viele, und wen noch nicht?"))


class CostsForm(StepForm):
    costs_once = Euros(LABELS["costs_once"], validators=[Optional()])
    costs_per_year = Euros(LABELS["costs_per_year"], validators=[Optional()])
    staff_share = line(
        LABELS["staff_share"],
        limit=300,
        description=_l("Stellenanteile, z. B. 0,3 Stelle Koordination."),
    )
    funding = line(LABELS["funding"], limit=300, description=_l("Wer bezahlt, bis wann?"))
    existing = area(
        LABELS["existing"],
        description=_l("Worauf konnten Sie aufbauen? Ohne das wird es teurer."),
    )


class EffectForm(StepForm):
    evaluation_kind = choice(LABELS["evaluation_kind"], EvaluationKind)
    evaluation_result = area(
        LABELS["evaluation_result"],
        limit=2_000,
        description=_l("In zwei Sätzen, auch wenn es weniger war als erhofft."),
    )
    evidence_level = SelectField(
        LABELS["evidence_level"],
        choices=options(blank((str(level), name) for level, name in fields.EVIDENCE.items())),
        coerce=lambda value: int(value) if value else "",
        validators=[Optional()],
        description=_l("Stufen der Grünen Liste Prävention."),
    )


class TransferForm(StepForm):
    transfer_adapt = area(
        LABELS["transfer_adapt"], description=_l("Was ist bei Ihnen besonders?")
    )
    transfer_core = area(
        LABELS["transfer_core"], description=_l("Ohne was wirkt es nicht mehr?")
    )
    obstacles = area(LABELS["obstacles"], description=_l("Woran ist es fast gescheitert?"))
    lessons = area(LABELS["lessons"], description=_l("Der Rat, den Sie sich gewünscht hätten."))
    literature = area(LABELS["literature"], description=_l("Eine Angabe je Zeile."))


class TermsForm(StepForm):
    """Words of the vocabularies; the view gives the choices."""

    age_phase = Checkboxes(
        LABELS["age_phase"],
        description=_l("Mindestens eine, damit das Beispiel erscheinen kann."),
    )
    transition = Checkboxes(LABELS["transition"])
    field_of_action = Checkboxes(
        LABELS["field_of_action"],
        description=_l("Mindestens eines, damit das Beispiel erscheinen kann."),
    )
    target_group = Checkboxes(LABELS["target_group"])
    setting = Checkboxes(LABELS["setting"])
    recommendation = Checkboxes(LABELS["recommendation"])

    def fill(self, example: Example) -> None:
        for name in VOCABULARIES:
            self[name].data = [term.key for term in example.terms_of(name)]


class CriteriaBase(StepForm):
    """Level and reason for each of the twelve criteria; up to three are highlighted."""

    highlighted = Checkboxes(
        _l("Besonders gelungen"),
        description=_l("Wählen Sie bis zu drei Kriterien, die Ihr Beispiel auszeichnen."),
    )
    keys: Sequence[str] = ()

    def validate_highlighted(self, field: Field) -> None:
        if len(field.data or []) > MOST_HIGHLIGHTED:
            raise ValidationError(_("Bitte wählen Sie höchstens drei Kriterien."))

    def name_criteria(self, criteria: Sequence[tuple[str, str]]) -> None:
        """Give the numbered fields the names of the criteria."""
        self.keys = [key for key, _label in criteria]
        self.highlighted.choices = options(criteria)
        for number, (_key, label) in enumerate(criteria, 1):
            self[f"level_{number}"].label.text = f"{number} {label}"

    def fill(self, example: Example) -> None:
        known = {criterion.criterion_key: criterion for criterion in example.criteria}
        self.highlighted.data = [
            key for key, criterion in known.items() if criterion.is_highlighted
        ]
        for number, key in enumerate(self.keys, 1):
            if key in known:
                self[f"level_{number}"].data = str(known[key].level)
                self[f"reason_{number}"].data = known[key].reason

    def rows(self) -> list[dict[str, Any]]:
        """Return the criteria something was said about."""
        return [
            {
                "criterion_key": key,
                "position": number - 1,
                "level": int(self[f"level_{number}"].data),
                "reason": self[f"reason_{number}"].data or "",
                "is_highlighted": key in (self.highlighted.data or []),
            }
            for number, key in enumerate(self.keys, 1)
            if self[f"level_{number}"].data
        ]

    def as_words(self) -> dict[str, str]:
        lines = [
            describe_criterion(
                row["criterion_key"], row["level"], row["reason"], row["is_highlighted"]
            )
            for row in self.rows()
        ]
        return {"criteria": "\n".join(lines)}


def level_field() -> Any:
    return SelectField("", choices=level_choices, validators=[Optional()])


def level_choices() -> list[Any]:
    """Return the levels at each request, in the language of the reader."""
    levels = [(str(level), f"{level} – {label}") for level, label in fields.LEVELS.items()]
    return options(blank(levels))


CriteriaForm: Any = type(
    "CriteriaForm",
    (CriteriaBase,),
    {f"level_{number}": level_field() for number in range(1, CRITERIA + 1)}
    | {
        f"reason_{number}": line(_l("Begründung in einem Satz"), limit=400)
        for number in range(1, CRITERIA + 1)
    },
)


class FileForm(Form):
    upload = upload_field(_l("Datei"))
    title = line(
        _l("Bezeichnung"),
        limit=150,
        description=_l("Was ist das? Sonst steht da der Dateiname."),
    )
    licence = licence_field()

    def validate_upload(self, field: Field) -> None:
        if field.checked is None and not field.errors:
            raise ValidationError(_("Bitte wählen Sie eine Datei aus."))


class SubmitForm(Form):
    message = area(
        _l("Nachricht an die Koordinierungsstelle"),
        limit=2_000,
        description=_l("Wenn Sie etwas dazu sagen möchten."),
    )


class ToolForm(Form):
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
    upload = upload_field(_l("Datei"))
    kept_file = HiddenField()

    def validate_upload(self, field: Field) -> None:
        if field.checked is None and not field.errors and not self.kept_file.data:
            raise ValidationError(_("Bitte wählen Sie eine Datei aus."))
