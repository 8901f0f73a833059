"""The shape of what people type to ask a question."""

import re
from typing import Any

from wtforms import BooleanField, SelectField

from inforo.discussions.forms import quiet_box
from inforo.forms import Checkboxes, Form, area, line, options
from inforo.i18n import _l

EXAMPLE_ID = re.compile(r"(?:/beispiele/|^|[\s,;])(\d{1,15})(?=[-\s,;/?#]|$)")
TITLE = {
    "label": _l("Ihre Frage in einem Satz"),
    "required": _l("Bitte fassen Sie Ihre Frage in einem Satz zusammen."),
}


class ThreadDetails(Form):
    """What helps others find a question: topics, places, examples."""

    terms = Checkboxes(_l("Themen"), validate_choice=False)
    examples = line(
        _l("Praxisbeispiele dazu"),
        limit=1_000,
        description=_l(
            "Adressen oder Nummern von Beispielen der Werkzeugkiste, durch Kommas getrennt."
        ),
    )

    def offer_terms(self, choices: list[tuple[str, Any]]) -> None:
        self.terms.choices = options(choices)

    @property
    def example_ids(self) -> list[int]:
        """Return the numbers of the examples that were named or pasted."""
        return [int(number) for number in EXAMPLE_ID.findall(self.examples.data or "")][:20]


class ThreadForm(ThreadDetails):
    """A new question: two fields; everything else may stay as it is."""

    title = line(limit=200, **TITLE)
    body = area(
        _l("Was möchten Sie wissen?"),
        _l("Bitte beschreiben Sie, was Sie wissen möchten."),
    )
    group_id = SelectField(_l("Wer soll es lesen?"), coerce=str)
    on_behalf = BooleanField(_l("Ich frage im Namen meiner Kommune"))
    confidential = BooleanField(
        _l("Vertraulich über die Koordinierungsstelle stellen"),
        description=_l(
            "Die Stelle sieht Ihren Namen und gibt die Frage ohne ihn weiter. Vorher lesen "
            "Sie den Text und geben ihn frei."
        ),
    )
    with_poll = BooleanField(
        _l("Mit einer Umfrage"),
        description=_l(
            "Sie legen sie im nächsten Schritt an, sobald die Frage veröffentlicht ist."
        ),
    )
    quiet = quiet_box()


class EditThreadForm(ThreadDetails):
    title = line(limit=200, **TITLE)
