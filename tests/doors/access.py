"""Who may open links into groups: managers and the offices; who comes through: all."""

from tests.groups.access import closed

SECRET = (404,) * 8

ACCESS = {
    ("GET", "doors.index"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "doors.index"): (302, 403, 404, 404, 303, 404, 404, 303),
    ("POST", "doors.close"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("GET", "doors.invite"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "doors.invite"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("GET", "doors.show"): SECRET,
    ("POST", "doors.enter"): (302, *SECRET[1:]),
}


def secret(_world) -> dict[str, str]:
    return {"secret": "unbekannt"}


ARGUMENTS = {
    "doors.index": closed,
    "doors.invite": closed,
    "doors.close": lambda world: closed(world) | {"door_id": 999},
    "doors.show": secret,
    "doors.enter": secret,
}
