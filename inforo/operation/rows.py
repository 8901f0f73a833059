"""All rows of the database as lines of JSON, readable by both kinds of database.

What can be made anew (search index, texts and previews of files) or must not come back
(sessions, counted attempts) is left out. Reading is one snapshot, writing one transaction.
"""

import enum
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from typing import Any, TextIO

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from inforo.db import Base, UTCDateTime, reading

BATCH = 1_000
LEFT_OUT = frozenset({"login_sessions", "attempts", "file_texts", "file_previews"})
DERIVED = "search_"
Row = dict[str, Any]


def kept_tables() -> list[Table]:
    """Return the tables a backup holds, those others point to first."""
    return [table for table in Base.metadata.sorted_tables if is_kept(table)]


def is_kept(table: Table) -> bool:
    return table.name not in LEFT_OUT and not table.name.startswith(DERIVED)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Read the state of one moment while others go on writing."""
    with engine.connect() as connection, reading():
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
            lift_time_limits(connection)
        yield connection


def lift_time_limits(connection: Connection) -> None:
    """Let this transaction of PostgreSQL take the time it needs."""
    for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {limit} = 0"))


def write_lines(connection: Connection, table: Table, file: TextIO) -> tuple[int, str]:
    """Write all rows of a table as lines; return their number and SHA-256."""
    digest, count = hashlib.sha256(), 0
    statement = select(table).order_by(*sort_keys(connection, table))
    result = connection.execution_options(yield_per=BATCH).execute(statement)
    for row in result.mappings():
        line = json.dumps(row, default=as_json, ensure_ascii=False, sort_keys=True) + "\n"
        file.write(line)
        digest.update(line.encode())
        count += 1
    return count, digest.hexdigest()


def sort_keys(connection: Connection, table: Table) -> Iterator[Any]:
    """Yield what orders the rows alike in both databases."""
    for column in table.primary_key:
        is_text = isinstance(column.type, String | Text)
        is_postgres = connection.dialect.name == "postgresql"
        yield column.collate("C") if is_text and is_postgres else column


def as_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if hasattr(value, "items"):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be kept")


def read_lines(connection: Connection, table: Table, file: TextIO) -> int:
    """Insert the rows of a table; return their number."""
    readers = {column.name: reader_of(column) for column in table.columns}
    later: list[Row] = []
    batch: list[Row] = []
    count = 0
    for line in file:
        row = {name: readers[name](value) for name, value in json.loads(line).items()}
        later += [set_aside(table, row)]
        batch.append(row)
        count += 1
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)
    point_within(connection, table, [row for row in later if row])
    return count


def reader_of(column: Column[Any]) -> Callable[[Any], Any]:
    """Return the function that makes a JSON value fit for a column again."""
    kind = python_type(column)
    if issubclass(kind, enum.Enum):
        return partial(optional, kind)
    if issubclass(kind, datetime | date):
        return partial(optional, kind.fromisoformat)
    return lambda value: value


def python_type(column: Column[Any]) -> Any:
    if isinstance(column.type, UTCDateTime):
        return datetime
    return object if isinstance(column.type, JSON) else column.type.python_type


def optional(make: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else make(value)


def inner_links(table: Table) -> list[str]:
    """Return the columns that point to rows of the same table."""
    return [
        column.name
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def set_aside(table: Table, row: Row) -> Row:
    """Take out what points to a row that may not be there yet; return it with the key."""
    links = {name: row[name] for name in inner_links(table)}
    if not any(links.values()):
        return {}
    row.update(dict.fromkeys(links))
    return {"_key": row[next(iter(table.primary_key)).name], **links}


def point_within(connection: Connection, table: Table, later: list[Row]) -> None:
    """Put in what was set aside, now that all rows of the table are there.

    Nothing else may move: not even the time of the last change.
    """
    if not later:
        return
    key = next(iter(table.primary_key))
    values: Row = {name: bindparam(name) for name in inner_links(table)}
    values |= {column.name: column for column in table.columns if column.onupdate is not None}
    connection.execute(update(table).where(key == bindparam("_key")).values(values), later)


def delete_all(connection: Connection) -> None:
    """Empty every table, also those that are not part of a backup."""
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())


def move_sequences(connection: Connection) -> None:
    """Let PostgreSQL go on counting after the highest number that was inserted."""
    if connection.dialect.name != "postgresql":
        return
    for table in kept_tables():
        key = table.autoincrement_column
        if key is not None and not key.foreign_keys:
            highest = connection.scalar(select(func.max(key)))
            if highest:
                sequence = func.pg_get_serial_sequence(table.name, key.name)
                connection.execute(select(func.setval(sequence, highest)))


def count_rows(connection: Connection) -> dict[str, int]:
    """Return the number of rows of each kept table."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in kept_tables()
    }
