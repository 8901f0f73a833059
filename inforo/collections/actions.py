"""Everything that is written about collections. Who acts comes first."""

import secrets
from datetime import date, datetime, time

from sqlalchemy import delete, select

from inforo import versions
from inforo.authz import Actor
from inforo.clock import BERLIN, now
from inforo.collections import files, queries
from inforo.collections.jobs import make_export
from inforo.collections.models import Collection, Entry, Export, ExportFormat, ShareLink
from inforo.collections.queries import MOST_COLLECTIONS, MOST_ENTRIES, Shown
from inforo.db import session
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _, language
from inforo.toolbox.models import Example, Tool


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


def mark(actor: Actor, content: Example | Tool) -> None:
    put(actor, merkliste_of(actor), content)


def unmark(actor: Actor, content: Example | Tool) -> None:
    collection = queries.find_default(actor)
    entry = queries.find_entry(collection, content) if collection else None
    if collection is not None and entry is not None:
        take(collection, entry)


def put(actor: Actor, collection: Collection, content: Example | Tool, note: str = "") -> None:
    """Put something at the end of a collection; twice is once, a new note replaces the old."""
    found = queries.find_entry(collection, content)
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
        is_tool = isinstance(content, Tool)
        entry = Entry(
            collection_id=collection.id,
            example_id=None if is_tool else content.id,
            tool_id=content.id if is_tool else None,
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
    other = entries[here + step]
    if other.position == entry.position:
        renumber(collection)
    entry.position, other.position = other.position, entry.position
    touch(collection)


def renumber(collection: Collection) -> None:
    """Give each entry a number of its own; two that came at once have the same."""
    statement = select(Entry).where(Entry.collection_id == collection.id)
    for number, entry in enumerate(
        session.scalars(statement.order_by(Entry.position, Entry.id)), 1
    ):
        entry.position = number


def touch(collection: Collection) -> None:
    collection.updated_at = now()


# Links


def share(collection: Collection, until: date | None) -> ShareLink:
    """Open a collection to everybody who gets the link, until the end of a day."""
    ends = datetime.combine(until, time.max, BERLIN) if until else None
    link = ShareLink(
        collection_id=collection.id, token=secrets.token_urlsafe(24), expires_at=ends
    )
    session.add(link)
    return link


def revoke(link: ShareLink) -> None:
    """Close a link for good, and drop the files that were ordered through it."""
    link.revoked_at = now()
    session.execute(delete(Export).where(Export.link_id == link.id))


# Files


def order_export(
    actor: Actor,
    collection: Collection,
    shown: list[Shown],
    wanted: ExportFormat,
    link: ShareLink | None = None,
) -> Export:
    """Have a file made, or return the one that is there already and still right."""
    stamp = files.stamp_of(actor, collection, shown)
    if actor.is_signed_in:
        statement = select(Export).where(
            Export.collection_id == collection.id,
            Export.account_id == actor.account_id,
            Export.format == wanted,
            Export.stamp == stamp,
            Export.refusal == "",
        )
        known = session.scalar(statement.order_by(Export.id.desc()).limit(1))
        if known is not None:
            return known
    export = Export(
        key=secrets.token_urlsafe(24),
        collection_id=collection.id,
        account_id=actor.account_id,
        link_id=link.id if link else None,
        format=wanted,
        language=language(),
        stamp=stamp,
    )
    session.add(export)
    session.flush()
    make_export.later(export_id=export.id)
    return export
