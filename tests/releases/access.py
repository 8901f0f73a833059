"""Who may read the final text: its author only; see tests/test_access.py for the columns."""

ABSENT = (302, 403, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "releases.release"): ABSENT,
    ("POST", "releases.give_release"): ABSENT,
    ("POST", "releases.object_to"): ABSENT,
}


def submitted(world):
    return {"example_id": world.submitted.id}


ARGUMENTS = {
    "releases.release": submitted,
    "releases.give_release": submitted,
    "releases.object_to": submitted,
}
