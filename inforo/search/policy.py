"""Who may find what. The documents carry the audience of their objects."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_

from inforo.authz import Actor
from inforo.search.models import Audience, SearchDocument


def may_find(actor: Actor, document: SearchDocument) -> bool:
    if document.audience is Audience.GROUP:
        return actor.is_member and document.group_id in actor.group_ids
    return document.audience in readable_audiences(actor)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_find`, for SELECTs. A test keeps the two equal."""
    return visible(readable_audiences(actor), own_groups(actor))


def visible_to_asker() -> ColumnElement[bool]:
    """`visible_to` for a SELECT that is kept, to be executed with `asker_values`."""
    return visible(bindparam("audiences", expanding=True), bindparam("groups", expanding=True))


def asker_values(actor: Actor) -> dict[str, Any]:
    return {"audiences": readable_audiences(actor), "groups": own_groups(actor)}


def visible(audiences: Any, groups: Any) -> ColumnElement[bool]:
    readable = SearchDocument.audience.in_(audiences)
    if groups == []:
        return readable
    of_groups = SearchDocument.group_id.in_(groups)
    return or_(readable, and_(SearchDocument.audience == Audience.GROUP, of_groups))


def own_groups(actor: Actor) -> list[int]:
    return sorted(actor.group_ids) if actor.is_member else []


def readable_audiences(actor: Actor) -> list[Audience]:
    return [Audience.PUBLIC, Audience.MEMBERS] if actor.is_member else [Audience.PUBLIC]
