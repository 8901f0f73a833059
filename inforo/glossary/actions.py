"""What editors do with entries, and the entries that come with inforo."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from inforo import audit, clock, versions
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError
from inforo.glossary import queries
from inforo.glossary.linking import memory
from inforo.glossary.models import GlossaryEntry
from inforo.i18n import _
from inforo.text import slug

FILE = Path(__file__).resolve().parent.parent / "data" / "glossary.json"


class TitleTaken(DomainError):
    """Another entry has this title already."""

    status = 422

    def __init__(self, title: str) -> None:
        super().__init__(_("„%(title)s“ steht schon im Glossar.", title=title))


def snapshot(entry: GlossaryEntry) -> dict[str, Any]:
    """Return what the history keeps of an entry."""
    return {
        "title": entry.title,
        "forms": ", ".join(map(str, entry.forms)),
        "definition": entry.definition,
        "source": entry.source,
        "see_also": ", ".join(other.title for other in entry.see_also),
    }


def add(actor: Actor, values: Mapping[str, Any]) -> GlossaryEntry:
    """Add an entry. Its address stays, whatever becomes of the title."""
    key = slug(values["title"]) or "eintrag"
    taken = select(GlossaryEntry.id).where(GlossaryEntry.slug == key)
    if session.scalar(taken) is not None:
        raise TitleTaken(values["title"])
    entry = GlossaryEntry(slug=key)
    fill(entry, values)
    session.add(entry)
    session.flush()
    versions.record(actor, entry, snapshot(entry))
    audit.record(actor, "create", entry, title=entry.title)
    memory.forget()
    return entry


def edit(actor: Actor, entry: GlossaryEntry, values: Mapping[str, Any], version: Any) -> None:
    versions.check(entry, version)
    if versions.latest_number(entry) == 0:
        versions.record(actor, entry, snapshot(entry), note=_("Stand vor der ersten Änderung"))
    fill(entry, values)
    entry.changed_at = clock.now()
    session.flush()
    versions.record(actor, entry, snapshot(entry))
    audit.record(actor, "edit", entry, title=entry.title)
    memory.forget()


def fill(entry: GlossaryEntry, values: Mapping[str, Any]) -> None:
    for name in ("title", "forms", "definition", "source"):
        setattr(entry, name, values[name])
    chosen = queries.find_entries(values["see_also"])
    entry.see_also = [other for other in chosen if other is not entry]


def archive(actor: Actor, entry: GlossaryEntry) -> None:
    """Take an entry out of the glossary, or put it back; its history stays."""
    entry.archived_at = None if entry.archived_at else clock.now()
    entry.changed_at = clock.now()
    audit.record(actor, "edit", entry, title=entry.title)
    memory.forget()


def import_entries(file: Path = FILE) -> int:
    """Add the entries that come with inforo and never were there; return how many."""
    known = set(session.scalars(select(GlossaryEntry.slug)))
    rows = json.loads(file.read_text(encoding="utf-8"))
    fresh = {slug(row["title"]): row for row in rows if slug(row["title"]) not in known}
    for key, row in fresh.items():
        entry = GlossaryEntry(slug=key)
        fill(entry, row | {"see_also": []})
        session.add(entry)
    session.flush()
    for key, row in fresh.items():
        [entry] = queries.find_entries([key])
        entry.see_also = queries.find_entries(row["see_also"])
    session.flush()
    memory.forget()
    return len(fresh)
