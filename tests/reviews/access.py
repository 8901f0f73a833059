"""Who may open which page of the reviews; see tests/test_access.py for the columns.

Submitted example and tool belong to Olga of Mannheim, where Clara works too: Clara sees
them, but may not decide about them. Nobody has begun to read: there are no seats yet.
"""

REVIEW = (302, 403, 404, 404, 200, 404, 200, 200)
ABSENT = (302, 403, 404, 404, 404, 404, 404, 404)
DECIDE = (302, 403, 404, 404, 403, 404, 422, 422)

ACCESS = {
    ("GET", "reviews.show"): REVIEW,
    ("GET", "reviews.changes"): REVIEW,
    ("POST", "reviews.publish"): (302, 403, 404, 404, 403, 404, 409, 409),
    ("POST", "reviews.ask_changes"): DECIDE,
    ("POST", "reviews.send_back"): DECIDE,
    ("POST", "reviews.propose"): DECIDE,
    ("POST", "reviews.state_conflict"): DECIDE,
    ("POST", "reviews.note"): (302, 403, 404, 404, 422, 404, 422, 422),
    ("GET", "reviews.read"): ABSENT,
    ("POST", "reviews.rate"): ABSENT,
    ("POST", "reviews.take"): ABSENT,
    ("POST", "reviews.give_back"): ABSENT,
    ("POST", "reviews.decline_reading"): ABSENT,
    ("GET", "reviews.reading_file"): ABSENT,
    ("GET", "reviews.reading_changes"): ABSENT,
    ("GET", "reviews.talk"): ABSENT,
    ("POST", "reviews.talk"): ABSENT,
    ("GET", "reviews.talk_changes"): ABSENT,
    ("POST", "reviews.confirm_agreement"): ABSENT,
    ("GET", "reviews.release"): ABSENT,
    ("POST", "reviews.give_release"): ABSENT,
    ("POST", "reviews.object_to"): ABSENT,
    ("GET", "reviews.show_tool"): REVIEW,
    ("POST", "reviews.show_tool"): DECIDE,
    ("POST", "reviews.publish_tool"): (302, 403, 404, 404, 403, 404, 409, 409),
}


def submitted(world):
    return {"example_id": world.submitted.id}


def since(world):
    return submitted(world) | {"number": 1}


def seat(_world):
    return {"reading_id": 1}


def tool(world):
    return {"tool_id": world.tool.id}


ARGUMENTS = {
    "reviews.show": submitted,
    "reviews.changes": since,
    "reviews.publish": submitted,
    "reviews.ask_changes": submitted,
    "reviews.send_back": submitted,
    "reviews.propose": submitted,
    "reviews.state_conflict": submitted,
    "reviews.note": submitted,
    "reviews.read": seat,
    "reviews.rate": seat,
    "reviews.take": seat,
    "reviews.give_back": seat,
    "reviews.decline_reading": seat,
    "reviews.reading_file": lambda world: seat(world) | {"file_id": 1},
    "reviews.reading_changes": lambda world: seat(world) | {"number": 1},
    "reviews.talk": submitted,
    "reviews.talk_changes": since,
    "reviews.confirm_agreement": submitted,
    "reviews.release": submitted,
    "reviews.give_release": submitted,
    "reviews.object_to": submitted,
    "reviews.show_tool": tool,
    "reviews.publish_tool": tool,
}
