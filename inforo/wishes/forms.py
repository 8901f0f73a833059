"""The shape of what one chooses about following."""

from wtforms import RadioField

from inforo.forms import Form, options
from inforo.i18n import _l
from inforo.watching.models import Level

HABITS = {
    Level.FOLLOW: _l("Ich folge der Diskussion: Ich erfahre von jeder weiteren Antwort."),
    Level.WATCH: _l("Ich beobachte sie: auch, wenn die Frage als beantwortet gilt."),
    Level.NORMAL: _l("Nichts: Ich entscheide jedes Mal selbst."),
}


class HabitForm(Form):
    """What answering a thread does."""

    by_answering = RadioField(
        _l("Wenn ich in einer Diskussion antworte"),
        choices=options((level.value, label) for level, label in HABITS.items()),
        default=Level.FOLLOW.value,
    )
