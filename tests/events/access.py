"""Who may open which page of events; see tests/test_access.py for the columns."""

from tests.events.making import make_event

PUBLIC = (200,) * 8
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
# Something submitted in Land A: for its office, editors and operation.
SUBMITTED = (302, 403, 404, 404, 200, 404, 200, 200)
DECIDED = (302, 403, 404, 404, 303, 404, 303, 303)

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
    ("GET", "events.edit"): SUBMITTED,
    ("POST", "events.edit"): (302, 403, 404, 404, 422, 404, 422, 422),
    ("GET", "events.edit_files"): SUBMITTED,
    ("POST", "events.edit_files"): (302, 403, 404, 404, 422, 404, 422, 422),
    ("POST", "events.remove_file"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("POST", "events.take_step"): DECIDED,
    ("POST", "events.give_back"): (302, 403, 404, 404, 422, 404, 422, 422),
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
        ("events.edit", "events.edit_files", "events.give_back", "events.history"),
        submitted,
    ),
}
