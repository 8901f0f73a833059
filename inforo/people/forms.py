"""The form of one's own page."""

from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from inforo.accounts.models import AUDIENCE_LABELS
from inforo.forms import Checkboxes, Form, area, line, options
from inforo.i18n import _l


def audience_field(label: Any) -> Any:
    choices = [(audience.value, text) for audience, text in AUDIENCE_LABELS.items()]
    return SelectField(label, choices=options(choices))


class ProfileForm(Form):
    """One's own page, and who sees which part of it."""

    name = line(_l("Name"), _l("Bitte nennen Sie Ihren Vor- und Nachnamen."), limit=120)
    function = line(_l("Funktion"), limit=160)
    department = SelectField(_l("Ressort"), validators=[Optional()])
    phone = line(_l("Telefon"), limit=60)
    about = area(_l("Über mich"), limit=2_000)
    topics = Checkboxes(_l("Meine Themen"))
    helps_with = area(
        _l("Dabei kann ich helfen"),
        limit=1_000,
        description=_l("Was Sie selbst ausprobiert haben und gern weitergeben."),
    )
    may_be_asked = BooleanField(
        _l("Dazu dürfen Sie mich fragen"),
        description=_l(
            "Bleibt eine passende Frage ohne Antwort, schreiben wir Ihnen. Höchstens einmal "
            "im Monat; Sie können jedes Mal absagen."
        ),
    )
    looks_for = area(_l("Das suche ich"), limit=1_000)
    show_email = audience_field(_l("Wer sieht Ihre E-Mail-Adresse?"))
    show_phone = audience_field(_l("Wer sieht Ihre Telefonnummer?"))
    show_about = audience_field(_l("Wer sieht „Über mich“?"))
    show_topics = audience_field(_l("Wer sieht Ihre Themen?"))
    show_helps_with = audience_field(_l("Wer sieht, wobei Sie helfen?"))
    show_looks_for = audience_field(_l("Wer sieht, was Sie suchen?"))
    show_groups = audience_field(_l("Wer sieht Ihre Gruppen?"))
