"""The shape of a message, and of the first one of a conversation."""

from wtforms import RadioField, ValidationError

from inforo.config import settings
from inforo.forms import Checkboxes, Form, area, line, options
from inforo.i18n import _, _l, ngettext
from inforo.reports.models import ReportReason


class MessageForm(Form):
    body = area(_l("Ihre Nachricht"), _l("Bitte schreiben Sie zuerst eine Nachricht."))


class StartForm(MessageForm):
    """A new conversation. Whom the search found is offered beside who is chosen already."""

    recipients = Checkboxes(_l("An"), validate_choice=False)
    subject = line(_l("Betreff"), _l("Bitte nennen Sie in wenigen Worten, worum es geht."))

    @property
    def chosen(self) -> list[int]:
        """Return the ids that were ticked, each once, in their order."""
        given = [each for each in self.recipients.data or [] if each.isdecimal()]
        return list(dict.fromkeys(int(each) for each in given if len(each) < 16))

    def validate_recipients(self, _field: Checkboxes) -> None:
        most = settings.conversation_people - 1
        if not self.chosen:
            raise ValidationError(_("Bitte suchen Sie eine Person und wählen Sie sie aus."))
        if len(self.chosen) > most:
            raise ValidationError(
                ngettext(
                    "Höchstens eine Person auf einmal.",
                    "Höchstens %(num)s Personen auf einmal. Für mehr gibt es Gruppen.",
                    most,
                )
            )


class ReportForm(Form):
    reason = RadioField(
        _l("Was stimmt mit der Nachricht nicht?"),
        choices=options((reason.value, reason.label) for reason in ReportReason),
        default=ReportReason.RUDE.value,
    )
    text = area(_l("Erläuterung"), limit=2_000)
