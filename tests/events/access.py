"""Who may open which page of events; see tests/test_access.py for the columns."""

from tests.events.making import make_event

PUBLIC = (200,) * 8
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
# Something submitted in Land A: for its office, editors and operation. Olga wrote it, and
# Clara works in Mannheim too: she sees it, but others of her office decide.
SUBMITTED = (302, 403, 404, 404, 200, 404, 200, 200)
CHANGED = (302, 403, 404, 404, 403, 404, 200, 200)
DECIDED = (302, 403, 404, 404, 403, 404, 303, 303)
REASONED = (302, 403, 404, 404, 403, 404, 422, 422)

ACCESS = {
    ("GET", "events.index"): PUBLIC,
    ("GET", "events.feed"): PUBLIC,
    ("GET", "events.calendar"): PUBLIC,
    ("GET", "events.show"): (301,) * 8,
    ("GET", "events.file"): (404,) * 8,
    ("GET", "events.new"): MEMBERS,
    ("POST", "events.new"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("GET", "events.mine"): MEMBERS,
    ("GET", "events.desk"): (302, 403, 404, 404, 200, 200, 200, 200),
    ("GET", "events.edit"): CHANGED,
    ("POST", "events.edit"): REASONED,
    ("GET", "events.edit_files"): CHANGED,
    ("POST", "events.edit_files"): REASONED,
    ("POST", "events.remove_file"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("POST", "events.delete"): (302, 403, 404, 404, 403, 404, 403, 403),
    ("POST", "events.take_step"): DECIDED,
    ("POST", "events.give_back"): REASONED,
    ("GET", "events.history"): SUBMITTED,
}


def published(world):
    return {"event_id": make_event(author=world.owner).id}


def submitted(world):
    return {"event_id": make_event(author=world.owner, state="submitted").id}


ARGUMENTS = {
    "events.show": published,
    "events.calendar": published,
    "events.file": lambda world: published(world) | {"file_id": 1},
    "events.remove_file": lambda world: submitted(world) | {"file_id": 1},
    "events.take_step": lambda world: submitted(world) | {"verb": "veroeffentlichen"},
    **dict.fromkeys(
        (
            "events.delete",
            "events.edit",
            "events.edit_files",
            "events.give_back",
            "events.history",
        ),
        submitted,
    ),
}
