"""Who may open which page of the reviews; see tests/test_access.py for the columns.

Submitted example and tool belong to Olga of Mannheim, where Clara works too: Clara sees
them, but may not decide about them.
"""

REVIEW = (302, 403, 404, 404, 200, 404, 200, 200)
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
    ("GET", "reviews.show_tool"): REVIEW,
    ("POST", "reviews.show_tool"): DECIDE,
    ("POST", "reviews.publish_tool"): (302, 403, 404, 404, 403, 404, 409, 409),
}


def submitted(world):
    return {"example_id": world.submitted.id}


def since(world):
    return submitted(world) | {"number": 1}


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
    "reviews.show_tool": tool,
    "reviews.publish_tool": tool,
}
