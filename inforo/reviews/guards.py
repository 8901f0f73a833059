"""What every step of a review refuses: other stages, texts nobody has read, own interests."""

from dataclasses import dataclass

from inforo.authz import Actor
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _
from inforo.reviews import policy
from inforo.reviews.models import Review, Stage
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool


class ChangedSince(DomainError):
    """The text is no longer the one that was read; `number` is the version that was."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(
            _(
                "Der Text wurde geändert, seit Sie ihn gelesen haben. Es ist nichts "
                "entschieden. Bitte lesen Sie zuerst, was sich geändert hat."
            )
        )
        self.number = number


@dataclass(frozen=True)
class Read:
    """What somebody had before the eyes: the version, and its number in the history."""

    version: str
    number: int = 0


def refuse_unread(content: Example | Tool, read: Read) -> None:
    """Make sure that what is decided about is what was before the eyes of who decides."""
    if str(content.version) != read.version:
        raise ChangedSince(read.number)


def refuse_conflict(actor: Actor, example: Example, review: Review | None) -> None:
    """Refuse who has a stake in the example, with the reason."""
    reason = policy.conflict(actor, example, review)
    if reason:
        raise Forbidden(str(reason))


def refuse_stage(review: Review, *stages: Stage) -> None:
    if review.stage not in stages:
        raise DomainError(
            _(
                "Das geht in diesem Schritt nicht: %(stage)s.",
                stage=review.stage.label,
            )
        )
