"""Who may rearrange: the offices of Land A, in an open thread of Olga."""

from typing import Any

from sqlalchemy import select

from inforo.db import session
from inforo.rearranging import actions
from inforo.rearranging.models import Rearrangement
from tests.discussions.access import opened
from tests.factories import actor, make_clara, make_post

MODERATORS = (302, 403, 403, 403, 200, 403, 403, 200)
MODERATED = (302, 403, 403, 403, 422, 403, 403, 422)

ACCESS = {
    ("GET", "rearranging.index"): MODERATORS,
    ("POST", "rearranging.index"): MODERATED,
    ("POST", "rearranging.undo"): (302, 403, 404, 404, 303, 404, 404, 303),
}


def done(world: Any) -> dict[str, Any]:
    post = make_post(world.thread)
    clara = actor(make_clara())
    actions.split(clara, world.thread, [post.id], "Abgetrennt", "Eine andere Frage.")
    session.commit()
    return {"done_id": session.scalar(select(Rearrangement.id))}


ARGUMENTS = {"rearranging.index": opened, "rearranging.undo": done}
