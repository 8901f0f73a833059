"""Carries a changed name to the documents that mention it: of a term, or an organisation.

Documents hold the words of terms and the name of the organisation. When one of these
changes, its name is noticed here and a job describes what mentions it anew, batch by batch.
The columns are found through the metadata, so that tables added later are included.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Select, event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from inforo.accounts.models import Organisation
from inforo.db import Base, session
from inforo.discussions.models import Post
from inforo.jobs import job
from inforo.search import indexing, writing
from inforo.search.documents import Source
from inforo.search.source_people import MUNICIPALITIES, PERSONS
from inforo.search.source_talk import POSTS
from inforo.search.source_toolbox import EXAMPLES, TOOLS
from inforo.vocabularies import queries
from inforo.vocabularies.models import Term
from inforo.vocabularies.references import references

RENAMED = "search_renamed"
NAMES: dict[type, frozenset[str]] = {
    Term: frozenset({"label_de", "aliases", "merged_at"}),
    Organisation: frozenset({"name"}),
}
# Table of an object that has documents → their source. Threads are found by their posts.
OWNERS = {
    "examples": EXAMPLES,
    "tools": TOOLS,
    "threads": POSTS,
    "municipality_profiles": MUNICIPALITIES,
    "accounts": PERSONS,
}


def notice(flushed: Session, _context: UOWTransaction) -> None:
    """Remember which names this flush changes."""
    if indexing.PAUSED in flushed.info:
        return
    for thing in flushed.dirty:
        fields = NAMES.get(type(thing))
        if fields and any(inspect(thing).attrs[name].history.has_changes() for name in fields):
            renamed = flushed.info.setdefault(RENAMED, set())
            renamed.add((type(thing).__tablename__, thing.id))


def order(flushed: Session, _context: UOWTransaction) -> None:
    """Order a job for each changed name, in the running transaction."""
    for table, key in sorted(flushed.info.pop(RENAMED, set())):
        follow.later(table=table, key=key)


def forget(of: Session, *_: Any) -> None:
    of.info.pop(RENAMED, None)


@job
def follow(table: str, key: int) -> None:
    """Describe all documents anew that mention a term or an organisation."""
    for source, keys in mentioning(table, key):
        found = list(session.scalars(keys))
        for start in range(0, len(found), writing.BATCH):
            indexing.reindex(source, found[start : start + writing.BATCH])
            session.commit()


def mentioning(table: str, key: int) -> Iterator[tuple[Source, Select[Any]]]:
    """Yield sources of documents, with a SELECT of the keys of those that mention the name."""
    for column, value in columns_naming(table, key):
        owner = owner_of(column)
        if owner is None:
            continue
        source, owner_column = owner
        keys = select(owner_column).where(column == value).distinct()
        if source is POSTS:
            keys = select(Post.id).where(Post.thread_id.in_(keys))
        yield source, keys


def columns_naming(table: str, key: int) -> Iterator[tuple[Column[Any], Any]]:
    """Yield the columns that may name this term or organisation, with the value there."""
    if table == Term.__tablename__:
        yield from columns_of_term(session.get(Term, key))
        return
    target = Base.metadata.tables[table].c.id
    for other in Base.metadata.sorted_tables:
        for foreign in other.foreign_keys:
            if foreign.column is target:
                yield foreign.parent, key


def columns_of_term(term: Term | None) -> Iterator[tuple[Column[Any], Any]]:
    """Yield where a term is used; what a merged one was used for has another one now."""
    if term is not None:
        today = queries.followed_by(term)
        for reference in references(today.vocabulary):
            yield reference.column, reference.value_of(today)


def owner_of(column: Column[Any]) -> tuple[Source, Column[Any]] | None:
    """Return the source a row with this column belongs to, and the column of its key."""
    table = column.table
    if table.name in OWNERS:
        return OWNERS[table.name], next(iter(table.primary_key))
    for foreign in table.foreign_keys:
        name = foreign.column.table.name
        if foreign.parent is not column and name in OWNERS:
            return OWNERS[name], foreign.parent
    return None


LISTENERS = (
    ("after_flush", notice),
    ("after_flush_postexec", order),
    ("after_rollback", forget),
)


def listen() -> None:
    """Watch the session factory of the application; asking twice changes nothing."""
    for name, function in LISTENERS:
        if not event.contains(session.session_factory, name, function):
            event.listen(session.session_factory, name, function)
