"""Keeps the index true: notices in every transaction what changed, and writes its documents.

Objects are noticed when the session flushes them; `update()` and `delete()` statements on
the watched classes are noticed before they run. Deletions by the database itself (cascades)
are not: whoever deletes a thread or a person finds the posts by their parent here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, select, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from inforo.accounts.models import Account, AccountTerm
from inforo.db import session
from inforo.discussions.models import Post, Thread, ThreadMunicipality, ThreadTerm
from inforo.groups.models import Group
from inforo.municipalities.models import Municipality
from inforo.partnership.models import MunicipalityProfile, ProfileTerm
from inforo.search import writing
from inforo.search.documents import AUDIENCES
from inforo.search.models import Kind, SearchDocument, SearchText
from inforo.search.sources import SOURCES
from inforo.toolbox.models import Example, ExampleMunicipality, ExampleTerm, Tool

PENDING = "search_pending"
PAUSED = "search_paused"
THREADS = "threads"  # all posts of a thread
GROUPS = "groups"  # what a group lends to its threads: audience and name
ALL = frozenset({"*"})
PERSON_FIELDS = frozenset({"function", "about", "helps_with", "looks_for"})

# Class -> (what its key names, the key, the fields that show in a document).
WATCHED: dict[type, tuple[str, str, frozenset[str]]] = {
    Example: (Kind.EXAMPLE, "id", ALL),
    ExampleTerm: (Kind.EXAMPLE, "example_id", ALL),
    ExampleMunicipality: (Kind.EXAMPLE, "example_id", ALL),
    Tool: (Kind.TOOL, "id", ALL),
    Post: (Kind.THREAD, "id", frozenset({"body_html", "hidden_at", "deleted_at", "thread_id"})),
    Thread: (THREADS, "id", frozenset({"title", "group_id", "state_code", "hidden_at"})),
    ThreadTerm: (THREADS, "thread_id", ALL),
    ThreadMunicipality: (THREADS, "thread_id", ALL),
    Group: (GROUPS, "id", frozenset({"audience", "name"})),
    Municipality: (Kind.MUNICIPALITY, "ags", ALL),
    MunicipalityProfile: (Kind.MUNICIPALITY, "ags", ALL),
    ProfileTerm: (Kind.MUNICIPALITY, "ags", ALL),
    AccountTerm: (Kind.PERSON, "account_id", ALL),
    Account: (
        Kind.PERSON,
        "id",
        PERSON_FIELDS
        | {"name", "department_key", "visibility", "state_code", "municipality_ags"}
        | {"organisation_id", "approved_at", "suspended_at", "closed_at"},
    ),
}
RELATIONSHIPS = {Example: {"terms", "municipalities"}, Thread: {"terms", "municipalities"}}


@contextmanager
def paused() -> Iterator[None]:
    """Notice nothing inside: whoever loads much rebuilds the whole index afterwards."""
    session.info[PAUSED] = True
    try:
        yield
    finally:
        session.info.pop(PAUSED, None)


def pending(of: Session) -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = of.info.setdefault(PENDING, defaultdict(set))
    return found


def notice(flushed: Session, _context: UOWTransaction) -> None:
    """Remember which documents this flush touches."""
    if PAUSED in flushed.info:
        return
    for thing in flushed.new | flushed.deleted:
        remember(flushed, thing)
    for thing in flushed.dirty:
        if shows_in_document(thing):
            remember(flushed, thing)


def remember(of: Session, thing: Any) -> None:
    watched = WATCHED.get(type(thing))
    if watched is not None:
        what, key, _fields = watched
        pending(of)[what].add(getattr(thing, key))


def shows_in_document(thing: Any) -> bool:
    """Tell whether a changed object changed in a field that can be found."""
    watched = WATCHED.get(type(thing))
    if watched is None:
        return False
    state = inspect(thing)
    fields = watched[2]
    names = set(state.mapper.columns.keys()) - {"version"} if fields is ALL else set(fields)
    names |= RELATIONSHIPS.get(type(thing), set())
    return any(state.attrs[name].history.has_changes() for name in names)


def notice_statement(execution: ORMExecuteState) -> None:
    """Remember what an UPDATE or DELETE of a watched class is about to touch."""
    changes = execution.is_update or execution.is_delete
    if not changes or execution.bind_mapper is None or PAUSED in execution.session.info:
        return
    watched = WATCHED.get(execution.bind_mapper.class_)
    if watched is None or not touches(execution, watched[2]):
        return
    what, key, _fields = watched
    model = execution.bind_mapper.class_
    statement: Any = execution.statement
    keys = select(getattr(model, key)).where(*statement._where_criteria)
    pending(execution.session)[what].update(execution.session.scalars(keys))


def touches(execution: ORMExecuteState, fields: frozenset[str]) -> bool:
    """Tell whether a statement changes one of the fields; one with a list of rows may."""
    statement: Any = execution.statement
    if execution.is_delete or fields is ALL or not statement._values:
        return True
    return any(getattr(column, "key", column) in fields for column in statement._values)


def write_pending(of: Session, *_: Any) -> None:
    """Write the documents of everything noticed, in the running transaction."""
    touched: dict[str, set[Any]] = of.info.pop(PENDING, None) or {}
    if not touched:
        return
    with of.no_autoflush:
        for group_id in sorted(touched.pop(GROUPS, set())):
            follow_group(group_id)
        posts = posts_of(touched.pop(THREADS, set()))
        if posts:
            touched.setdefault(Kind.THREAD, set()).update(posts)
        for kind, keys in touched.items():
            reindex(Kind(kind), keys)


def flush_and_write(of: Session) -> None:
    """Write what statements touched when nothing was flushed after them."""
    if of.info.get(PENDING):
        write_pending(of)


def forget(of: Session, *_: Any) -> None:
    of.info.pop(PENDING, None)


def reindex(kind: Kind, keys: Iterable[Any]) -> None:
    """Describe these objects anew; what is not to be found any more is removed."""
    wanted = sorted(key for key in keys if key is not None)
    for start in range(0, len(wanted), writing.BATCH):
        some = wanted[start : start + writing.BATCH]
        documents = SOURCES[kind].describe(some)
        writing.learn_words(documents, writing.replace(kind, some, documents))


def posts_of(thread_ids: set[Any]) -> set[int]:
    """Return the posts of threads, and those that were indexed and are gone now."""
    if not thread_ids:
        return set()
    known = select(SearchDocument.object_key).where(
        SearchDocument.kind == Kind.THREAD,
        SearchDocument.parent_key.in_([str(thread_id) for thread_id in thread_ids]),
    )
    there = select(Post.id).where(Post.thread_id.in_(thread_ids))
    return {*session.scalars(there), *map(int, session.scalars(known))}


def follow_group(group_id: int) -> None:
    """Hand audience and name of a group on to the documents of its threads."""
    row = session.execute(
        select(Group.audience, Group.name).where(Group.id == group_id)
    ).one_or_none()
    if row is None:
        return
    audience, name = row
    in_group = SearchDocument.group_id == group_id
    options = {"synchronize_session": False}
    session.execute(
        update(SearchDocument).where(in_group).values(audience=AUDIENCES[audience]),
        execution_options=options,
    )
    documents = select(SearchDocument.id).where(in_group)
    session.execute(
        update(SearchText).where(SearchText.document_id.in_(documents)).values(context=name),
        execution_options=options,
    )


LISTENERS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("after_flush", notice),
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
