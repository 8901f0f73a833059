"""Every SELECT on the glossary. It is small, so lists take all of it."""

from collections.abc import Hashable, Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import folded, session
from inforo.errors import NotFound
from inforo.glossary.models import GlossaryEntry
from inforo.glossary.policy import may_edit, may_view
from inforo.i18n import _
from inforo.text import UMLAUTS
from inforo.versions import Version


def entries(actor: Actor, q: str = "") -> list[GlossaryEntry]:
    """Return the entries in alphabetical order, those that have the words."""
    statement = select(GlossaryEntry).order_by(GlossaryEntry.title_key, GlossaryEntry.id)
    if not may_edit(actor):
        statement = statement.where(GlossaryEntry.archived_at.is_(None))
    words = comparable(q).split()
    return [
        entry
        for entry in session.scalars(statement)
        if all(word in comparable(words_of(entry)) for word in words)
    ]


def words_of(entry: GlossaryEntry) -> str:
    return " ".join([entry.title, *map(str, entry.forms), entry.definition])


def comparable(given: str) -> str:
    return folded(given).translate(UMLAUTS)


def get_entry(actor: Actor, slug: str) -> GlossaryEntry:
    """Return an entry with those it points to, or raise NotFound."""
    statement = select(GlossaryEntry).where(GlossaryEntry.slug == slug)
    entry = session.scalar(statement.options(selectinload(GlossaryEntry.see_also)))
    if entry is None or not may_view(actor, entry):
        raise NotFound(_("Diesen Eintrag gibt es im Glossar nicht (mehr)."))
    return entry


def find_entries(slugs: Iterable[str]) -> list[GlossaryEntry]:
    statement = select(GlossaryEntry).where(GlossaryEntry.slug.in_(list(slugs)))
    return list(session.scalars(statement.order_by(GlossaryEntry.title_key)))


def stamp() -> Hashable:
    """Return what is different after each change of the glossary; one small query."""
    changed = func.max(GlossaryEntry.changed_at)
    return tuple(session.execute(select(func.count(GlossaryEntry.id), changed)).one())


def names() -> list[tuple[str, str, list[str]]]:
    """Return (slug, title, forms) of what texts are linked to."""
    statement = (
        select(GlossaryEntry.slug, GlossaryEntry.title, GlossaryEntry.forms)
        .where(GlossaryEntry.archived_at.is_(None))
        .order_by(GlossaryEntry.id)
    )
    rows = session.execute(statement)
    return [(slug, title, list(map(str, forms))) for slug, title, forms in rows]


def names_of(versions: Iterable[Version]) -> dict[int, str]:
    """Return id → name of the people who made these versions."""
    ids = {version.author_id for version in versions if version.author_id}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {row.id: row.name for row in rows}
