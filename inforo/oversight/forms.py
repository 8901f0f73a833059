"""The shape of what moderators decide."""

from wtforms import SelectField

from inforo.forms import ReasonForm, area
from inforo.i18n import _l


class EditForm(ReasonForm):
    """Words of somebody else, changed by moderators, and why."""

    body = area(
        _l("Text"), _l("Bitte lassen Sie etwas stehen; sonst verbergen Sie den Beitrag.")
    )


class MoveForm(ReasonForm):
    """Where a thread belongs, and why."""

    group_id = SelectField(_l("Neue Gruppe"))
