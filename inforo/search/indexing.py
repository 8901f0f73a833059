"""Keeps the index true: notices in every transaction what changed, and writes its documents.

Objects are noticed when the session flushes them; `update()` and `delete()` statements on
the watched classes are noticed before they run. Deletions by the database itself (cascades)
are not: whoever deletes a thread or a person finds the posts by their parent here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from inforo.db import session
from inforo.search import writing
from inforo.search.documents import ALL, Source, Watch
from inforo.search.sources import SOURCES

PENDING = "search_pending"
PAUSED = "search_paused"
Noticed = dict[tuple[int, int], set[Any]]  # number of source, of its watch → keys


def watching(model: type) -> Iterator[tuple[Source, Watch]]:
    """Yield the sources whose documents show this class."""
    for source in SOURCES:
        for watch in source.watched:
            if watch.model is model:
                yield source, watch


@contextmanager
def paused() -> Iterator[None]:
    """Notice nothing inside: whoever loads much rebuilds the whole index afterwards."""
    session.info[PAUSED] = True
    try:
        yield
    finally:
        session.info.pop(PAUSED, None)


def pending(of: Session) -> Noticed:
    found: Noticed = of.info.setdefault(PENDING, defaultdict(set))
    return found


def remember(of: Session, source: Source, watch: Watch, keys: Iterable[Any]) -> None:
    place = (SOURCES.index(source), source.watched.index(watch))
    pending(of)[place].update(key for key in keys if key is not None)


def notice(flushed: Session, _context: UOWTransaction) -> None:
    """Remember which documents this flush touches."""
    if PAUSED in flushed.info:
        return
    new = flushed.new | flushed.deleted
    for thing in new | flushed.dirty:
        for source, watch in watching(type(thing)):
            if thing in new or shows_in_document(thing, watch):
                remember(flushed, source, watch, [getattr(thing, watch.key)])


def notice_orphan(deleted_from: Session, thing: Any) -> None:
    """Remember what was deleted because its owner let go of it: no flush names it."""
    if PAUSED in deleted_from.info:
        return
    for source, watch in watching(type(thing)):
        remember(deleted_from, source, watch, [vars(thing).get(watch.key)])


def shows_in_document(thing: Any, watch: Watch) -> bool:
    """Tell whether a changed object changed in a field that can be found."""
    state = inspect(thing)
    names = set(watch.fields)
    if watch.fields is ALL:
        names = set(state.mapper.columns.keys()) - {"version"}
    return any(state.attrs[name].history.has_changes() for name in names | watch.relationships)


def notice_statement(execution: ORMExecuteState) -> None:
    """Remember what an UPDATE or DELETE of a watched class is about to touch."""
    changes = execution.is_update or execution.is_delete
    if not changes or execution.bind_mapper is None or PAUSED in execution.session.info:
        return
    model = execution.bind_mapper.class_
    statement: Any = execution.statement
    for source, watch in watching(model):
        if touches(execution, watch.fields):
            keys = select(getattr(model, watch.key)).where(*statement._where_criteria)
            remember(execution.session, source, watch, execution.session.scalars(keys))


def touches(execution: ORMExecuteState, fields: frozenset[str]) -> bool:
    """Tell whether a statement changes one of the fields; one with a list of rows may."""
    statement: Any = execution.statement
    if execution.is_delete or fields is ALL or not statement._values:
        return True
    return any(getattr(column, "key", column) in fields for column in statement._values)


def write_pending(of: Session, *_: Any) -> None:
    """Write the documents of everything noticed, in the running transaction."""
    noticed: Noticed = of.info.pop(PENDING, None) or {}
    if not noticed:
        return
    touched: dict[int, set[Any]] = defaultdict(set)
    with of.no_autoflush:
        for (number, place), keys in sorted(noticed.items()):
            watch = SOURCES[number].watched[place]
            touched[number].update(watch.follow(keys) if watch.follow else keys)
        for number, keys in touched.items():
            reindex(SOURCES[number], keys)


def flush_and_write(of: Session) -> None:
    """Write what statements touched when nothing was flushed after them."""
    if of.info.get(PENDING):
        write_pending(of)


def forget(of: Session, *_: Any) -> None:
    of.info.pop(PENDING, None)


def reindex(source: Source, keys: Iterable[Any]) -> None:
    """Describe these objects anew; what is not to be found any more is removed."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), writing.BATCH):
        some = wanted[start : start + writing.BATCH]
        documents = source.describe(some)
        writing.learn_words(documents, writing.replace(source, some, documents))


LISTENERS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("after_flush", notice),
    ("persistent_to_deleted", notice_orphan),
    ("after_flush_postexec", write_pending),
    ("do_orm_execute", notice_statement),
    ("before_commit", flush_and_write),
    ("after_rollback", forget),
)


def listen() -> None:
    """Watch the session factory of the application; asking twice changes nothing."""
    for name, function in LISTENERS:
        if not event.contains(session.session_factory, name, function):
            event.listen(session.session_factory, name, function)
