"""Who gets which answer on the routes of this slice."""

from typing import Any

from tests.moderation.things import make_item

STAFF_PAGE = (302, 403, 404, 404, 200, 200, 200, 200)
ITEM_PAGE = (302, 403, 404, 404, 200, 404, 200, 200)
ITEM_CHANGE = (302, 403, 404, 404, 303, 404, 303, 303)
ITEM_FORM = (302, 403, 404, 404, 422, 404, 422, 422)

ACCESS = {
    ("GET", "moderation.index"): STAFF_PAGE,
    ("GET", "moderation.log"): STAFF_PAGE,
    ("GET", "moderation.show"): ITEM_PAGE,
    ("POST", "moderation.take_many"): (302, 403, 404, 404, 303, 303, 303, 303),
    ("POST", "moderation.take"): ITEM_CHANGE,
    ("POST", "moderation.give_back"): (302, 403, 404, 404, 403, 404, 403, 403),
    ("POST", "moderation.add_note"): ITEM_FORM,
    ("POST", "moderation.hand_over"): ITEM_FORM,
}


def item(_world: Any) -> dict[str, Any]:
    return {"item_id": make_item(kind="example", state="BW").id}


ARGUMENTS = dict.fromkeys(
    [
        "moderation.show",
        "moderation.take",
        "moderation.give_back",
        "moderation.add_note",
        "moderation.hand_over",
    ],
    item,
)
