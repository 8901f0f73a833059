"""The shape of an enquiry, its questions and its target."""

from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, Field, RadioField, ValidationError

from inforo.clock import today
from inforo.config import settings
from inforo.enquiries.models import EnquiryQuestion
from inforo.enquiries.states import Audience, QuestionKind
from inforo.forms import LINE_LENGTH, Checkboxes, Day, Form, area, line, one_line
from inforo.forms import options as offered
from inforo.i18n import _, _l
from inforo.municipalities.models import MunicipalityKind, SizeClass

FEWEST_OPTIONS, MOST_OPTIONS = 2, 15


class EnquiryForm(Form):
    """What it is about, and why."""

    title = line(
        _l("Titel"),
        _l("Bitte geben Sie der Abfrage einen Titel."),
        description=_l("Zum Beispiel: Wie sind Hitzeaktionspläne organisiert?"),
    )
    purpose = area(
        _l("Warum fragen Sie, und was geschieht mit den Antworten?"),
        _l("Bitte schreiben Sie, wozu Sie die Antworten brauchen."),
        limit=4_000,
        description=_l("Das lesen alle, die Sie fragen, über den Fragen."),
    )


class QuestionForm(Form):
    label = line(_l("Frage"), _l("Bitte schreiben Sie die Frage."), limit=300)
    hint = line(
        _l("Hinweis dazu"), limit=300, description=_l("Zum Beispiel: was mitzählen soll.")
    )
    kind = RadioField(
        _l("Wie wird geantwortet?"),
        choices=offered((kind.value, kind.label) for kind in QuestionKind),
        default=QuestionKind.ONE.value,
    )
    options = area(
        _l("Antworten zur Auswahl"),
        description=_l("Eine je Zeile, 2 bis 15. Nur für Fragen mit einer Liste."),
        limit=4_000,
    )
    unit = line(
        _l("Einheit"),
        limit=40,
        description=_l("Nur für Zahlen, zum Beispiel: Stunden je Woche."),
    )
    is_required = BooleanField(_l("Diese Frage muss beantwortet werden"))

    @property
    def chosen(self) -> QuestionKind:
        return QuestionKind(self.kind.data)

    @property
    def labels(self) -> list[str]:
        rows = (one_line(row) for row in (self.options.data or "").splitlines())
        return [row for row in rows if row]

    def validate_options(self, _field: Field) -> None:
        if self.kind.data not in {QuestionKind.ONE, QuestionKind.MANY}:
            return
        labels = self.labels
        if not FEWEST_OPTIONS <= len(labels) <= MOST_OPTIONS:
            raise ValidationError(
                _(
                    "Bitte schreiben Sie 2 bis 15 Antworten; es sind %(count)s.",
                    count=len(labels),
                )
            )
        if len({label.casefold() for label in labels}) < len(labels):
            raise ValidationError(_("Eine Antwort steht zweimal da."))
        if max(map(len, labels)) > LINE_LENGTH:
            raise ValidationError(_("Bitte kürzen Sie jede Antwort auf höchstens 200 Zeichen."))

    @property
    def values(self) -> dict[str, Any]:
        has_list = self.chosen in {QuestionKind.ONE, QuestionKind.MANY}
        return {
            "label": self.label.data,
            "hint": self.hint.data,
            "kind": self.chosen,
            "options": self.labels if has_list else [],
            "unit": self.unit.data if self.chosen is QuestionKind.NUMBER else "",
            "is_required": self.is_required.data,
        }


def question_data(question: EnquiryQuestion) -> dict[str, Any]:
    """Return a question as its form begins with it."""
    return {
        "label": question.label,
        "hint": question.hint,
        "kind": question.kind.value,
        "options": "\n".join(question.options),
        "unit": question.unit,
        "is_required": question.is_required,
    }


class EndForm(Form):
    """A last day, not too near and not too far."""

    ends_on = Day(
        _l("Letzter Tag"), _l("Bitte geben Sie an, bis wann geantwortet werden kann.")
    )

    def __init__(self, *, earliest: date, latest: date | None = None, **values: Any) -> None:
        super().__init__(**values)
        self.earliest = earliest
        self.latest = latest or today() + timedelta(days=settings.enquiry_longest_days)
        self.ends_on.description = _(
            "Frühestens am %(earliest)s, spätestens am %(latest)s.",
            earliest=f"{self.earliest:%d.%m.%Y}",
            latest=f"{self.latest:%d.%m.%Y}",
        )

    def validate_ends_on(self, field: Field) -> None:
        if field.data is None:
            return
        if field.data < self.earliest:
            raise ValidationError(
                _(
                    "Das ist zu früh. Frühestens möglich: %(day)s.",
                    day=f"{self.earliest:%d.%m.%Y}",
                )
            )
        if field.data > self.latest:
            raise ValidationError(
                _(
                    "Das ist zu spät. Spätestens möglich: %(day)s.",
                    day=f"{self.latest:%d.%m.%Y}",
                )
            )


class TargetForm(EndForm):
    """Whom it goes to, until when, and who reads the result. Nothing ticked narrows nothing."""

    states = Checkboxes(_l("Länder"))
    kinds = Checkboxes(
        _l("Art der Kommune"),
        choices=offered((kind.value, kind.label) for kind in MunicipalityKind),
    )
    sizes = Checkboxes(
        _l("Größe"), choices=offered((size.value, size.label) for size in SizeClass)
    )
    topics = Checkboxes(
        _l("Themen"),
        description=_l("Nur Kommunen, die eines davon in ihrer Visitenkarte nennen."),
    )
    audience = RadioField(
        _l("Wer liest das Ergebnis?"),
        choices=offered((who.value, who.label) for who in Audience),
        default=Audience.RESPONDENTS.value,
        description=_l("Sie selbst und die Koordinierungsstelle lesen es immer."),
    )
    names = RadioField(
        _l("Was zeigt das Ergebnis?"),
        choices=offered(
            [
                ("totals", _l("Nur Summen, ohne die einzelne Kommune")),
                ("named", _l("Auch, welche Kommune was geantwortet hat")),
            ]
        ),
        default="totals",
        description=_l("Wer antwortet, sieht das vorher."),
    )

    @property
    def target(self) -> dict[str, list[str]]:
        return {
            name: list(self[name].data or []) for name in ("states", "kinds", "sizes", "topics")
        }

    @property
    def values(self) -> dict[str, Any]:
        return {
            "target": self.target,
            "ends_on": self.ends_on.data,
            "audience": Audience(self.audience.data),
            "is_named": self.names.data == "named",
        }
