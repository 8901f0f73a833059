"""The forms of a profile. Blocks and contacts are flat fields, so that errors find them."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    ValidationError,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from inforo import text
from inforo.clock import today
from inforo.forms import Checkboxes, Form, area, line, options, with_blank
from inforo.i18n import _, _l
from inforo.partnership.models import (
    BlockStage,
    ConceptStage,
    HurdleAudience,
    PartnershipStatus,
)

FIRST_YEAR, LAST_YEAR = 1970, 2100
MOST_CONTACTS = 8
CONTACT = ("name", "function", "office", "email", "phone")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
FIRST_DAY = 2005


def labels(kind: Any) -> Any:
    return options((member.value, member.label) for member in kind)


def optional_labels(kind: Any) -> Any:
    pairs = [(member.value, member.label) for member in kind]
    return options(with_blank(pairs, _l("keine Angabe")))


def web_address(_form: Form, field: Any) -> None:
    """Accept only addresses of web pages: others could run or open something."""
    if not field.data:
        return
    parts = text.address_parts(field.data)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or ""):
        raise ValidationError(
            _("Bitte geben Sie eine Adresse an, die mit https:// oder http:// beginnt.")
        )


def email_address(_form: Form, field: Any) -> None:
    if field.data and not EMAIL.fullmatch(field.data):
        raise ValidationError(_("Bitte prüfen Sie die E-Mail-Adresse."))


class ProfileForm(Form):
    """The texts and choices of a profile; `profile_form()` adds blocks and contacts."""

    motto = line(
        _l("Leitsatz"), limit=200, description=_l("Ein Satz, der über dem Profil steht.")
    )
    portrait = area(
        _l("Porträt"),
        description=_l("Was andere über Ihre Arbeit wissen sollten, in wenigen Absätzen."),
    )
    website = line(
        _l("Internetseite"), limit=500, validators=[web_address], description="https://…"
    )
    focus = Checkboxes(_l("Schwerpunkte"), choices=[])
    age_phases = Checkboxes(_l("Altersphasen"), choices=[])
    concept_stage = SelectField(
        _l("Integriertes kommunales Konzept"),
        choices=lambda: optional_labels(ConceptStage),
    )
    networks = area(_l("Netzwerke und Partner"))
    hurdles = area(
        _l("Hürden und Stolpersteine"),
        description=_l("Offene Worte helfen anderen. Sie bestimmen, wer sie liest."),
    )
    hurdles_audience = RadioField(
        _l("Wer liest die Hürden?"),
        choices=lambda: labels(HurdleAudience),
        default=HurdleAudience.MEMBERS.value,
    )
    visibility = RadioField(
        _l("Sichtbarkeit"),
        choices=options(
            [
                (
                    "draft",
                    _l("Entwurf: nur Profilredaktion und Koordinierungsstelle sehen ihn"),
                ),
                ("published", _l("veröffentlicht: alle können das Profil lesen")),
            ]
        ),
        default="draft",
    )


def profile_form(blocks: Sequence[Any], contacts: int) -> type[ProfileForm]:
    """Return the form for these building blocks (terms) and so many contact persons."""
    fields: dict[str, Any] = {}
    for term in blocks:
        fields |= block_fields(term)
    for number in range(1, contacts + 1):
        fields |= contact_fields(number)
    return type("FullProfileForm", (ProfileForm,), fields)


def block_fields(term: Any) -> dict[str, Any]:
    stages = optional_labels(BlockStage)
    return {
        f"stage_{term.id}": SelectField(
            _("%(block)s: Stand", block=term.label), choices=stages
        ),
        f"year_{term.id}": IntegerField(
            _("%(block)s: seit Jahr", block=term.label),
            validators=[
                Optional(),
                NumberRange(
                    FIRST_YEAR,
                    LAST_YEAR,
                    _("Bitte geben Sie das Jahr mit vier Ziffern an, zum Beispiel 2019."),
                ),
            ],
        ),
        f"note_{term.id}": line(_("%(block)s: Anmerkung", block=term.label), limit=300),
    }


def contact_fields(number: int) -> dict[str, Any]:
    return {
        f"contact_{number}_name": line(_("Name")),
        f"contact_{number}_function": line(_("Funktion")),
        f"contact_{number}_office": line(_("Amt oder Einrichtung")),
        f"contact_{number}_email": line(_("Dienstliche E-Mail"), validators=[email_address]),
        f"contact_{number}_phone": line(_("Dienstliches Telefon"), limit=60),
    }


def not_in_future(_form: Form, field: Any) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("Das Datum liegt in der Zukunft."))
    if field.data and field.data.year < FIRST_DAY:
        raise ValidationError(_("Den Partnerprozess gab es da noch nicht."))


class StatusForm(Form):
    """A step of a municipality in the Partnerprozess."""

    status = SelectField(
        _l("Status"), choices=lambda: labels(PartnershipStatus), validators=[InputRequired()]
    )
    since = DateField(
        _l("Seit"),
        validators=[InputRequired(_l("Bitte geben Sie das Datum an.")), not_in_future],
        description=_l("Bei Partnern der Tag, an dem die Vereinbarung unterschrieben wurde."),
    )
    note = line(_l("Anmerkung"), limit=300)

    @property
    def chosen(self) -> PartnershipStatus:
        return PartnershipStatus(self.status.data)
