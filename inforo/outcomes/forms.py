"""The form that tells what came of a question."""

from wtforms import Field, ValidationError

from inforo.forms import Form, area
from inforo.i18n import _, _l


def begun() -> str:
    """Return how the post begins, so that readers of the thread see what it is."""
    return f"**{_('Was daraus wurde:')}** "


class TellForm(Form):
    body = area(
        _l("Was haben Sie gemacht, und was kam dabei heraus?"),
        _l("Bitte schreiben Sie, was daraus wurde."),
        description=_l("Zwei Sätze genügen. Sie stehen als Beitrag in der Diskussion."),
    )

    def validate_body(self, field: Field) -> None:
        """The words the form begins with are no answer."""
        if (field.data or "").strip() == begun().strip():
            raise ValidationError(_("Bitte schreiben Sie, was daraus wurde."))
