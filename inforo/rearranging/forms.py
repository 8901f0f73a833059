"""The shape of what is moved where."""

from wtforms import RadioField, ValidationError

from inforo.forms import Checkboxes, ReasonForm, line, options
from inforo.i18n import _, _l
from inforo.rearranging.models import Kind


class RearrangeForm(ReasonForm):
    """Which posts, into what, and why. The view fills the choices of `posts`."""

    posts = Checkboxes(_l("Welche Beiträge?"), coerce=int)
    kind = RadioField(
        _l("Was soll geschehen?"),
        choices=options((kind.value, kind.label) for kind in Kind),
        default=Kind.SPLIT.value,
    )
    title = line(_l("Titel der neuen Diskussion"))
    target = line(
        _l("Die andere Diskussion"),
        limit=500,
        description=_l("Ihre Adresse oder ihre Nummer, zum Beispiel /diskussionen/17-titel"),
    )

    @property
    def is_merge(self) -> bool:
        return bool(self.kind.data == Kind.MERGE)

    @property
    def is_split(self) -> bool:
        return bool(self.kind.data == Kind.SPLIT)

    def validate_posts(self, field: Checkboxes) -> None:
        if not self.is_merge and not field.data:
            raise ValidationError(_("Bitte wählen Sie mindestens einen Beitrag."))

    def validate(self, extra_validators: object = None) -> bool:
        """A new thread needs a title, an existing one its address."""
        is_valid = super().validate(extra_validators)
        if self.is_split and not self.title.data:
            self.title.errors = [_("Bitte geben Sie der neuen Diskussion einen Titel.")]
            return False
        if not self.is_split and not self.target.data:
            self.target.errors = [_("Bitte nennen Sie die andere Diskussion.")]
            return False
        return bool(is_valid)
