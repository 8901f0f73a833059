"""Everything that is written about collections. Who acts comes first."""

from sqlalchemy import select

from inforo import versions
from inforo.authz import Actor
from inforo.clock import now
from inforo.collections import queries
from inforo.collections.models import COLUMNS, Collection, Entry, Key, Kind
from inforo.collections.queries import MOST_COLLECTIONS, MOST_ENTRIES, Shown
from inforo.db import session
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _


def create(actor: Actor, title: str, description: str, group_id: int | None) -> Collection:
    """Begin a collection of one's own, or of a group one belongs to."""
    if group_id is not None and group_id not in actor.group_ids:
        raise Forbidden
    if queries.count_collections(actor.account_id, group_id) >= MOST_COLLECTIONS:
        raise DomainError(
            _("Mehr als %(count)s Sammlungen sind nicht möglich.", count=MOST_COLLECTIONS)
        )
    owner = None if group_id else actor.account_id
    collection = Collection(
        account_id=owner, group_id=group_id, title=title, description=description
    )
    session.add(collection)
    session.flush()
    return collection


def rename(actor: Actor, collection: Collection, title: str, description: str) -> None:
    collection.title, collection.description = title, description
    record(actor, collection)


def record(actor: Actor, collection: Collection) -> None:
    """Keep a history where several people write."""
    if collection.group_id is not None:
        fields = {"title": collection.title, "description": collection.description}
        versions.record(actor, collection, fields)


def remove(collection: Collection) -> None:
    session.delete(collection)


def merkliste_of(actor: Actor) -> Collection:
    """Return the Merkliste of a person, made when it is first needed."""
    found = queries.find_default(actor)
    if found is None:
        found = Collection(account_id=actor.account_id, default_of_id=actor.account_id)
        session.add(found)
        session.flush()
    return found


# Entries


def mark(actor: Actor, kind: Kind, key: Key) -> None:
    put(actor, merkliste_of(actor), kind, key)


def unmark(actor: Actor, kind: Kind, key: Key) -> None:
    collection = queries.find_default(actor)
    entry = queries.find_entry(collection, kind, key) if collection else None
    if collection is not None and entry is not None:
        take(collection, entry)


def put(actor: Actor, collection: Collection, kind: Kind, key: Key, note: str = "") -> None:
    """Put something at the end of a collection; twice is once, a new note replaces the old."""
    found = queries.find_entry(collection, kind, key)
    if found is not None:
        found.note = note or found.note
    elif queries.count_entries(collection) >= MOST_ENTRIES:
        raise DomainError(
            _(
                "Diese Sammlung ist voll (%(count)s Einträge). Legen Sie bitte eine neue an.",
                count=MOST_ENTRIES,
            )
        )
    else:
        entry = Entry(
            collection_id=collection.id,
            **{COLUMNS[kind]: key},
            position=queries.last_position(collection) + 1,
            note=note,
            added_by_id=actor.account_id,
        )
        session.add(entry)
    touch(collection)


def take(collection: Collection, entry: Entry) -> None:
    session.delete(entry)
    touch(collection)


def write_note(collection: Collection, entry: Entry, note: str) -> None:
    entry.note = note
    touch(collection)


def move(collection: Collection, shown: list[Shown], entry: Entry, step: int) -> None:
    """Change places with the entry before (-1) or after (1) it, of those the reader sees."""
    entries = [item.entry for item in shown]
    here = next((i for i, other in enumerate(entries) if other.id == entry.id), None)
    if here is None or not 0 <= here + step < len(entries):
        return
    after = here - 1 if step < 0 else here + 2
    put_before(collection, entry, entries[after] if after < len(entries) else None)


def put_before(collection: Collection, entry: Entry, other: Entry | None) -> None:
    """Let an entry stand right before another one, or at the end of the list."""
    statement = select(Entry).where(Entry.collection_id == collection.id, Entry.id != entry.id)
    order = list(session.scalars(statement.order_by(Entry.position, Entry.id)))
    order.insert(order.index(other) if other in order else len(order), entry)
    for number, each in enumerate(order, 1):
        each.position = number
    touch(collection)


def touch(collection: Collection) -> None:
    collection.updated_at = now()
