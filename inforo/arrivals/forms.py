"""The shape of a note of what was read."""

from wtforms import IntegerField
from wtforms.validators import NumberRange

from inforo.forms import Form

MOST = 1_000_000_000


class ReadForm(Form):
    """Up to which post somebody has read."""

    bis = IntegerField(validators=[NumberRange(min=1, max=MOST)])


class UnreadForm(Form):
    """From which post on it is to be read again."""

    ab = IntegerField(validators=[NumberRange(min=1, max=MOST)])
