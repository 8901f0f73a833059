"""The forms of the readers: their ratings, and what both agreed on."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, SelectField, ValidationError
from wtforms.validators import Optional

from inforo.forms import Checkboxes, Form, area, line, options, with_blank
from inforo.i18n import _, _l
from inforo.toolbox import fields

CRITERIA = 12
HIGHLIGHTED = 3
SENTENCE_LENGTH = 400


def level_choices() -> list[Any]:
    """Return the levels at each request, in the language of the reader."""
    levels = [(str(level), f"{level} – {label}") for level, label in fields.LEVELS.items()]
    return options(with_blank(levels))


class RatingBase(Form):
    """Level and sentence for each of the twelve criteria."""

    keys: Sequence[str] = ()
    is_final = False

    def name_criteria(self, criteria: Sequence[tuple[str, str]]) -> None:
        """Give the numbered fields the names of the criteria."""
        self.keys = [key for key, _label in criteria]
        for number, (_key, label) in enumerate(criteria, 1):
            self[f"level_{number}"].label.text = f"{number} {label}"
            self[f"sentence_{number}"].label.text = _(
                "Ein Satz zu %(criterion)s", criterion=label
            )

    def fill(self, known: Sequence[Any]) -> None:
        """Show what is stored."""
        by_key = {each.criterion_key: each for each in known}
        for number, key in enumerate(self.keys, 1):
            if key in by_key:
                level = by_key[key].level
                self[f"level_{number}"].data = "" if level is None else str(level)
                self[f"sentence_{number}"].data = by_key[key].sentence

    def validate(self, **more: Any) -> bool:
        """Ask for everything when the ratings are handed in, for nothing while drafting."""
        valid = bool(super().validate(**more))
        if not self.is_final:
            return valid
        for number in range(1, CRITERIA + 1):
            level, sentence = self[f"level_{number}"], self[f"sentence_{number}"]
            if not level.data:
                level.errors = [_("Bitte wählen Sie eine Stufe.")]
            if not sentence.data:
                sentence.errors = [_("Bitte begründen Sie die Stufe in einem Satz.")]
        return not self.errors

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "criterion_key": key,
                "level": int(level) if (level := self[f"level_{number}"].data) else None,
                "sentence": self[f"sentence_{number}"].data or "",
            }
            for number, key in enumerate(self.keys, 1)
        ]


class AgreementBase(RatingBase):
    """What both agreed on, with the three criteria that stand out and the result."""

    is_final = True
    is_good = BooleanField(
        _l("Wir empfehlen Good Practice"),
        description=_l("Ohne Haken geht der Beitrag zurück an die Koordinierungsstelle."),
    )
    highlighted = Checkboxes(
        _l("Hervorgehobene Kriterien"),
        validators=[Optional()],
        description=_l("Für Good Practice genau drei, die das Beispiel auszeichnen."),
    )
    note = area(
        _l("Notiz zum Gespräch"),
        limit=4_000,
        description=_l("Sehen Sie beide und die Koordinierungsstelle."),
    )

    def name_criteria(self, criteria: Sequence[tuple[str, str]]) -> None:
        super().name_criteria(criteria)
        self.highlighted.choices = options(criteria)

    def validate_highlighted(self, field: Field) -> None:
        if self.is_good.data and len(field.data or []) != HIGHLIGHTED:
            raise ValidationError(_("Bitte wählen Sie genau drei Kriterien."))

    def rows(self) -> list[dict[str, Any]]:
        chosen = set(self.highlighted.data or []) if self.is_good.data else set()
        return [
            row | {"position": position, "is_highlighted": row["criterion_key"] in chosen}
            for position, row in enumerate(super().rows())
        ]


def numbered() -> dict[str, Any]:
    """Return the fields of the twelve criteria."""
    found: dict[str, Any] = {}
    for number in range(1, CRITERIA + 1):
        found[f"level_{number}"] = SelectField(
            "", choices=level_choices, validators=[Optional()]
        )
        found[f"sentence_{number}"] = line("", limit=SENTENCE_LENGTH)
    return found


RatingForm: Any = type("RatingForm", (RatingBase,), numbered())
AgreementForm: Any = type("AgreementForm", (AgreementBase,), numbered())
