"""Writes the file: a page to read, one JSON file for each kind of row, the uploads."""

import enum
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Column, Table, select

from inforo import files
from inforo.accounts.models import Account
from inforo.db import Base, session
from inforo.files import StoredFile
from inforo.takeouts.belongings import BELONGINGS, Belonging

ENDINGS_LEFT_OUT = ("_hash", "_html")
BATCH = 1_000
Row = dict[str, Any]
Part = tuple[Any, str, list[Row]]  # title, name of the JSON file, rows


def column_of(name: str) -> Column[Any]:
    """Return the column named like "posts.author_id"."""
    table, _, column = name.partition(".")
    return Base.metadata.tables[table].columns[column]


def names_account(column: Column[Any]) -> bool:
    return any(key.column.table is Account.__table__ for key in column.foreign_keys)


def told_columns(table: Table, without: tuple[str, ...]) -> list[Column[Any]]:
    """Return the columns that are about the person and about nobody else."""
    return [
        column
        for column in table.columns
        if column.name not in without
        and not column.name.endswith(ENDINGS_LEFT_OUT)
        and not names_account(column)
    ]


def rows_of(account_id: int, belonging: Belonging) -> Iterator[Row]:
    """Yield the rows of one kind, with the rows that hang on them, oldest first."""
    column = column_of(belonging.column)
    told = told_columns(column.table, belonging.without)
    [key] = list(column.table.primary_key)[:1]
    statement = select(key.label("_key"), *told).where(column == account_id).order_by(key)
    for batch in session.execute(statement).mappings().partitions(BATCH):
        below = {
            name: below_of(name, [row["_key"] for row in batch]) for name in belonging.rows
        }
        for row in batch:
            shown = {name: value for name, value in row.items() if name != "_key"}
            yield shown | {
                name.partition(".")[0]: rows.get(row["_key"], [])
                for name, rows in below.items()
            }


def below_of(name: str, keys: list[Any]) -> dict[Any, list[Row]]:
    """Return the rows of a column that points to `keys`, by what they point to."""
    column = column_of(name)
    found: dict[Any, list[Row]] = {}
    statement = select(column.label("_key"), *told_columns(column.table, ()))
    for row in session.execute(statement.where(column.in_(keys))).mappings():
        found.setdefault(row["_key"], []).append(
            {field: value for field, value in row.items() if field != "_key"}
        )
    return found


def as_json(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def name_of(belonging: Belonging, taken: set[str]) -> str:
    """Return the name of the JSON file: the table, with the column where there are two."""
    name = f"daten/{belonging.column.partition('.')[0]}.json"
    return f"daten/{belonging.column.replace('.', '-')}.json" if name in taken else name


def write(path: Path, account: Account, page: Callable[[list[Part]], str], style: str) -> None:
    """Write everything about a person into a ZIP file at `path`; `page` shows the parts."""
    parts: list[Part] = []
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for belonging in BELONGINGS:
            rows = list(rows_of(account.id, belonging))
            name = name_of(belonging, {part[1] for part in parts})
            data = json.dumps(rows, default=as_json, ensure_ascii=False, indent=1)
            if rows:
                packed.writestr(name, data)
            parts.append((belonging.title, name, rows))
        for stored in uploads_of(account.id):
            packed.writestr(f"dateien/{stored.id}-{stored.name}", files.read(stored))
        packed.writestr("uebersicht.html", page(parts))
        packed.writestr("uebersicht.css", style)


def uploads_of(account_id: int) -> list[StoredFile]:
    statement = select(StoredFile).where(StoredFile.owner_id == account_id)
    return list(session.scalars(statement.order_by(StoredFile.id)))
