"""Every SELECT on collections and entries. Who asks comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.orm import joinedload

from inforo.authz import Actor
from inforo.collections.contents import Found, find_contents
from inforo.collections.models import COLUMNS, Collection, Entry, Key, Kind
from inforo.collections.policy import editable_by, visible_to
from inforo.db import session
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.i18n import _
from inforo.toolbox.queries import Teaser

MOST_ENTRIES = 500
MOST_COLLECTIONS = 100
Marked = frozenset[tuple[Kind, Key]]


@dataclass(frozen=True)
class Shown:
    """An entry with what it is about, as far as this reader may see it."""

    entry: Entry
    found: Found

    @property
    def title(self) -> str:
        return self.found.title

    @property
    def example(self) -> Teaser | None:
        return self.found.example

    @property
    def anchor(self) -> str:
        return f"eintrag-{self.entry.id}"


@dataclass(frozen=True)
class Listing:
    """A list on its page; None: nobody has begun it yet."""

    collection: Collection | None
    shown: list[Shown]


@dataclass(frozen=True)
class Summary:
    """A collection in a list."""

    id: int
    title: str
    group_name: str
    is_default: bool
    updated_at: datetime
    count: int

    @property
    def name(self) -> str:
        return self.title or _("Merkliste")


def get_collection(actor: Actor, collection_id: int) -> Collection:
    statement = (
        select(Collection)
        .where(Collection.id == collection_id, visible_to(actor))
        .options(joinedload(Collection.group))
    )
    collection = session.scalar(statement)
    if collection is None:
        raise NotFound(_("Diese Sammlung gibt es nicht (mehr)."))
    return collection


def find_default(actor: Actor) -> Collection | None:
    statement = select(Collection).where(Collection.default_of_id == actor.account_id)
    return session.scalar(statement)


def collections_to_edit(actor: Actor) -> list[Summary]:
    """Return one's own collections, the Merkliste first, then those of one's groups."""
    count = (
        select(func.count(Entry.id))
        .where(Entry.collection_id == Collection.id)
        .scalar_subquery()
    )
    statement = (
        select(
            Collection.id,
            Collection.title,
            func.coalesce(Group.name, ""),
            Collection.default_of_id.is_not(None),
            Collection.updated_at,
            count,
        )
        .outerjoin(Group, Group.id == Collection.group_id)
        .where(editable_by(actor))
        .order_by(
            Collection.default_of_id.is_(None),
            Collection.group_id.is_not(None),
            func.lower(Collection.title),
            Collection.id,
        )
        .limit(2 * MOST_COLLECTIONS)
    )
    return [Summary(*row) for row in session.execute(statement)]


def collections_of_group(actor: Actor, group: Group) -> list[Summary]:
    """Return what a group has collected, what was changed last first."""
    count = select(func.count(Entry.id)).where(Entry.collection_id == Collection.id)
    statement = (
        select(
            Collection.id,
            Collection.title,
            literal(group.name),
            literal(False),  # noqa: FBT003 (a column)
            Collection.updated_at,
            count.scalar_subquery(),
        )
        .where(Collection.group_id == group.id, visible_to(actor))
        .order_by(Collection.updated_at.desc(), Collection.id.desc())
        .limit(MOST_COLLECTIONS)
    )
    return [Summary(*row) for row in session.execute(statement)]


def count_collections(account_id: int | None, group_id: int | None) -> int:
    """Return how many collections a person or a group has."""
    owner = Collection.group_id == group_id if group_id else Collection.account_id == account_id
    return session.scalar(select(func.count(Collection.id)).where(owner)) or 0


def own_groups(actor: Actor) -> list[tuple[str, str]]:
    """Return (id, name) of the groups whose collections this person keeps."""
    statement = (
        select(Group.id, Group.name)
        .where(Group.id.in_(actor.group_ids), Group.archived_at.is_(None))
        .order_by(Group.name_key)
    )
    return [(str(row.id), row.name) for row in session.execute(statement)]


# Entries


def entries_of(actor: Actor, collection: Collection) -> list[Shown]:
    """Return what stands in a collection and this reader may see: one query for each kind."""
    entries = session.scalars(
        select(Entry)
        .where(Entry.collection_id == collection.id)
        .order_by(Entry.position, Entry.id)
        .limit(MOST_ENTRIES)
    ).all()
    return as_shown(actor, entries)


def as_shown(actor: Actor, entries: Sequence[Entry]) -> list[Shown]:
    """Return the entries whose content this reader may see, in their order."""
    found = find_contents(actor, [(entry.kind, entry.key) for entry in entries])
    return [
        Shown(entry, found[entry.kind, entry.key])
        for entry in entries
        if (entry.kind, entry.key) in found
    ]


def get_entry(collection: Collection, entry_id: int) -> Entry:
    statement = select(Entry).where(Entry.id == entry_id, Entry.collection_id == collection.id)
    entry = session.scalar(statement)
    if entry is None:
        raise NotFound(_("Diesen Eintrag gibt es nicht (mehr)."))
    return entry


def find_entry(collection: Collection, kind: Kind, key: Key) -> Entry | None:
    column = getattr(Entry, COLUMNS[kind])
    statement = select(Entry).where(Entry.collection_id == collection.id, column == key)
    return session.scalar(statement)


def count_entries(collection: Collection) -> int:
    statement = select(func.count(Entry.id)).where(Entry.collection_id == collection.id)
    return session.scalar(statement) or 0


def last_position(collection: Collection) -> int:
    statement = select(func.max(Entry.position)).where(Entry.collection_id == collection.id)
    return session.scalar(statement) or 0


def marked(actor: Actor) -> Marked:
    """Return what is on somebody's Merkliste."""
    if not actor.is_member:
        return frozenset()
    statement = (
        select(*(getattr(Entry, column) for column in COLUMNS.values()))
        .join(Collection, Collection.id == Entry.collection_id)
        .where(Collection.default_of_id == actor.account_id)
    )
    return frozenset(
        (kind, key)
        for row in session.execute(statement)
        for kind, key in zip(COLUMNS, row, strict=True)
        if key is not None
    )
