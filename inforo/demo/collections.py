"""Collections of the demo: Anna's Merkliste, one she shares, one of her group."""

from typing import Any

from inforo.collections.models import Collection, Entry, ShareLink
from inforo.db import session
from inforo.demo.source import Catalogue, read
from inforo.toolbox.models import ExampleState


def load_collections(catalogue: Catalogue) -> None:
    """Make the collections of the file; each takes the examples of one field of action."""
    for row in read("collections.json"):
        owner = catalogue.people[row["owner"]]
        group = catalogue.groups[row["group"]] if row["group"] else None
        collection = Collection(
            account_id=None if group else owner.id,
            group_id=group.id if group else None,
            default_of_id=owner.id if row["is_default"] else None,
            title=row["title"],
            description=row["description"],
        )
        session.add(collection)
        session.flush()
        fill(catalogue, collection, row, owner.id)
        if row["token"]:
            session.add(ShareLink(collection_id=collection.id, token=row["token"]))


def fill(catalogue: Catalogue, collection: Collection, row: dict[str, Any], owner: int) -> None:
    term = catalogue.terms["field_of_action", row["field"]]
    found = [
        example
        for example in catalogue.examples.values()
        if example.state is ExampleState.PUBLISHED and term in example.terms
    ]
    for position, example in enumerate(found[: row["count"]], 1):
        note = row["notes"][position - 1] if position <= len(row["notes"]) else ""
        session.add(
            Entry(
                collection_id=collection.id,
                example_id=example.id,
                position=position,
                note=note,
                added_by_id=owner,
            )
        )
