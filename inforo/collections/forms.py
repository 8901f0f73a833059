"""The shape of what people type about collections."""

from datetime import timedelta
from typing import Any

from wtforms import SelectField

from inforo.forms import Form, area, line, options
from inforo.i18n import _, _l

NOTE = 1_000
LONGEST = timedelta(days=3 * 365)


class CollectionForm(Form):
    """Title and purpose of a collection."""

    title = line(_l("Titel"), _l("Bitte geben Sie der Sammlung einen Titel."), limit=120)
    description = area(
        _l("Beschreibung"), limit=1_000, description=_l("Wofür ist die Sammlung da?")
    )


class NewCollectionForm(CollectionForm):
    """The same, and whose it is."""

    group = SelectField(_l("Wem gehört sie?"))

    def offer(self, groups: list[tuple[str, Any]]) -> None:
        own = [("", _("nur mir"))]
        of_groups = [(key, _("der Gruppe „%(name)s“", name=name)) for key, name in groups]
        self.group.choices = options(own + of_groups)


class NoteForm(Form):
    note = area(_l("Notiz"), limit=NOTE)
