"""The shape of a post that waits and is changed by its author."""

from inforo.forms import Form, area, line
from inforo.i18n import _l


class ReviseForm(Form):
    title = line(_l("Ihre Frage in einem Satz"), _l("Bitte schreiben Sie Ihre Frage."))
    body = area(_l("Text"), _l("Bitte schreiben Sie etwas."))
