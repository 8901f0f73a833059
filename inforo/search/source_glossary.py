"""What can be found of the glossary."""

from collections.abc import Sequence

from sqlalchemy import select

from inforo.db import session
from inforo.glossary.models import GlossaryEntry
from inforo.search.documents import Document, Key, Source, Watch, bare, described, in_table
from inforo.search.models import Audience, Kind

FINDABLE = select(GlossaryEntry.id).where(GlossaryEntry.archived_at.is_(None))


def describe(keys: Sequence[Key]) -> list[Document]:
    """Describe entries by their word, its other forms, and what it means."""
    statement = FINDABLE.where(GlossaryEntry.id.in_(keys)).add_columns(
        GlossaryEntry.slug,
        GlossaryEntry.title,
        GlossaryEntry.forms,
        GlossaryEntry.definition,
        GlossaryEntry.changed_at,
    )
    return [
        Document(
            kind=Kind.GLOSSARY,
            key=key,
            audience=Audience.PUBLIC,
            title=title,
            body=bare(definition),
            keywords=described(*map(str, forms)),
            path=f"/glossar/{slug}",
            changed_at=changed_at,
        )
        for key, slug, title, forms, definition, changed_at in session.execute(statement)
    ]


GLOSSARY = Source(
    number=70,
    kind=Kind.GLOSSARY,
    keys=in_table(FINDABLE, GlossaryEntry.id),
    describe=describe,
    watched=(Watch(GlossaryEntry, "id"),),
)
