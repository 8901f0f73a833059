"""Choosing the posts an example is made of."""

from inforo.forms import Checkboxes, Form, line
from inforo.harvesting.actions import TITLE
from inforo.i18n import _l


class HarvestForm(Form):
    title = line(
        _l("Titel des Praxisbeispiels"),
        _l("Bitte geben Sie dem Beispiel einen Titel."),
        limit=TITLE,
        description=_l("Er steht in den Mails an alle, deren Worte Sie verwenden möchten."),
    )
    posts = Checkboxes(_l("Welche Beiträge sollen hinein?"))
