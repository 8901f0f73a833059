"""The pages of the full form. Only the fields of the page that was sent are saved.

The criteria have a file of their own: `criteria_forms.py`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from wtforms import Field, SelectField
from wtforms.validators import Optional

from inforo.contributions.forms import (
    Euros,
    blank,
    choice,
    email_address,
    kind_field,
)
from inforo.contributions.snapshots import VOCABULARIES, words
from inforo.forms import Checkboxes, Form, area, line, options
from inforo.i18n import _l, in_language
from inforo.toolbox import fields
from inforo.toolbox.models import Example
from inforo.toolbox.states import EvaluationKind, MeasureStatus, ObstacleAudience
from inforo.vocabularies.models import Term

SUMMARY_LENGTH = 300
TEXT_LENGTH = 5_000
LABELS = fields.LABELS
FAILED = fields.FAILED_LABELS


def long_text(label: Any, description: Any, limit: int = TEXT_LENGTH) -> Any:
    return area(label, limit=limit, description=description)


class StepForm(Form):
    """One page of the full form. Only its own fields are saved."""

    def fill(self, example: Example) -> None:
        """Show what is stored; called when the page is opened."""
        self.take(example, [field.short_name for field in self.shown_fields()])

    def take(self, example: Example, names: Iterable[str]) -> None:
        """Show what is stored in some fields; other names belong to the page, not to us."""
        for name in names:
            if name in self:
                self[name].data = getattr(example, name)

    def shown_fields(self) -> list[Field]:
        hidden = {"csrf_token", "version"}
        return [field for field in self if field.short_name not in hidden]

    def values(self, without: Collection[str] = ()) -> dict[str, Any]:
        """Return column → value."""
        return {
            field.short_name: empty(field) if field.data in (None, "") else field.data
            for field in self.shown_fields()
            if field.short_name not in without
        }

    def as_words(self) -> dict[str, str]:
        """Return what was typed as the history would show it, to compare two saves."""
        with in_language("de"):
            return {field.short_name: words_of(field) for field in self.shown_fields()}


def empty(field: Field) -> Any:
    return None if isinstance(field, SelectField | Euros) else ""


def words_of(field: Field) -> str:
    if isinstance(field, SelectField) and isinstance(field.data, int):
        return str(fields.EVIDENCE[field.data])
    return words(field.data)


class BasicsForm(StepForm):
    title = line(
        LABELS["title"],
        _l("Ohne Titel lässt sich nichts speichern."),
        limit=150,
        description=_l("So, dass man weiß, worum es geht, auch ohne den Text."),
    )
    kind = kind_field()
    summary = long_text(
        LABELS["summary"],
        _l("Zwei, drei Sätze für Listen und Suche: Was, für wen, mit welchem Erfolg?"),
        SUMMARY_LENGTH,
    )
    organisation_name = line(
        LABELS["organisation_name"], description=_l("Amt, Verein oder Gesellschaft.")
    )
    measure_status = choice(
        LABELS["measure_status"],
        MeasureStatus,
        description=_l("Wie weit ist das Angebot heute?"),
    )
    started = line(LABELS["started"], limit=40, description=_l("Jahr oder Monat und Jahr."))
    ended: Any = line(LABELS["ended"], limit=40, description=_l("Nur, wenn es zu Ende ist."))
    end_reason: Any = line(
        LABELS["end_reason"], limit=300, description=_l("Auch „Ziel erreicht“ ist ein Grund.")
    )
    contact_name = line(
        LABELS["contact_name"],
        description=_l(
            "Name und Funktion sind öffentlich, Adresse und Telefon sehen Mitglieder."
        ),
    )
    contact_function = line(
        LABELS["contact_function"],
        limit=150,
        description=_l("Amt oder Aufgabe, dienstlich."),
    )
    contact_email = line(
        LABELS["contact_email"],
        validators=[email_address],
        description=_l("Eine dienstliche Adresse, am besten die des Amtes."),
    )
    contact_phone = line(LABELS["contact_phone"], limit=60, description=_l("Dienstlich."))
    deputy_name = line(
        LABELS["deputy_name"], description=_l("Wer antwortet, wenn die erste Person geht?")
    )
    deputy_function = line(
        LABELS["deputy_function"], limit=150, description=_l("Amt oder Aufgabe.")
    )
    deputy_email = line(
        LABELS["deputy_email"], validators=[email_address], description=_l("Dienstlich.")
    )
    deputy_phone = line(LABELS["deputy_phone"], limit=60, description=_l("Dienstlich."))


class FailedBasicsForm(BasicsForm):
    """When and why it ended is asked where the story is told."""

    ended: Any = None
    end_reason: Any = None


class ProblemForm(StepForm):
    problem = long_text(
        LABELS["problem"], _l("Was war das Problem, für wen, wo? Zahlen helfen.")
    )
    relevance = long_text(
        LABELS["relevance"],
        _l("Woher wussten Sie, dass es wichtig ist? Bericht, Befragung, Beobachtung …"),
    )
    goals = long_text(LABELS["goals"], _l("Was sollte sich für wen ändern, bis wann?"))


class ApproachForm(StepForm):
    approach = long_text(
        LABELS["approach"], _l("Die Schritte, so dass man sie nachmachen kann.")
    )
    partners = long_text(LABELS["partners"], _l("Wer macht mit, und wer tut was?"))
    participation = long_text(
        LABELS["participation"], _l("Wobei bestimmen die Menschen mit, um die es geht?")
    )
    reach = long_text(LABELS["reach"], _l("Wen und wie viele, und wen noch nicht?"))


class CostsForm(StepForm):
    costs_once = Euros(
        LABELS["costs_once"],
        validators=[Optional()],
        description=_l("Was am Anfang einmal anfiel, in ganzen Euro."),
    )
    costs_per_year = Euros(
        LABELS["costs_per_year"],
        validators=[Optional()],
        description=_l("Mit Personal, in ganzen Euro."),
    )
    staff_share = line(
        LABELS["staff_share"],
        limit=300,
        description=_l("Stellenanteile, z. B. 0,3 Stelle Koordination."),
    )
    funding = line(LABELS["funding"], limit=300, description=_l("Wer bezahlt, bis wann?"))
    existing = long_text(
        LABELS["existing"], _l("Worauf konnten Sie aufbauen? Ohne das wird es teurer.")
    )


class EffectForm(StepForm):
    evaluation_kind = choice(
        LABELS["evaluation_kind"],
        EvaluationKind,
        description=_l("Keine ist eine ehrliche Antwort."),
    )
    evaluation_result = long_text(
        LABELS["evaluation_result"],
        _l("In zwei Sätzen, auch wenn es weniger war als erhofft."),
        2_000,
    )
    evidence_level = SelectField(
        LABELS["evidence_level"],
        choices=options(blank((str(level), name) for level, name in fields.EVIDENCE.items())),
        coerce=lambda value: int(value) if value else "",
        validators=[Optional()],
        description=_l("Stufen der Grünen Liste Prävention."),
    )


def audience_field() -> Any:
    return SelectField(
        LABELS["obstacles_audience"],
        choices=options((audience.value, audience.label) for audience in ObstacleAudience),
        coerce=ObstacleAudience,
        description=_l("Gilt für Stolpersteine und was Sie heute anders machen würden."),
    )


class TransferForm(StepForm):
    transfer_adapt = long_text(LABELS["transfer_adapt"], _l("Was ist bei Ihnen besonders?"))
    transfer_core = long_text(LABELS["transfer_core"], _l("Ohne was wirkt es nicht mehr?"))
    obstacles = long_text(LABELS["obstacles"], _l("Woran ist es fast gescheitert?"))
    lessons = long_text(LABELS["lessons"], _l("Der Rat, den Sie sich gewünscht hätten."))
    obstacles_audience = audience_field()
    literature = long_text(LABELS["literature"], _l("Eine Angabe je Zeile."))


class StoryForm(StepForm):
    """What did not work: the plan, the course, the end."""

    approach = long_text(FAILED["approach"], _l("Was wollten Sie tun, mit wem, wie lange?"))
    partners = long_text(LABELS["partners"], _l("Wer war dabei, und wer hat gefehlt?"))
    evaluation_result = long_text(
        FAILED["evaluation_result"],
        _l("Erzählen Sie es der Reihe nach. Auch Teilerfolge gehören dazu."),
    )
    ended = line(FAILED["ended"], limit=40, description=_l("Monat und Jahr genügen."))
    end_reason = long_text(
        FAILED["end_reason"],
        _l("Was gab den Ausschlag? Oft sind es mehrere Gründe."),
        2_000,
    )


class AdviceForm(StepForm):
    """What did not work: what others can take from it."""

    lessons = long_text(FAILED["lessons"], _l("Wenn Sie morgen noch einmal anfangen könnten."))
    transfer_adapt = long_text(
        FAILED["transfer_adapt"], _l("Ein Satz an eine Kommune, die dasselbe vorhat.")
    )
    obstacles = long_text(
        LABELS["obstacles"], _l("Woran es hakte, auch Kleinigkeiten. Ohne Namen von Personen.")
    )
    obstacles_audience = audience_field()
    literature = long_text(LABELS["literature"], _l("Eine Angabe je Zeile."))


class TermsForm(StepForm):
    """Words of the vocabularies; the view gives the choices."""

    age_phase = Checkboxes(
        LABELS["age_phase"],
        description=_l("Mindestens eine, damit das Beispiel erscheinen kann."),
    )
    transition = Checkboxes(
        LABELS["transition"], description=_l("Wenn es um einen Wechsel im Leben geht.")
    )
    field_of_action = Checkboxes(
        LABELS["field_of_action"],
        description=_l("Mindestens eines, damit das Beispiel erscheinen kann."),
    )
    target_group = Checkboxes(
        LABELS["target_group"], description=_l("Wen das Angebot wirklich erreichen soll.")
    )
    setting = Checkboxes(
        LABELS["setting"], description=_l("Wo die Menschen das Angebot treffen.")
    )
    recommendation = Checkboxes(
        LABELS["recommendation"], description=_l("Welchen der sieben Empfehlungen folgt es?")
    )

    known: Mapping[str, str] = {}

    def offer(self, terms: Mapping[str, Sequence[Term]]) -> None:
        """Give the words to choose from."""
        for name, offered in terms.items():
            self[name].choices = options((term.key, term.label) for term in offered)
        self.known = {term.key: term.label_de for each in terms.values() for term in each}

    def as_words(self) -> dict[str, str]:
        return {
            name: ", ".join(self.known.get(key, key) for key in self[name].data or [])
            for name in VOCABULARIES
        }

    def take(self, example: Example, names: Iterable[str]) -> None:
        for name in set(names) & set(VOCABULARIES):
            self[name].data = [term.key for term in example.terms_of(name)]
