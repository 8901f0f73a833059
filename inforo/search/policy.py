"""Who may find what. The documents carry the audience of their objects."""

from sqlalchemy import ColumnElement, and_, or_

from inforo.authz import Actor
from inforo.search.models import Audience, SearchDocument


def may_find(actor: Actor, document: SearchDocument) -> bool:
    if document.audience is Audience.GROUP:
        return actor.is_member and document.group_id in actor.group_ids
    return document.audience in readable_audiences(actor)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_find`, for SELECTs. A test keeps the two equal."""
    readable = SearchDocument.audience.in_(readable_audiences(actor))
    if not actor.is_member or not actor.group_ids:
        return readable
    of_own_groups = and_(
        SearchDocument.audience == Audience.GROUP,
        SearchDocument.group_id.in_(sorted(actor.group_ids)),
    )
    return or_(readable, of_own_groups)


def readable_audiences(actor: Actor) -> list[Audience]:
    return [Audience.PUBLIC, Audience.MEMBERS] if actor.is_member else [Audience.PUBLIC]
