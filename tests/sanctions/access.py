"""Who restricts Olga of Land A, and who keeps notes about her."""

from typing import Any

from inforo.authz import Actor
from inforo.db import session
from inforo.sanctions.actions import add_note

OFFICE = (302, 403, 404, 404, 200, 404, 404, 200)
UNFINISHED = (302, 403, 404, 404, 422, 404, 404, 422)
DONE = (302, 403, 404, 404, 303, 404, 404, 303)

ACCESS = {
    ("GET", "sanctions.show"): OFFICE,
    ("POST", "sanctions.silence"): UNFINISHED,
    ("POST", "sanctions.end_silence"): DONE,
    ("POST", "sanctions.suspend"): UNFINISHED,
    ("POST", "sanctions.end_suspension"): DONE,
    ("POST", "sanctions.add_note"): UNFINISHED,
    ("POST", "sanctions.delete_note"): DONE,
    ("GET", "sanctions.mine"): (302, 200, 200, 200, 200, 200, 200, 200),
}


def owner(world: Any) -> dict[str, Any]:
    return {"account_id": world.owner.id}


def note(world: Any) -> dict[str, Any]:
    made = add_note(Actor(), world.owner, "Angerufen.")
    session.commit()
    return owner(world) | {"note_id": made.id}


NAMES = ("show", "silence", "end_silence", "suspend", "end_suspension", "add_note")
ARGUMENTS = {f"sanctions.{name}": owner for name in NAMES} | {"sanctions.delete_note": note}
