"""The form that shows every kind of field on the page of building blocks. It saves nothing."""

from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
)
from wtforms.validators import DataRequired, InputRequired

from inforo.forms import Checkboxes, Form, area, line, options, with_blank
from inforo.i18n import _l

KINDS = (("tool", _l("Werkzeug")), ("example", _l("Praxisbeispiel")))
STATES = (("planned", _l("geplant")), ("running", _l("laufend")), ("ended", _l("beendet")))
PHASES = (
    ("birth", _l("Schwangerschaft und Geburt")),
    ("toddler", _l("frühe Kindheit (0–3)")),
    ("kindergarten", _l("Kita-Alter (3–6)")),
    ("old", _l("Ältere (65+)")),
)


class SampleForm(Form):
    """One field of each kind."""

    title = line(
        _l("Titel"),
        _l("Bitte geben Sie einen Titel ein."),
        description=_l("Worum geht es? Ein halber Satz genügt."),
    )
    email = line(_l("Dienstliche E-Mail-Adresse"), render_kw={"type": "email"})
    password = PasswordField(
        _l("Passwort"), validators=[DataRequired(_l("Bitte geben Sie ein Passwort ein."))]
    )
    kind = SelectField(
        _l("Art"),
        choices=options(with_blank(KINDS)),
        validators=[DataRequired(_l("Bitte wählen Sie eine Art."))],
    )
    start = DateField(_l("Beginn"), validators=[InputRequired(_l("Wann hat es begonnen?"))])
    number = IntegerField(_l("Erreichte Familien im Jahr"))
    document = FileField(_l("Datei"), description=_l("PDF, Word oder Excel, höchstens 20 MB"))
    status = RadioField(
        _l("Stand"),
        choices=options(STATES),
        validators=[InputRequired(_l("Bitte sagen Sie, wie weit es ist."))],
    )
    phases = Checkboxes(
        _l("Altersphasen"),
        choices=options(PHASES),
        validators=[DataRequired(_l("Bitte wählen Sie mindestens eine Altersphase."))],
        description=_l("Mehrere sind möglich."),
    )
    body = area(_l("Beschreibung"), _l("Bitte beschreiben Sie, was Sie tun."))
    consent = BooleanField(
        _l("Ich stimme den Nutzungsbedingungen zu."),
        validators=[DataRequired(_l("Ohne Zustimmung geht es nicht weiter."))],
    )


def refused_sample() -> SampleForm:
    """Return the form as it comes back when nothing was filled in."""
    form = SampleForm(MultiDict({"refused-title": ""}), prefix="refused", meta={"csrf": False})
    form.validate()
    return form
