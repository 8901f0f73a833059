"""Who may open which page of collections; see tests/test_access.py for the columns."""

from inforo.collections.models import Collection, Entry, ShareLink
from tests.factories import save

MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
MARKS = (302, 403, 303, 303, 303, 303, 303, 303)
NOBODY_ELSE = (302, 403, 404, 404, 404, 404, 404, 404)  # not staff either
PERSONAL = (404,) * 8

ACCESS = {
    ("GET", "collections.index"): MEMBERS,
    ("GET", "collections.show"): PERSONAL,
    ("GET", "collections.new"): MEMBERS,
    ("POST", "collections.new"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("GET", "collections.edit"): NOBODY_ELSE,
    ("POST", "collections.edit"): NOBODY_ELSE,
    ("GET", "collections.delete"): NOBODY_ELSE,
    ("POST", "collections.delete"): NOBODY_ELSE,
    ("POST", "collections.mark_example"): MARKS,
    ("POST", "collections.mark_tool"): MARKS,
    ("GET", "collections.put"): NOBODY_ELSE,  # nothing is named
    ("POST", "collections.put"): NOBODY_ELSE,
    ("POST", "collections.move"): NOBODY_ELSE,
    ("GET", "collections.note"): NOBODY_ELSE,
    ("POST", "collections.note"): NOBODY_ELSE,
    ("POST", "collections.take"): NOBODY_ELSE,
    ("GET", "collections.share"): NOBODY_ELSE,
    ("POST", "collections.share"): NOBODY_ELSE,
    ("POST", "collections.revoke"): NOBODY_ELSE,
    ("GET", "collections.shared"): (200,) * 8,
    ("GET", "collections.csv_file"): PERSONAL,
    ("GET", "collections.shared_csv"): (200,) * 8,
    ("POST", "collections.order"): PERSONAL,
    ("POST", "collections.shared_order"): (303,) * 8,
    ("GET", "collections.export"): (404,) * 8,
    ("GET", "collections.export_file"): (404,) * 8,
}


def collection(world) -> Collection:
    """Make a collection of Olga's with one entry."""
    made = save(Collection(account_id=world.owner.id, title="Olgas Sammlung"))
    save(Entry(collection_id=made.id, example_id=world.example.id, position=1))
    return made


def entry(world) -> dict:
    return {"collection_id": collection(world).id, "entry_id": 1}


def token(world) -> dict:
    link = save(ShareLink(collection_id=collection(world).id, token="ein-langes-zeichen"))
    return {"token": link.token}


ARGUMENTS = {
    **{
        f"collections.{name}": lambda world: {"collection_id": collection(world).id}
        for name in ("show", "edit", "delete", "share", "csv_file", "order")
    },
    **{f"collections.{name}": entry for name in ("move", "note", "take")},
    **{f"collections.{name}": token for name in ("shared", "shared_csv", "shared_order")},
    "collections.revoke": lambda world: {
        "collection_id": collection(world).id,
        "link_id": 1,
    },
    "collections.mark_example": lambda world: {"example_id": world.example.id},
    "collections.mark_tool": lambda world: {"tool_id": world.tool.id},
    "collections.export": lambda _world: {"key": "gibt-es-nicht"},
    "collections.export_file": lambda _world: {"key": "gibt-es-nicht"},
}
