"""The shape of what people type about groups."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import DataRequired

from inforo.forms import Form, area, line, options
from inforo.groups.models import Admission, Group, GroupAudience, GroupKind
from inforo.i18n import _l


class GroupForm(Form):
    """What a group is for, who reads it, how one gets in."""

    name = line(_l("Name"), _l("Bitte geben Sie der Gruppe einen Namen."), limit=120)
    purpose = line(
        _l("Wofür ist die Gruppe da?"),
        _l("Bitte schreiben Sie in einem Satz, wofür die Gruppe da ist."),
        limit=300,
        description=_l("Ein Satz. Auch bei geschlossenen Gruppen lesen ihn alle Mitglieder."),
    )
    description = area(_l("Beschreibung"))
    rules = area(
        _l("Regeln"),
        limit=5_000,
        description=_l("Zum Beispiel, was in der Gruppe bleibt und wie Sie sich absprechen."),
    )
    welcome = area(
        _l("Begrüßung"),
        limit=2_000,
        description=_l(
            "Wer neu dazukommt, liest diesen Text auf der Seite der Gruppe und per E-Mail."
        ),
    )
    question_template = area(
        _l("Vorlage für Fragen"),
        limit=2_000,
        description=_l(
            "Steht auf Wunsch im Feld einer neuen Frage, zum Beispiel: Ausgangslage – "
            "Was haben wir versucht – Frage."
        ),
    )
    audience = RadioField(
        _l("Wer liest mit?"),
        choices=options((audience.value, audience.label) for audience in GroupAudience),
        default=GroupAudience.MEMBERS.value,
    )
    admission = RadioField(
        _l("Wie kommt man hinein?"),
        choices=options((admission.value, admission.label) for admission in Admission),
        default=Admission.REQUEST.value,
    )
    admission_question = line(
        _l("Frage an alle, die hineinwollen"),
        limit=300,
        description=_l("Die Antwort liest, wer über die Aufnahme entscheidet."),
    )
    kind = RadioField(
        _l("Was für eine Gruppe ist es?"),
        choices=options((kind.value, kind.label) for kind in GroupKind),
        default=GroupKind.EXCHANGE.value,
    )
    holds_first_posts = BooleanField(
        _l("Erste Beiträge neuer Mitglieder warten auf Freigabe"),
        default=True,
        description=_l(
            "Die Gruppenleitung oder die Koordinierungsstelle sieht sie an, bevor alle sie "
            "lesen. In geschlossenen und verborgenen Gruppen wartet nichts."
        ),
    )
    state_code = SelectField(_l("Land"))
    programme_key = SelectField(_l("Fachmodul"))

    def offer(self, states: list[tuple[str, Any]], programmes: list[tuple[str, Any]]) -> None:
        """Set what may be chosen in the two lists."""
        self.state_code.choices = options(states)
        self.programme_key.choices = options(programmes)

    @property
    def values(self) -> dict[str, Any]:
        """Return what the form says, as the columns of a group."""
        return self.place | {
            "name": self.name.data,
            "purpose": self.purpose.data,
            "description": self.description.data,
            "rules": self.rules.data,
            "welcome": self.welcome.data,
            "admission_question": self.admission_question.data,
            "kind": self.kind.data,
            "question_template": self.question_template.data,
            "audience": self.audience.data,
            "admission": self.admission.data,
            "holds_first_posts": self.holds_first_posts.data,
        }

    @property
    def place(self) -> dict[str, Any]:
        """Return Land and programme, if they are asked for."""
        names = ("state_code", "programme_key")
        return {name: self[name].data or None for name in names if name in self}


class RequestForm(Form):
    """Somebody asks to be let in; a question of the group wants an answer."""

    message = area(
        _l("Ihre Nachricht an die Gruppenleitung"),
        limit=2_000,
        description=_l("Zum Beispiel: in welcher Aufgabe Sie das Thema betrifft."),
    )

    def ask_of(self, group: Group) -> "RequestForm":
        """Put the question of the group into the place of the message."""
        if group.admission_question:
            self.message.label.text = group.admission_question
            self.message.description = _l(
                "Ihre Antwort liest, wer über die Aufnahme entscheidet."
            )
            missing = _l("Bitte beantworten Sie die Frage der Gruppe.")
            self.message.validators = [DataRequired(missing), *self.message.validators[1:]]
            self.message.flags.required = True
        return self
