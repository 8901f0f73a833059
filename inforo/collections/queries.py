"""Every SELECT on collections. Who asks comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inforo.authz import Actor
from inforo.collections.models import Collection, Entry, Export, ShareLink
from inforo.collections.policy import editable_by, visible_to
from inforo.db import session
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.i18n import _
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example, Tool
from inforo.toolbox.policy import tools_visible_to
from inforo.toolbox.queries import Teaser, ToolTeaser

MOST_ENTRIES = 500
MOST_COLLECTIONS = 100


@dataclass(frozen=True)
class Shown:
    """An entry with what it is about, as far as this reader may see it."""

    entry: Entry
    example: Teaser | None
    tool: ToolTeaser | None

    @property
    def title(self) -> str:
        content = self.example or self.tool
        return content.title if content else ""

    @property
    def anchor(self) -> str:
        return f"eintrag-{self.entry.id}"


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
    """Return what stands in a collection and this reader may see, in four queries."""
    entries = session.scalars(
        select(Entry)
        .where(Entry.collection_id == collection.id)
        .order_by(Entry.position, Entry.id)
        .limit(MOST_ENTRIES)
    ).all()
    examples = {
        teaser.id: teaser
        for teaser in toolbox.find_examples_by_ids(
            actor, [entry.example_id for entry in entries if entry.example_id]
        )
    }
    tools = tools_by_id(actor, [entry.tool_id for entry in entries if entry.tool_id])
    shown = [
        Shown(entry, examples.get(entry.example_id or 0), tools.get(entry.tool_id or 0))
        for entry in entries
    ]
    return [item for item in shown if item.example or item.tool]


def tools_by_id(actor: Actor, ids: Sequence[int]) -> dict[int, ToolTeaser]:
    if not ids:
        return {}
    where = Tool.id.in_(ids) & tools_visible_to(actor)
    found = toolbox.tool_teasers(where, limit=MOST_ENTRIES)
    return {teaser.id: teaser for teaser in found}


def get_entry(collection: Collection, entry_id: int) -> Entry:
    statement = select(Entry).where(Entry.id == entry_id, Entry.collection_id == collection.id)
    entry = session.scalar(statement)
    if entry is None:
        raise NotFound(_("Diesen Eintrag gibt es nicht (mehr)."))
    return entry


def find_entry(collection: Collection, content: Example | Tool) -> Entry | None:
    column = Entry.tool_id if isinstance(content, Tool) else Entry.example_id
    statement = select(Entry).where(Entry.collection_id == collection.id, column == content.id)
    return session.scalar(statement)


def count_entries(collection: Collection) -> int:
    statement = select(func.count(Entry.id)).where(Entry.collection_id == collection.id)
    return session.scalar(statement) or 0


def last_position(collection: Collection) -> int:
    statement = select(func.max(Entry.position)).where(Entry.collection_id == collection.id)
    return session.scalar(statement) or 0


def marked(actor: Actor) -> tuple[frozenset[int], frozenset[int]]:
    """Return the ids of the examples and of the tools on somebody's Merkliste."""
    if not actor.is_member:
        return frozenset(), frozenset()
    rows = session.execute(
        select(Entry.example_id, Entry.tool_id)
        .join(Collection, Collection.id == Entry.collection_id)
        .where(Collection.default_of_id == actor.account_id)
    ).all()
    return (
        frozenset(row.example_id for row in rows if row.example_id),
        frozenset(row.tool_id for row in rows if row.tool_id),
    )


# Links and files


def links_of(collection: Collection) -> list[ShareLink]:
    """Return the links that are open, the newest first."""
    statement = (
        select(ShareLink)
        .where(ShareLink.collection_id == collection.id, ShareLink.revoked_at.is_(None))
        .order_by(ShareLink.id.desc())
    )
    return [link for link in session.scalars(statement) if link.is_open]


def get_link(collection: Collection, link_id: int) -> ShareLink:
    for link in links_of(collection):
        if link.id == link_id:
            return link
    raise NotFound(_("Diesen Link gibt es nicht (mehr)."))


def get_shared(token: str) -> tuple[ShareLink, Collection]:
    """Return the link of a token and its collection, or raise NotFound if it is over."""
    link = session.scalar(select(ShareLink).where(ShareLink.token == token[:100]))
    if link is None or not link.is_open:
        raise NotFound(_("Dieser Link führt nirgendwohin (mehr). Fragen Sie bitte die Person."))
    return link, session.get_one(Collection, link.collection_id)


def get_export(actor: Actor, key: str) -> Export:
    """Return a file order of this person, or of the guest who knows its key."""
    statement = select(Export).where(Export.key == key[:100]).options(joinedload(Export.file))
    export = session.scalar(statement)
    if export is None or export.account_id != actor.account_id:
        raise NotFound(_("Diese Datei gibt es nicht (mehr)."))
    return export
