"""The forms of a path, of a step that leads somewhere, and of a text of our own."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from inforo.forms import Form, area, line
from inforo.i18n import _l
from inforo.paths.models import MOST_MINUTES

TITLE_LENGTH = 120
SUMMARY_LENGTH = 300
INTRO_LENGTH = 3_000
TEXT_LENGTH = 6_000


class PathForm(Form):
    """What a path is called and for whom it is."""

    title = line(
        _l("Titel"), _l("Bitte geben Sie dem Lernpfad einen Titel."), limit=TITLE_LENGTH
    )
    summary = line(
        _l("Worum es geht"),
        _l("Bitte sagen Sie in einem Satz, worum es geht."),
        limit=SUMMARY_LENGTH,
        description=_l("Ein Satz für die Übersicht: für wen, und was man danach kann."),
    )
    intro = area(_l("Einleitung"), limit=INTRO_LENGTH)

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "summary": self.summary.data,
            "intro": self.intro.data or "",
        }


class StepForm(Form):
    """How long a step takes and why it stands here."""

    minutes = IntegerField(
        _l("Minuten"),
        validators=[
            InputRequired(_l("Bitte schätzen Sie die Minuten.")),
            NumberRange(
                1, MOST_MINUTES, _l("Bitte eine Zahl zwischen 1 und %(max)s.", max=MOST_MINUTES)
            ),
        ],
        description=_l("So lange braucht man etwa dafür."),
    )
    reason = line(
        _l("Warum dieser Schritt"),
        _l("Bitte schreiben Sie einen Satz, warum."),
        limit=SUMMARY_LENGTH,
    )

    def values(self) -> dict[str, Any]:
        return {"minutes": self.minutes.data, "reason": self.reason.data}


class ThingForm(StepForm):
    """A step that leads to something on inforo."""

    address = line(
        _l("Adresse auf inforo"),
        _l("Bitte fügen Sie die Adresse der Seite ein."),
        limit=500,
        description=_l(
            "Ein Praxisbeispiel, ein Werkzeug, ein Begriff des Glossars oder eine Diskussion. "
            "Wer die Seite nicht lesen darf, sieht den Schritt nicht."
        ),
    )


class TextForm(StepForm):
    """A step with a text of our own."""

    title = line(
        _l("Überschrift"), _l("Bitte geben Sie eine Überschrift an."), limit=TITLE_LENGTH
    )
    body = area(_l("Text"), _l("Bitte schreiben Sie den Text."), limit=TEXT_LENGTH)

    def values(self) -> dict[str, Any]:
        return super().values() | {"title": self.title.data, "body": self.body.data}
