"""Who reads and who keeps learning paths."""

from sqlalchemy import ColumnElement, true

from inforo.authz import Actor
from inforo.paths.models import LearningPath


def may_edit(actor: Actor, _: object = None) -> bool:
    return actor.is_editor or actor.is_admin


def may_view(actor: Actor, path: LearningPath) -> bool:
    """Tell whether the path is there: an unpublished one only for those who keep it."""
    return path.is_published or may_edit(actor)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs."""
    return true() if may_edit(actor) else LearningPath.published_at.is_not(None)


def may_track(actor: Actor, _: object = None) -> bool:
    return actor.is_member
