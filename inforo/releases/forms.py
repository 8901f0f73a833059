"""The answer of an author who does not agree."""

from inforo.forms import Form, area
from inforo.i18n import _l


class ObjectionForm(Form):
    objection = area(
        _l("Was passt nicht?"),
        _l("Bitte schreiben Sie, was nicht passt."),
        limit=4_000,
        description=_l("Die Koordinierungsstelle liest es und meldet sich bei Ihnen."),
    )
