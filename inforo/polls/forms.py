"""The shape of a poll and of a ballot."""

from datetime import date, timedelta
from typing import Any

from wtforms import Field, RadioField, ValidationError
from wtforms.validators import InputRequired

from inforo.clock import today
from inforo.forms import LINE_LENGTH, Checkboxes, Day, Form, area, line, one_line
from inforo.forms import options as offered
from inforo.i18n import _, _l
from inforo.polls.queries import State

FEWEST, MOST = 2, 12
FARTHEST = timedelta(days=366)


def last_day() -> Day:
    return Day(_l("Letzter Tag"), _l("Bitte geben Sie an, bis wann abgestimmt werden kann."))


class DayForm(Form):
    """What all forms of polls ask of the last day."""

    def validate_ends_on(self, field: Field) -> None:
        if field.data is None:
            return
        if field.data < today():
            raise ValidationError(_("Dieser Tag ist schon vorbei."))
        if field.data > today() + FARTHEST:
            raise ValidationError(_("Höchstens ein Jahr im Voraus."))


class ProlongForm(DayForm):
    """All that may change once somebody voted."""

    ends_on = last_day()

    def __init__(self, ended_on: date, **given: Any) -> None:
        super().__init__(**given)
        self.ended_on = ended_on

    def validate_ends_on(self, field: Field) -> None:
        if field.data is not None and field.data < self.ended_on:
            raise ValidationError(
                _("Der letzte Tag lässt sich nur noch nach hinten verschieben.")
            )
        super().validate_ends_on(field)


class WordsForm(DayForm):
    """What a poll asks and offers."""

    question = line(
        _l("Worüber soll abgestimmt werden?"), _l("Bitte schreiben Sie eine Frage.")
    )
    options = area(
        _l("Antworten zur Auswahl"),
        _l("Bitte schreiben Sie mindestens zwei Antworten."),
        description=_l("Eine je Zeile, 2 bis 12."),
    )

    @property
    def labels(self) -> list[str]:
        lines = (one_line(row) for row in (self.options.data or "").splitlines())
        return [row for row in lines if row]

    def validate_options(self, _field: Field) -> None:
        count = len(self.labels)
        if not FEWEST <= count <= MOST:
            raise ValidationError(
                _("Bitte schreiben Sie 2 bis 12 Antworten; es sind %(count)s.", count=count)
            )
        if len({label.casefold() for label in self.labels}) < count:
            raise ValidationError(_("Eine Antwort steht zweimal da."))
        if max(map(len, self.labels)) > LINE_LENGTH:
            raise ValidationError(_("Bitte kürzen Sie jede Antwort auf höchstens 200 Zeichen."))


class EditForm(WordsForm):
    """A poll nobody answered yet."""

    ends_on = last_day()


class PollForm(WordsForm):
    """A new poll; the defaults are the careful ones."""

    choices = RadioField(
        _l("Wie viele Antworten darf eine Person wählen?"),
        choices=offered([("one", _l("eine")), ("many", _l("mehrere"))]),
        default="one",
    )
    secrecy = RadioField(
        _l("Wer sieht, wer was gewählt hat?"),
        choices=offered(
            [
                ("anonymous", _l("Niemand: Die Umfrage ist anonym")),
                ("named", _l("Alle Mitglieder, die diese Diskussion lesen")),
            ]
        ),
        default="anonymous",
        description=_l(
            "Anonym heißt: Die Stimmen werden ohne Namen gespeichert, und das Ergebnis "
            "erscheint erst, wenn genug Personen abgestimmt haben."
        ),
    )
    result = RadioField(
        _l("Wann ist das Ergebnis zu sehen?"),
        choices=offered(
            [
                ("after", _l("Nach der eigenen Stimme, für alle nach dem Ende")),
                ("before", _l("Von Anfang an")),
            ]
        ),
        default="after",
    )

    ends_on = last_day()

    @property
    def values(self) -> dict[str, Any]:
        return {
            "question": self.question.data,
            "options": self.labels,
            "is_multiple": self.choices.data == "many",
            "is_named": self.secrecy.data == "named",
            "shows_early": self.result.data == "before",
            "ends_on": self.ends_on.data,
        }


NOTHING_CHOSEN = InputRequired(_l("Bitte wählen Sie eine Antwort."))


class OneForm(Form):
    """A ballot with one choice."""

    choice = RadioField(validate_choice=False, validators=[NOTHING_CHOSEN])

    @property
    def chosen(self) -> list[str]:
        return [self.choice.data]


class ManyForm(Form):
    """A ballot with several choices."""

    choice = Checkboxes(validate_choice=False, validators=[NOTHING_CHOSEN])

    @property
    def chosen(self) -> list[str]:
        return list(self.choice.data)


def ballot(state: State, **given: Any) -> Any:
    """Return the form of a ballot for this poll, with what the person chose before."""
    chosen: Any = state.chosen if state.poll.is_multiple else next(iter(state.chosen), None)
    form = (ManyForm if state.poll.is_multiple else OneForm)(data={"choice": chosen}, **given)
    form.choice.label.text = state.poll.question
    form.choice.choices = offered((str(row.id), row.label) for row in state.options)
    if state.poll.is_multiple:
        form.choice.description = _("Sie können mehrere Antworten wählen.")
    return form
