"""Who sees a held question of Olga's in an open group of Land A, and who decides."""

from typing import Any

from inforo.db import session
from tests.approvals.making import make_held

SEEN = (302, 403, 404, 404, 200, 404, 404, 200)
DECIDED = (302, 403, 404, 404, 303, 404, 404, 303)
NOT_DECIDED = (302, 403, 404, 404, 422, 404, 404, 422)
AUTHOR_ONLY = (302, 403, 404, 404, 403, 404, 404, 403)

ACCESS = {
    ("GET", "approvals.index"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("GET", "approvals.show"): SEEN,
    ("POST", "approvals.approve"): DECIDED,
    ("POST", "approvals.send_back"): NOT_DECIDED,
    ("GET", "approvals.revise"): AUTHOR_ONLY,
    ("POST", "approvals.revise"): AUTHOR_ONLY,
    ("POST", "approvals.withdraw"): AUTHOR_ONLY,
}


def held(world: Any) -> dict[str, Any]:
    made = make_held("Eine erste Frage", author=world.owner, group=world.open_group)
    session.commit()
    return {"held_id": made.id}


NAMES = ("show", "approve", "send_back", "revise", "withdraw")
ARGUMENTS = {f"approvals.{name}": held for name in NAMES}
