"""The form of the self-check: a level for each criterion."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from inforo.forms import Form, line, options
from inforo.i18n import _, _l
from inforo.learning.criteria import Guide, guides
from inforo.toolbox.fields import LEVELS

UNRATED = ""
UNTITLED = 120


class SelfCheckForm(Form):
    """The name of the project; fields for the criteria are added by `self_check_form`."""

    title = line(
        _l("Name Ihres Vorhabens"),
        limit=UNTITLED,
        description=_l("Nur für Sie, zum Wiederfinden."),
    )
    keys: tuple[str, ...] = ()

    def levels(self) -> dict[str, int]:
        """Return criterion → level of those that were rated."""
        return {key: int(self[key].data) for key in self.keys if self[key].data}

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if is_valid and not self.levels():
            self.form_errors.append(_("Bitte schätzen Sie mindestens ein Kriterium ein."))
            return False
        return is_valid


def explained(guide: Guide) -> Markup:
    """Return what stands between the name of a criterion and its levels."""
    return Markup(
        '<span lang="de">{}</span> <strong>{}</strong> <span lang="de">{}</span>'
    ).format(guide.about, _("Woran man es sieht:"), guide.evidence)


def self_check_form(criteria: Iterable[tuple[str, str]]) -> SelfCheckForm:
    """Return the form with one row of choices per criterion (key, label)."""
    levels = [(str(level), f"{level} – {label}") for level, label in LEVELS.items()]
    fields = {
        key: RadioField(
            label,
            choices=options(levels),
            validators=[Optional()],
            description=explained(guides()[key]),
        )
        for key, label in criteria
    }
    made = type("FilledSelfCheckForm", (SelfCheckForm,), {**fields, "keys": tuple(fields)})
    form: SelfCheckForm = made()
    return form


def why() -> Any:
    return line(_l("Warum"), _l("Bitte schreiben Sie einen kurzen Satz, warum."), limit=200)


class RecommendationForm(Form):
    """What is recommended for which phase, and why."""

    term = SelectField(_l("Altersphase oder Prozessschritt"))
    address = line(
        _l("Adresse des Beispiels oder Werkzeugs"),
        _l("Bitte fügen Sie die Adresse der Seite ein."),
        limit=500,
        description=_l("Aus der Adresszeile, zum Beispiel /werkzeugkiste/beispiele/12"),
    )
    reason = why()


class RecommendationEditForm(Form):
    """The sentence of a recommendation and its place in the list."""

    reason = why()
    place = IntegerField(
        _l("Stelle in der Liste"),
        validators=[
            InputRequired(_l("Bitte geben Sie die Stelle als Zahl an.")),
            NumberRange(1, 1000, _l("Bitte eine Zahl zwischen 1 und %(max)s.", max=1000)),
        ],
        description=_l("1 steht ganz oben."),
    )
