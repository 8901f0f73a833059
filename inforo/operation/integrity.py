"""Looking for damage: what the database cannot forbid, compared with what should be.

Each check yields one sentence per finding; nothing is repaired here.
"""

import hashlib
from collections.abc import Callable, Iterator

from flask import current_app
from sqlalchemy import ColumnElement, and_, exists, func, select, text

from inforo import files, schema
from inforo.conversations.models import Conversation, Message
from inforo.db import Base, reading, session
from inforo.discussions.models import Post, Thread
from inforo.files import StoredFile
from inforo.libraries.models import FileVersion, GroupFile
from inforo.offices.models import WorkItem
from inforo.search import drift
from inforo.versions import Version

SHOWN = 5  # numbers named in one finding


def findings() -> list[str]:
    """Return a sentence for each thing that is not as it should be; writers go on meanwhile."""
    with reading():
        return list(all_findings())


def all_findings() -> Iterator[str]:
    current = schema.current(current_app.extensions["engine"])
    if current != schema.head():
        yield f"schema: at migration {current or 'none'} instead of {schema.head()}"
        return
    for check in CHECKS:
        yield from check()
        session.rollback()


def check_database() -> Iterator[str]:
    """Let SQLite read every page and every foreign key; PostgreSQL watches over both."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for (line,) in session.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"database file: {line}"
    for table, rowid, parent, _index in session.execute(text("PRAGMA foreign_key_check")):
        yield f"{table}: row {rowid} points to a missing row of {parent}"


def numbers(ids: list[int]) -> str:
    """Return ids for a sentence, the first few by name."""
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return ", ".join(map(str, ids[:SHOWN])) + more


def threads_where(condition: ColumnElement[bool]) -> list[int]:
    return list(session.scalars(select(Thread.id).where(condition).order_by(Thread.id)))


def check_threads() -> Iterator[str]:
    """Compare what threads remember of their posts with the posts."""
    visible = and_(Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    mine = Post.thread_id == Thread.id
    newest = select(func.max(Post.created_at)).where(mine, visible).correlate(Thread)
    last = exists().where(
        mine,
        visible,
        newest.scalar_subquery() == Thread.last_post_at,
        Post.created_at == Thread.last_post_at,
        Post.author_id.is_not_distinct_from(Thread.last_post_by_id),
    )
    count = select(func.count(Post.id)).where(mine).correlate(Thread).scalar_subquery()
    answer = exists().where(mine, Post.id == Thread.answer_post_id)
    wrong = {
        "a wrong number of posts": Thread.post_count != count,
        "a wrong newest post": and_(exists().where(mine, visible), ~last),
        "no question (post 1)": and_(
            Thread.merged_into_id.is_(None), ~exists().where(mine, Post.number == 1)
        ),
        "an answer that is not one of its posts": and_(
            Thread.answer_post_id.is_not(None), ~answer
        ),
    }
    for problem, condition in wrong.items():
        if found := threads_where(condition):
            yield f"threads with {problem}: {numbers(found)}"


def check_conversations() -> Iterator[str]:
    """Compare what conversations remember of their messages with the messages."""
    mine = Message.conversation_id == Conversation.id
    last = select(func.max(Message.number)).where(mine).correlate(Conversation)
    newest = select(func.max(Message.created_at)).where(mine).correlate(Conversation)
    for problem, condition in {
        "a wrong number of messages": Conversation.message_count
        != func.coalesce(last.scalar_subquery(), 0),
        "a wrong newest message": Conversation.last_message_at != newest.scalar_subquery(),
    }.items():
        found = select(Conversation.id).where(condition).order_by(Conversation.id)
        if ids := list(session.scalars(found)):
            yield f"conversations with {problem}: {numbers(ids)}"


def check_subjects() -> Iterator[str]:
    """Find open work and histories of objects that are gone."""
    items = select(WorkItem.id, WorkItem.subject).where(WorkItem.closed_at.is_(None))
    for name, statement in (
        ("open work items", items),
        ("versions", select(Version.id, Version.subject)),
    ):
        found = [
            key for key, subject in session.execute(statement) if not subject_exists(subject)
        ]
        if found:
            yield f"{name} of something that is gone: {numbers(found)}"


def subject_exists(subject: str) -> bool:
    """Tell whether the object a subject ("threads:17") names is there."""
    name, _, key = subject.partition(":")
    table = Base.metadata.tables.get(name)
    if table is None:
        return False
    column = next(iter(table.primary_key))
    value = int(key) if column.type.python_type is int and key.isdigit() else key
    return session.scalar(select(exists().where(column == value))) is True


def check_files() -> Iterator[str]:
    """Read every uploaded file and compare it with its row."""
    for stored in session.scalars(select(StoredFile).order_by(StoredFile.id)):
        try:
            data = files.read(stored)
        except FileNotFoundError:
            yield f"file {stored.id} ({stored.name}) is missing"
            continue
        if len(data) != stored.size or hashlib.sha256(data).hexdigest() != stored.sha256:
            yield f"file {stored.id} ({stored.name}) has changed"
    for key in files.stray_keys():
        yield f"stored content {key} belongs to no file"


def check_libraries() -> Iterator[str]:
    """Compare the number of the newest version each file of a group names with its versions."""
    newest = select(func.max(FileVersion.number)).where(
        FileVersion.group_file_id == GroupFile.id
    )
    wrong = select(GroupFile.id).where(
        GroupFile.number.is_distinct_from(newest.correlate(GroupFile).scalar_subquery())
    )
    if found := list(session.scalars(wrong.order_by(GroupFile.id))):
        yield f"files of groups with a wrong newest version: {numbers(found)}"


def check_search() -> Iterator[str]:
    yield from drift.drift()


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    check_database,
    check_threads,
    check_conversations,
    check_subjects,
    check_files,
    check_libraries,
    check_search,
)
