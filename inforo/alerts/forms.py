"""Saving a search: its words and filters come from the address of the page it was made on."""

from wtforms import HiddenField, SelectField
from wtforms.validators import DataRequired, Length

from inforo.alerts.models import Rhythm
from inforo.forms import Form, options
from inforo.i18n import _l
from inforo.search.question import LONGEST_QUESTION


class RhythmForm(Form):
    """How often a mail comes."""

    rhythm = SelectField(
        _l("E-Mail, wenn es Neues gibt"),
        choices=options((rhythm.value, rhythm.label) for rhythm in Rhythm),
        default=Rhythm.WEEKLY.value,
    )


class SaveForm(RhythmForm):
    q = HiddenField(
        _l("Suchwörter"),
        [DataRequired(_l("Bitte geben Sie Suchwörter ein.")), Length(max=LONGEST_QUESTION)],
    )
