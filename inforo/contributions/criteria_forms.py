"""What authors say about the twelve criteria: a page of the full form."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import Field, SelectField, ValidationError
from wtforms.validators import Optional

from inforo.contributions.forms import blank
from inforo.contributions.snapshots import describe_criterion
from inforo.contributions.step_forms import StepForm
from inforo.forms import Checkboxes, line, options
from inforo.i18n import _, _l
from inforo.toolbox import fields
from inforo.toolbox.models import Example

CRITERIA = 12
MOST_HIGHLIGHTED = 3
REASON_LENGTH = 400


class CriteriaBase(StepForm):
    """Level and reason for each of the twelve criteria; up to three are highlighted."""

    highlighted = Checkboxes(
        _l("Besonders gelungen"),
        description=_l("Wählen Sie bis zu drei Kriterien, die Ihr Beispiel auszeichnen."),
    )
    keys: Sequence[str] = ()

    def validate_highlighted(self, field: Field) -> None:
        if len(field.data or []) > MOST_HIGHLIGHTED:
            raise ValidationError(_("Bitte wählen Sie höchstens drei Kriterien."))

    def name_criteria(self, criteria: Sequence[tuple[str, str]]) -> None:
        """Give the numbered fields the names of the criteria."""
        self.keys = [key for key, _label in criteria]
        self.highlighted.choices = options(criteria)
        for number, (_key, label) in enumerate(criteria, 1):
            self[f"level_{number}"].label.text = f"{number} {label}"

    def fill(self, example: Example) -> None:
        self.take(example, ["criteria"])

    def take(self, example: Example, names: Iterable[str]) -> None:
        if "criteria" not in names:
            return
        known = {criterion.criterion_key: criterion for criterion in example.criteria}
        self.highlighted.data = [
            key for key, criterion in known.items() if criterion.is_highlighted
        ]
        for number, key in enumerate(self.keys, 1):
            if key in known:
                self[f"level_{number}"].data = str(known[key].level)
                self[f"reason_{number}"].data = known[key].reason

    def rows(self) -> list[dict[str, Any]]:
        """Return the criteria something was said about."""
        return [
            {
                "criterion_key": key,
                "position": number - 1,
                "level": int(self[f"level_{number}"].data),
                "reason": self[f"reason_{number}"].data or "",
                "is_highlighted": key in (self.highlighted.data or []),
            }
            for number, key in enumerate(self.keys, 1)
            if self[f"level_{number}"].data
        ]

    def as_words(self) -> dict[str, str]:
        lines = [
            describe_criterion(
                row["criterion_key"], row["level"], row["reason"], row["is_highlighted"]
            )
            for row in self.rows()
        ]
        return {"criteria": "\n".join(lines)}


def level_field() -> Any:
    return SelectField("", choices=level_choices, validators=[Optional()])


def level_choices() -> list[Any]:
    """Return the levels at each request, in the language of the reader."""
    levels = [(str(level), f"{level} – {label}") for level, label in fields.LEVELS.items()]
    return options(blank(levels))


CriteriaForm: Any = type(
    "CriteriaForm",
    (CriteriaBase,),
    {f"level_{number}": level_field() for number in range(1, CRITERIA + 1)}
    | {
        f"reason_{number}": line(_l("Begründung in einem Satz"), limit=REASON_LENGTH)
        for number in range(1, CRITERIA + 1)
    },
)
