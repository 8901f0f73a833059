"""The shape of what people type when they put something into a collection."""

from wtforms import RadioField

from inforo.collections.forms import NOTE
from inforo.forms import Form, area
from inforo.i18n import _l


class PutForm(Form):
    """Where something goes, with a note."""

    collection = RadioField(_l("In welche Sammlung?"))
    note = area(_l("Notiz"), limit=NOTE)
