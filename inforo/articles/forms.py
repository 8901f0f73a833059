"""The form of an article."""

from typing import Any

from wtforms import ValidationError

from inforo.editorial.forms import SubmissionForm
from inforo.forms import Checkboxes, Day, options
from inforo.i18n import _, _l
from inforo.vocabularies.models import Term

MOST_KEYWORDS = 6


class ArticleForm(SubmissionForm):
    """A piece of news with its day and keywords."""

    dated_on = Day(_l("Datum"), _l("Bitte geben Sie einen Tag an."))
    keywords = Checkboxes(_l("Stichworte"), choices=[])

    def offer(self, keywords: list[Term]) -> None:
        self.offered = {term.key: term for term in keywords}
        self.keywords.choices = options((term.key, term.label) for term in keywords)

    def validate_keywords(self, field: Any) -> None:
        if len(field.data or []) > MOST_KEYWORDS:
            message = _("Bitte höchstens %(count)s Stichworte.", count=MOST_KEYWORDS)
            raise ValidationError(message)

    def values(self) -> dict[str, Any]:
        chosen = [self.offered[key] for key in self.keywords.data or []]
        return super().values() | {"dated_on": self.dated_on.data, "terms": chosen}

    def kept(self) -> dict[str, Any]:
        values = self.values()
        names = [term.label_de for term in values.pop("terms")]
        return values | {"keywords": ", ".join(names)}
