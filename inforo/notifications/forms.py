"""What people choose about what they are told, and when."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, ValidationError

from inforo.forms import Checkboxes, Form, options
from inforo.i18n import _, _l
from inforo.notifications.models import Event, Rhythm, Wish

CHANNELS = ("platform", "mail", "digest")
WEEKDAYS = (
    _l("Montag"),
    _l("Dienstag"),
    _l("Mittwoch"),
    _l("Donnerstag"),
    _l("Freitag"),
)
HOURS = [(str(hour), _l("%(hour)s Uhr", hour=hour)) for hour in range(24)]
NEVER = ("", _l("keine Ruhezeit"))


class SettingsForm(Form):
    """Event by channel, the rhythm of the digest, and quiet hours."""

    platform = Checkboxes(_l("Plattform"))
    mail = Checkboxes(_l("E-Mail sofort"))
    digest = Checkboxes(_l("Zusammenfassung"))
    rhythm = RadioField(
        _l("Wie oft soll die Zusammenfassung kommen?"),
        choices=options((each.value, each.label) for each in Rhythm),
        description=_l("Nie am Wochenende, nie an Feiertagen Ihres Landes, nie leer."),
    )
    weekday = SelectField(
        _l("Wochentag"),
        choices=options((str(number), day) for number, day in enumerate(WEEKDAYS)),
        description=_l("Für die wöchentliche. Ist er ein Feiertag, kommt sie danach."),
    )
    hour = SelectField(_l("Uhrzeit"), choices=options(HOURS))
    quiet_from = SelectField(
        _l("Ruhezeit von"),
        choices=options([NEVER, *HOURS]),
        description=_l("In dieser Zeit kommen keine E-Mails, außer zu Ihrem Konto."),
    )
    quiet_until = SelectField(_l("Ruhezeit bis"), choices=options([NEVER, *HOURS]))
    introduced = BooleanField(
        _l("Mitglieder meines Landes dürfen erfahren, dass ich neu bin"),
        description=_l("Nur dann nennen Zusammenfassungen Ihren Namen und Ihren Ort."),
    )

    def offer(self, events: Sequence[Event]) -> None:
        for channel in CHANNELS:
            self[channel].choices = options((event.value, event.label) for event in events)

    def validate_quiet_until(self, field: Any) -> None:
        if bool(field.data) != bool(self.quiet_from.data):
            raise ValidationError(_("Bitte wählen Sie Anfang und Ende der Ruhezeit."))
        if field.data and field.data == self.quiet_from.data:
            raise ValidationError(_("Die Ruhezeit muss enden, bevor sie wieder beginnt."))

    def box(self, channel: str, event: Event) -> Any:
        """Return the checkbox of one cell of the table."""
        return next(box for box in self[channel] if box.data == event.value)

    def wish(self, event: Event) -> Wish:
        return Wish(*(event.value in (self[channel].data or []) for channel in CHANNELS))

    def times(self) -> dict[str, Any]:
        """Return when mails may come, as columns of the settings."""
        return {
            "rhythm": Rhythm(self.rhythm.data),
            "weekday": int(self.weekday.data),
            "hour": int(self.hour.data),
            "quiet_from": int(self.quiet_from.data) if self.quiet_from.data else None,
            "quiet_until": int(self.quiet_until.data) if self.quiet_until.data else None,
            "introduced": bool(self.introduced.data),
        }
