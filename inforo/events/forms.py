"""The form of an event, and of a file of its documentation."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wtforms import DateTimeLocalField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from inforo.clock import BERLIN
from inforo.editorial.forms import AttachForm, SubmissionForm
from inforo.events.models import Mode
from inforo.forms import area, line, options, with_blank
from inforo.i18n import _, _l
from inforo.partnership.forms import web_address

YEARS = range(1990, 2101)
IN_GROUP = _l("Dann steht er auch auf der Seite der Gruppe.")
IN_PROTECTED = _l(
    "Dann steht er auch auf der Seite der Gruppe. Ist die Gruppe geschützt, erfährt nur sie, "
    "dass er zu ihr gehört. Den Termin selbst sehen alle, die Sie bei „Wer darf es lesen?“ "
    "wählen."
)


class Moment(DateTimeLocalField):  # type: ignore[misc]
    """A time in Berlin, from the browser's calendar or typed: 24.12.2026 18:00."""

    data: datetime | None

    def __init__(self, label: Any, **more: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M"]
        super().__init__(label, format=formats, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        message = _("Bitte geben Sie Tag und Uhrzeit an, z. B. 24.12.2026 18:00.")
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(message) from error
        if self.data and self.data.year not in YEARS:
            self.data = None
            raise ValueError(message)


def in_berlin(typed: datetime | None) -> datetime:
    """Return a typed time as people in Berlin mean it; fields that need one have one."""
    if typed is None:
        raise ValueError("no time")
    return typed.replace(tzinfo=BERLIN)


class EventForm(SubmissionForm):
    """When, where, what and by whom; afterwards what remains of it."""

    kind_key = SelectField(
        _l("Art des Termins"),
        validators=[InputRequired(_l("Bitte wählen Sie, was für ein Termin es ist."))],
    )
    starts = Moment(
        _l("Beginn"), validators=[InputRequired(_l("Bitte geben Sie an, wann es beginnt."))]
    )
    ends = Moment(
        _l("Ende"),
        validators=[Optional()],
        description=_l("Bei einer Frist oder wenn es offen ist, bleibt das leer."),
    )
    mode = SelectField(
        _l("Vor Ort oder online?"),
        choices=options((mode.value, mode.label) for mode in Mode),
        coerce=Mode,
    )
    place = line(_l("Ort"), description=_l("Haus, Straße und Stadt."))
    organiser = line(_l("Veranstaltet von"), _l("Bitte geben Sie an, wer einlädt."))
    registration_url = line(
        _l("Link zur Anmeldung"), limit=500, validators=[web_address], description="https://…"
    )
    video_url = line(
        _l("Link zum Video"),
        limit=500,
        validators=[web_address],
        description=_l("Wenn es vorbei ist: die Aufzeichnung."),
    )
    minutes = area(
        _l("Protokoll"), limit=20_000, description=_l("Wenn es vorbei ist: was herauskam.")
    )

    group = SelectField(_l("Gruppe"), validators=[Optional()])

    def offer(self, kinds: Iterable[tuple[str, str]]) -> None:
        self.kind_key.choices = options(with_blank(kinds))

    def offer_groups(self, groups: Iterable[tuple[str, str]], *, protected: bool) -> None:
        """Offer groups the event may belong to; without any the form does not ask."""
        offered = list(groups)
        if not offered:
            del self.group
            return
        self.group.choices = options(with_blank(offered, _l("keine")))
        self.group.description = IN_PROTECTED if protected else IN_GROUP

    def validate_ends(self, field: Any) -> None:
        if field.data and self.starts.data and field.data < self.starts.data:
            raise ValidationError(_("Das Ende liegt vor dem Beginn."))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if self.mode.data in (Mode.ONSITE, Mode.BOTH) and not self.place.data:
            self.place.errors = [_("Bitte geben Sie den Ort an.")]
            return False
        return is_valid

    def chosen_group(self) -> dict[str, Any]:
        """Return the group as a column; a form that did not ask leaves it as it is."""
        if not self.group:
            return {}
        return {"group_id": int(self.group.data) if self.group.data else None}

    def values(self) -> dict[str, Any]:
        starts = in_berlin(self.starts.data)
        ends = in_berlin(self.ends.data) if self.ends.data else starts
        names = ("kind_key", "mode", "place", "organiser", "registration_url", "video_url")
        return (
            super().values()
            | {name: self[name].data or "" for name in names}
            | self.chosen_group()
            | {
                "minutes": self.minutes.data or "",
                "starts_at": starts,
                "ends_at": max(starts, ends),
            }
        )


class DocumentForm(AttachForm):
    """A file, e.g. slides, with who spoke."""

    speaker = line(_l("Wer hat gesprochen?"))
    organisation = line(_l("Organisation"))

    def values(self) -> dict[str, Any]:
        return super().values() | {
            "speaker": self.speaker.data or "",
            "organisation": self.organisation.data or "",
        }
