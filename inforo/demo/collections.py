"""Collections of the demo: Anna's Merkliste, one she shares, one of her group."""

from typing import Any

from sqlalchemy import select

from inforo.collections.models import Collection, Entry
from inforo.db import session
from inforo.demo.source import Catalogue, read
from inforo.discussions.models import Thread
from inforo.sessions import digest
from inforo.sharing.models import ShareLink
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState


def load_collections(catalogue: Catalogue) -> None:
    """Make the collections of the file: examples of one field of action, and what else is."""
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
            session.add(ShareLink(collection_id=collection.id, token_hash=digest(row["token"])))


def fill(catalogue: Catalogue, collection: Collection, row: dict[str, Any], owner: int) -> None:
    contents = [
        *({"example_id": example.id} for example in examples_of(catalogue, row)),
        *({"thread_id": number} for number in threads_of(collection, row.get("threads", 0))),
        *({"municipality_ags": ags} for ags in row.get("municipalities", [])),
    ]
    for position, content in enumerate(contents, 1):
        note = row["notes"][position - 1] if position <= len(row["notes"]) else ""
        session.add(
            Entry(
                collection_id=collection.id,
                position=position,
                note=note,
                added_by_id=owner,
                **content,
            )
        )


def examples_of(catalogue: Catalogue, row: dict[str, Any]) -> list[Example]:
    term = catalogue.terms["field_of_action", row["field"]]
    found = [
        example
        for example in catalogue.examples.values()
        if example.state is ExampleState.PUBLISHED and term in example.terms
    ]
    return found[: row["count"]]


def threads_of(collection: Collection, count: int) -> list[int]:
    """Return the most discussed questions of the group the collection belongs to."""
    statement = (
        select(Thread.id)
        .where(Thread.group_id == collection.group_id, Thread.hidden_at.is_(None))
        .order_by(Thread.post_count.desc(), Thread.id)
    )
    return list(session.scalars(statement.limit(count)))
