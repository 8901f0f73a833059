"""The shape of a page, and of what a group decides about its pages."""

from typing import Any

from wtforms import Field, RadioField, SelectField, ValidationError

from inforo.forms import Form, area, line, options, with_blank
from inforo.i18n import _, _l

IN_LINKS = set("[]|")


class PageForm(Form):
    title = line(_l("Titel"), _l("Bitte geben Sie der Seite einen Titel."), limit=150)
    body = area(
        _l("Text"),
        _l("Bitte schreiben Sie etwas auf die Seite."),
        description=_l(
            "Andere Seiten der Gruppe verlinken Sie mit [[Titel]] oder [[Titel|anderes Wort]]."
        ),
    )
    parent_id = SelectField(_l("Steht unter"), validate_choice=True)
    note = line(
        _l("Was haben Sie geändert?"),
        description=_l("Ein paar Worte für den Verlauf."),
    )

    def offer(self, parents: list[tuple[str, str]]) -> None:
        self.parent_id.choices = options(with_blank(parents, _("keiner anderen Seite")))

    def validate_title(self, field: Field) -> None:
        if IN_LINKS & set(field.data or ""):
            raise ValidationError(
                _("Ein Titel darf keine eckigen Klammern und kein | enthalten.")
            )

    @property
    def values(self) -> dict[str, Any]:
        chosen = self.parent_id.data
        return {
            "title": self.title.data,
            "body": self.body.data,
            "note": self.note.data,
            "parent_id": int(chosen) if chosen else None,
        }


class RulesForm(Form):
    writers = RadioField(
        _l("Wer schreibt die Seiten?"),
        choices=options(
            [("members", _l("alle Mitglieder der Gruppe")), ("managers", _l("nur die Leitung"))]
        ),
    )
    start_page_id = SelectField(
        _l("Erste Seite"),
        description=_l("Sie steht über der Liste aller Seiten."),
    )

    def offer(self, pages: list[tuple[str, str]]) -> None:
        self.start_page_id.choices = options(with_blank(pages, _("keine")))


class DeleteForm(Form):
    reason = area(
        _l("Begründung"),
        _l("Bitte schreiben Sie einen Satz zur Begründung."),
        limit=2_000,
        description=_l("Sie steht bei der gelöschten Seite, für alle, die die Gruppe leiten."),
    )
