"""Every SELECT on templates for reasons. Who asks comes first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.offices.models import CoordinationOffice
from inforo.reasons.models import ReasonTemplate
from inforo.reasons.policy import may_keep, usable_by


def templates_of(actor: Actor) -> list[ReasonTemplate]:
    """Return what the person may use, by title."""
    statement = (
        select(ReasonTemplate)
        .where(usable_by(actor))
        .options(joinedload(ReasonTemplate.office))
        .order_by(ReasonTemplate.title, ReasonTemplate.id)
    )
    return list(session.scalars(statement))


def find_template(actor: Actor, template_id: int | None) -> ReasonTemplate | None:
    statement = select(ReasonTemplate).where(ReasonTemplate.id == template_id, usable_by(actor))
    return session.scalar(statement)


def get_template(actor: Actor, template_id: int) -> ReasonTemplate:
    """Return a template the person keeps."""
    template = session.get(ReasonTemplate, template_id)
    if template is None or not may_keep(actor, template):
        raise NotFound
    return template


def offices_of(actor: Actor) -> list[CoordinationOffice]:
    statement = select(CoordinationOffice).where(CoordinationOffice.id.in_(actor.office_ids))
    return list(session.scalars(statement.order_by(CoordinationOffice.name)))
