"""The shape of what moderators decide."""

from wtforms import SelectField

from inforo.forms import ReasonForm
from inforo.i18n import _l


class MoveForm(ReasonForm):
    """Where a thread belongs, and why."""

    group_id = SelectField(_l("Neue Gruppe"))
