"""Who may open which page of collections; see tests/test_access.py for the columns."""

from inforo.collections.models import Collection, Entry
from tests.factories import save

MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
NOBODY_ELSE = (302, 403, 404, 404, 404, 404, 404, 404)  # not staff either
PERSONAL = (404,) * 8

ACCESS = {
    ("GET", "collections.show"): PERSONAL,
    ("GET", "collections.new"): MEMBERS,
    ("POST", "collections.new"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("GET", "collections.edit"): NOBODY_ELSE,
    ("POST", "collections.edit"): NOBODY_ELSE,
    ("GET", "collections.delete"): NOBODY_ELSE,
    ("POST", "collections.delete"): NOBODY_ELSE,
    ("POST", "collections.move"): NOBODY_ELSE,
    ("GET", "collections.note"): NOBODY_ELSE,
    ("POST", "collections.note"): NOBODY_ELSE,
    ("POST", "collections.take"): NOBODY_ELSE,
}


def collection(world) -> Collection:
    """Make a collection of Olga's with one entry."""
    made = save(Collection(account_id=world.owner.id, title="Olgas Sammlung"))
    save(Entry(collection_id=made.id, example_id=world.example.id, position=1))
    return made


def entry(world) -> dict:
    return {"collection_id": collection(world).id, "entry_id": 1}


ARGUMENTS = {
    **{
        f"collections.{name}": lambda world: {"collection_id": collection(world).id}
        for name in ("show", "edit", "delete")
    },
    **{f"collections.{name}": entry for name in ("move", "note", "take")},
}
