"""Registering an adoption, keeping it up to date, and the office's reason to intervene."""

from datetime import date
from typing import Any

from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from inforo import clock
from inforo.adoptions.models import AdoptionStage
from inforo.contributions.forms import Euros, email_address
from inforo.forms import Form, area, line, options, with_blank
from inforo.i18n import _, _l

TEXT_LENGTH = 2_000
EARLIEST = date(1990, 1, 1)


def number_or_none(value: Any) -> int | None:
    return int(value) if value and str(value).isdigit() else None


class Day(DateField):  # type: ignore[misc]
    """A day; browsers without a calendar may send anything."""

    def process_formdata(self, valuelist: Any) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            message = _("Bitte geben Sie einen Tag an, z. B. 2026-11-22.")
            raise ValueError(message) from error


class AdoptionForm(Form):
    """Stage and date; everything else may follow later."""

    municipality = SelectField(_l("Kommune"), validators=[InputRequired()])
    stage = SelectField(
        _l("Wie weit sind Sie?"),
        choices=options((stage.value, stage.label) for stage in AdoptionStage),
        coerce=AdoptionStage,
        description=_l(
            "Solange Sie nur interessiert sind, sehen allein Mitglieder, wer Sie sind."
        ),
    )
    since = Day(
        _l("Seit wann?"),
        validators=[InputRequired(_l("Bitte geben Sie einen Tag an."))],
        description=_l("Ungefähr genügt."),
    )
    end_reason = area(
        _l("Warum haben Sie aufgehört?"),
        limit=TEXT_LENGTH,
        description=_l(
            "Nur wenn Sie „beendet“ gewählt haben. Andere lernen daraus am meisten."
        ),
    )
    adapted = area(
        _l("Was haben Sie geändert?"),
        limit=TEXT_LENGTH,
        description=_l("Öffentlich. Was mussten Sie an Ihre Verhältnisse anpassen?"),
    )
    costs_once = Euros(_l("Kosten einmalig (Euro)"), validators=[Optional()])
    costs_per_year = Euros(_l("Kosten im Jahr (Euro)"), validators=[Optional()])
    followed = SelectField(
        _l("Wessen Fassung haben Sie übernommen?"),
        coerce=number_or_none,
        validators=[Optional()],
    )
    became = SelectField(
        _l("Daraus ist ein eigenes Beispiel geworden"),
        coerce=number_or_none,
        validators=[Optional()],
        description=_l("Veröffentlichte Beispiele Ihrer Kommune."),
    )
    contact_name = line(
        _l("Ansprechperson"), description=_l("Nur für Mitglieder sichtbar, wie alles darunter.")
    )
    contact_function = line(_l("Funktion"))
    contact_email = line(_l("Dienstliche E-Mail-Adresse"), validators=[email_address])
    contact_phone = line(_l("Dienstliches Telefon"), limit=50)
    reason = area(
        _l("Begründung"),
        limit=TEXT_LENGTH,
        description=_l("Wer den Eintrag angelegt hat, bekommt diese Begründung zu lesen."),
    )

    def offer(
        self,
        places: list[tuple[str, str]],
        others: list[tuple[int, str]],
        own_examples: list[tuple[int, str]],
        *,
        explains: bool,
    ) -> None:
        """Fill in what may be chosen; leave out what leaves no choice."""
        self.municipality.choices = options(places)
        self.followed.choices = options(with_blank(as_text(others), _l("direkt vom Original")))
        self.became.choices = options(with_blank(as_text(own_examples), _l("nein")))
        for name, is_needed in (
            ("municipality", len(places) > 1),
            ("followed", bool(others)),
            ("became", bool(own_examples)),
            ("reason", explains),
        ):
            if not is_needed:
                delattr(self, name)

    def validate_since(self, field: Any) -> None:
        if field.data and not EARLIEST <= field.data <= clock.today():
            raise ValidationError(_("Bitte geben Sie einen Tag an, der nicht vor uns liegt."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also what depends on two fields, or on who is asking."""
        is_valid = bool(super().validate(extra_validators))
        if self.stage.data is AdoptionStage.ENDED and not self.end_reason.data:
            message = _("Bitte schreiben Sie einen Satz, warum Sie aufgehört haben.")
            self.end_reason.errors = [*self.end_reason.errors, message]
            return False
        if self.reason and not self.reason.data:
            self.reason.errors = [_("Bitte schreiben Sie einen Satz zur Begründung.")]
            return False
        return is_valid


def as_text(pairs: list[tuple[int, str]]) -> list[tuple[str, Any]]:
    return [(str(key), label) for key, label in pairs]


class RemoveForm(Form):
    """Taking an adoption out of the register."""

    reason = area(
        _l("Begründung"),
        limit=TEXT_LENGTH,
        description=_l("Wer den Eintrag angelegt hat, bekommt diese Begründung zu lesen."),
    )
