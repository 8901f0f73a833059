"""Who uses and who keeps templates: offices their own, editors those for everybody."""

from sqlalchemy import ColumnElement, or_

from inforo.authz import Actor
from inforo.reasons.models import ReasonTemplate


def may_use(actor: Actor, template: ReasonTemplate) -> bool:
    return template.office_id is None or template.office_id in actor.office_ids


def usable_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_use`, for SELECTs. A test keeps the two equal."""
    return or_(
        ReasonTemplate.office_id.is_(None), ReasonTemplate.office_id.in_(actor.office_ids)
    )


def may_keep_for(actor: Actor, office_id: int | None) -> bool:
    """Tell whether the person may keep the templates of an office (None: of everybody)."""
    if office_id is None:
        return actor.is_admin or actor.is_editor
    return office_id in actor.office_ids


def may_keep(actor: Actor, template: ReasonTemplate) -> bool:
    return may_keep_for(actor, template.office_id)
