"""Forms in which editors keep terms and rings of synonyms."""

from typing import Any

from wtforms import Field, IntegerField, ValidationError
from wtforms.validators import NumberRange, Optional

from inforo.forms import Form, area, line
from inforo.i18n import _, _l

MOST_NAMES = 60
NAME_LENGTH = 120
LARGEST_POSITION = 10_000


def names_in(text: str | None) -> list[str]:
    """Return the names of a field that holds one per line, each once."""
    lines = (" ".join(name.split()) for name in (text or "").splitlines())
    return list(dict.fromkeys(name for name in lines if name))


def check_names(_form: Form, field: Field) -> None:
    names = names_in(field.data)
    if len(names) > MOST_NAMES:
        raise ValidationError(_("Bitte höchstens %(count)s Namen angeben.", count=MOST_NAMES))
    if any(len(name) > NAME_LENGTH for name in names):
        raise ValidationError(
            _("Ein Name darf höchstens %(count)s Zeichen haben.", count=NAME_LENGTH)
        )


def check_ring(form: Form, field: Field) -> None:
    check_names(form, field)
    if len(names_in(field.data)) < 2:
        raise ValidationError(_("Ein Ring braucht mindestens zwei Wörter, je Zeile eines."))


class FixedTermForm(Form):
    """What may be changed of a term whose German label is fixed."""

    label_en = line(_l("Englische Bezeichnung"), limit=NAME_LENGTH)
    aliases = area(
        _l("Andere Namen"),
        limit=4_000,
        description=_l(
            "Je Zeile einer. Die Suche und der Import kennen das Schlagwort auch so."
        ),
        validators=[check_names],
    )

    def values(self) -> dict[str, Any]:
        return {
            "label_en": self.label_en.data or "",
            "aliases": names_in(self.aliases.data),
        }


class TermForm(FixedTermForm):
    """A term of a vocabulary the editors keep."""

    label_de = line(
        _l("Bezeichnung"),
        _l("Bitte geben Sie dem Schlagwort einen Namen."),
        limit=NAME_LENGTH,
        description=_l("Wenn Sie sie ändern, bleibt die alte Bezeichnung als anderer Name."),
    )
    position = IntegerField(
        _l("Stelle in der Liste"),
        validators=[
            Optional(),
            NumberRange(
                0, LARGEST_POSITION, _l("Bitte eine Zahl zwischen 0 und 10.000 angeben.")
            ),
        ],
        description=_l("Kleine Zahlen stehen oben. Leer heißt: am Ende."),
    )

    def values(self) -> dict[str, Any]:
        return super().values() | {
            "label_de": self.label_de.data,
            "position": self.position.data,
        }


class MergeForm(Form):
    """Why one term becomes another."""

    reason = line(
        _l("Begründung"),
        _l("Bitte schreiben Sie einen Satz zur Begründung."),
        limit=500,
        description=_l("Sie steht im Verlauf beider Schlagwörter."),
    )


class RingForm(Form):
    """Words that mean the same to the search."""

    words = area(
        _l("Wörter, die dasselbe bedeuten"),
        _l("Bitte geben Sie mindestens zwei Wörter an."),
        limit=4_000,
        description=_l("Je Zeile eines, auch mehrere Wörter wie „alte Menschen“."),
        validators=[check_ring],
    )
