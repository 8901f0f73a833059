"""The shape of what people type about groups."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField

from inforo.forms import Form, area, line, options
from inforo.groups.models import Admission, GroupAudience
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
    welcome = area(
        _l("Begrüßung"),
        limit=2_000,
        description=_l("Wer neu dazukommt, bekommt diesen Text zu lesen."),
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
    state_code = SelectField(_l("Land"))
    programme_key = SelectField(_l("Fachmodul"))

    def offer(self, states: list[tuple[str, Any]], programmes: list[tuple[str, Any]]) -> None:
        """Set what may be chosen in the two lists."""
        self.state_code.choices = options(states)
        self.programme_key.choices = options(programmes)

    @property
    def values(self) -> dict[str, Any]:
        """Return what the form says, as the columns of a group."""
        return {
            "name": self.name.data,
            "purpose": self.purpose.data,
            "description": self.description.data,
            "welcome": self.welcome.data,
            "audience": self.audience.data,
            "admission": self.admission.data,
            "state_code": self.state_code.data or None,
            "programme_key": self.programme_key.data or None,
        }


class RequestForm(Form):
    """Somebody asks to be let in."""

    message = area(
        _l("Ihre Nachricht an die Gruppenleitung"),
        limit=2_000,
        description=_l("Zum Beispiel: in welcher Aufgabe Sie das Thema betrifft."),
    )


class InviteForm(Form):
    """Somebody is invited: searched by name or address, then chosen."""

    person = HiddenField()
    message = area(_l("Persönliche Nachricht"), limit=2_000)


class FollowForm(Form):
    """Whether one hears of new questions in the group."""

    wanted = BooleanField(_l("Über neue Fragen benachrichtigen"))
