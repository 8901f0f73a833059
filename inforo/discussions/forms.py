"""The shape of what people type in discussions."""

from wtforms import BooleanField

from inforo.forms import Form, area
from inforo.i18n import _l


def quiet_box() -> BooleanField:
    """Return the box for staff that keeps a text from being announced."""
    return BooleanField(
        _l("Ohne Benachrichtigung veröffentlichen"),
        description=_l("Niemand erfährt davon, auch Erwähnte nicht. Das wird protokolliert."),
    )


class ReplyForm(Form):
    body = area(_l("Ihre Antwort"), _l("Bitte schreiben Sie zuerst eine Antwort."))
    quiet = quiet_box()
    on_behalf = BooleanField(_l("Ich antworte im Namen meiner Kommune"))


class EditPostForm(Form):
    body = area(
        _l("Text"), _l("Der Text ist leer. Löschen geht mit der Schaltfläche darunter.")
    )
