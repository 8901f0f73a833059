"""What points at a merged municipality moves to its successor.

The tables are found through their foreign keys, so that a table added later moves along.
What the successor has already (a profile, a membership) stays where it is: the page of the
old unit leads to the successor, and nothing is overwritten.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import inspect, select, update
from sqlalchemy.exc import IntegrityError

from inforo.db import Base, session
from inforo.municipalities.models import Municipality
from inforo.versions import Version


def move_references(old: str, new: str) -> Counter[str]:
    """Let everything that belonged to `old` belong to `new`; return rows per table."""
    moved: Counter[str] = Counter()
    for model, key in pointing_at(Municipality.__tablename__):
        if model is not Municipality:
            moved += move(model, key, old, new)
    return moved


def pointing_at(table: str) -> Iterator[tuple[Any, str]]:
    """Yield the models with a foreign key to this table, and the name of the column."""
    for mapper in list(Base.registry.mappers):
        for foreign in mapper.local_table.foreign_keys:
            if foreign.column.table.name == table:
                yield mapper.class_, foreign.parent.name


def move(model: Any, key: str, old: str, new: str) -> Counter[str]:
    if inspect(model).primary_key == (inspect(model).columns[key],):
        return move_keyed(model, key, old, new)
    name = model.__tablename__
    return Counter({name: sum(move_row(model, row, new) for row in rows_of(model, key, old))})


def rows_of(model: Any, key: str, old: str) -> list[tuple[Any, dict[str, Any]]]:
    """Return identity and changed columns of each row; copies of the key move along."""
    columns = inspect(model).columns
    found = session.execute(select(*columns).where(columns[key] == old)).mappings().all()
    return [
        (
            [column == row[column] for column in inspect(model).primary_key],
            {column.name: None for column in columns if row[column] == old},
        )
        for row in found
    ]


def move_row(model: Any, row: tuple[Any, dict[str, Any]], new: str) -> int:
    """Point one row at the successor; 0 if the successor has such a row already."""
    identity, copies = row
    try:
        with session.begin_nested():
            session.execute(
                update(model).where(*identity).values(dict.fromkeys(copies, new)),
                execution_options={"synchronize_session": False},
            )
    except IntegrityError:
        return 0
    return 1


def move_keyed(model: Any, key: str, old: str, new: str) -> Counter[str]:
    """Give an object that is known by the key of its municipality the new key."""
    thing, name = session.get(model, old), model.__tablename__
    if thing is None or session.get(model, new) is not None:
        return Counter()
    values = {column.key: getattr(thing, column.key) for column in inspect(model).columns}
    session.add(model(**values | {key: new}))
    session.flush()
    moved = Counter({name: 1})
    for child, column in pointing_at(name):
        moved += move(child, column, old, new)
    move_history(name, old, new)
    session.expire(thing)
    session.delete(thing)
    session.flush()
    session.expire_all()
    return moved


def move_history(table: str, old: str, new: str) -> None:
    """Let the saved versions follow their object."""
    session.execute(
        update(Version)
        .where(Version.subject == f"{table}:{old}")
        .values(subject=f"{table}:{new}")
    )
