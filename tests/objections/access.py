"""Who reads the decision about Olga's post, and who decides on her objection."""

from typing import Any

from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.db import session
from inforo.discussions.moderating import hide_post
from inforo.objections.actions import object_to
from tests.discussions.access import post_of
from tests.factories import actor, make_frieda

AUTHOR_ONLY = (302, 403, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "objections.show"): AUTHOR_ONLY,
    ("POST", "objections.show"): AUTHOR_ONLY,
    ("GET", "objections.review"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "objections.review"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("POST", "objections.move_back"): (302, 403, 404, 404, 409, 404, 404, 409),
}


def decision(world: Any) -> dict[str, Any]:
    hide_post(actor(make_frieda()), post_of(world.thread), "Kein Platz dafür.")
    session.commit()
    return {"entry_id": entry().id}


def entry() -> LogEntry:
    return session.scalars(select(LogEntry).where(LogEntry.action == "hide")).one()


def objection(world: Any) -> dict[str, Any]:
    decision(world)
    made = object_to(actor(world.owner), entry(), "Doch.")
    session.commit()
    return {"objection_id": made.id}


ARGUMENTS = {
    "objections.show": decision,
    "objections.review": objection,
    "objections.move_back": objection,
}
