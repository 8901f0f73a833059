"""Who may hand in a new version; the tool belongs to Olga of Mannheim, in Land A."""

from inforo import files
from inforo.db import session
from inforo.toolbox.tool_models import ToolFile

REVIEW = (302, 403, 403, 403, 200, 403, 200, 200)
DECIDE = (302, 403, 403, 403, 422, 403, 422, 422)

WAITING = (302, 403, 403, 403, 303, 403, 303, 303)


def with_waiting_version(world):
    stored = files.store_bytes(b"Neu", "neu.txt", owner_id=None)
    world.tool.files.append(ToolFile(file=stored, number=9))
    session.flush()
    return {"tool_id": world.tool.id}


ACCESS = {
    ("GET", "revisions.add"): REVIEW,
    ("POST", "revisions.add"): DECIDE,
    ("GET", "revisions.edit"): REVIEW,
    ("POST", "revisions.edit"): DECIDE,
    ("POST", "revisions.withdraw"): WAITING,
}
ARGUMENTS = {
    "revisions.add": lambda world: {"tool_id": world.tool.id},
    "revisions.edit": lambda world: {"tool_id": world.tool.id},
    "revisions.withdraw": with_waiting_version,
}
