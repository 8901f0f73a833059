"""What people choose about mails."""

from inforo.forms import Checkboxes, Form, options
from inforo.i18n import _l
from inforo.notifications.models import Event


class MailForm(Form):
    """Which kinds of events come by mail. Decisions about oneself always do."""

    events = Checkboxes(
        _l("Per E-Mail schicken"),
        description=_l("Auf der Plattform sehen Sie in jedem Fall alles."),
    )

    def offer(self, events: list[Event]) -> None:
        self.events.choices = options((event.value, event.label) for event in events)
