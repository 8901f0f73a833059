"""The form of an entry."""

from typing import Any

from wtforms import Field, ValidationError

from inforo.forms import Checkboxes, Form, area, line
from inforo.glossary.models import MOST_CHARACTERS
from inforo.i18n import _, _l

MOST_FORMS = 60
NAME_LENGTH = 120


def lines_of(text: str | None) -> list[str]:
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def check_forms(_form: Form, field: Field) -> None:
    names = lines_of(field.data)
    if len(names) > MOST_FORMS or any(len(name) > NAME_LENGTH for name in names):
        raise ValidationError(
            _(
                "Bitte höchstens %(count)s Formen mit je höchstens %(length)s Zeichen.",
                count=MOST_FORMS,
                length=NAME_LENGTH,
            )
        )


class EntryForm(Form):
    """A word, what it means, and how else it is written."""

    title = line(_l("Begriff"), _l("Bitte geben Sie den Begriff an."), limit=NAME_LENGTH)
    definition = area(
        _l("Erklärung"),
        _l("Bitte erklären Sie den Begriff."),
        limit=MOST_CHARACTERS,
        description=_l("Wenige kurze Sätze in eigenen Worten."),
    )
    forms = area(
        _l("Andere Schreibweisen und gebeugte Formen"),
        limit=4_000,
        validators=[check_forms],
        description=_l("Je Zeile eine. Einfache Mehrzahl erkennt inforo selbst."),
    )
    source = line(_l("Quelle"), limit=300)
    see_also = Checkboxes(_l("Siehe auch"))

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "definition": self.definition.data,
            "forms": lines_of(self.forms.data),
            "source": self.source.data or "",
            "see_also": self.see_also.data or [],
        }
