"""Backups: one `.tar.gz` with the rows, the files, the operator's texts, and a manifest.

The rows are read in one snapshot while the platform runs, the files after them: a row then
always finds its file. Settings and secrets are not part of it; keep them elsewhere.
A backup can be restored into SQLite and PostgreSQL alike.
"""

import hashlib
import json
import os
import tarfile
import tempfile
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Connection, Engine, select

from inforo import audit_guard, clock, schema, storage
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import reading, session
from inforo.errors import CommandFailed
from inforo.files import StoredFile
from inforo.operation import rows
from inforo.search import rebuild

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass
class Manifest:
    """What a backup holds. `tables`: rows and SHA-256 by name, `files`: SHA-256 by path."""

    revision: str
    created_at: str
    database: str
    format: int = FORMAT
    tables: dict[str, list[Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    missing_files: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        count = sum(count for count, _digest in self.tables.values())
        return f"{count} rows in {len(self.tables)} tables, {len(self.files)} files"


def engine() -> Engine:
    found: Engine = current_app.extensions["engine"]
    return found


def write(target: Path) -> Manifest:
    """Write a backup. The file appears under its name only when it is complete."""
    if target.exists():
        raise CommandFailed(f"{target} exists already; a backup never overwrites another one.")
    if schema.current(engine()) != schema.head():
        raise CommandFailed("The database is not up to date; run `inforo db upgrade` first.")
    partial = target.with_name(f".{target.name}.part")
    manifest = Manifest(
        revision=schema.head(),
        created_at=clock.now().isoformat(),
        database=engine().dialect.name,
    )
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as tar:
            with reading():
                add_tables(tar, manifest)
                add_files(tar, manifest)
            add_texts(tar, manifest)
            add(tar, MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
        partial.rename(target)
    except OSError as error:
        raise CommandFailed(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    member.mtime = int(clock.now().timestamp())
    tar.addfile(member, BytesIO(data))


def add_tables(tar: tarfile.TarFile, manifest: Manifest) -> None:
    with tempfile.TemporaryDirectory() as folder, rows.snapshot(engine()) as connection:
        for table in rows.kept_tables():
            path = Path(folder) / "rows"
            with path.open("w", encoding="utf-8") as file:
                manifest.tables[table.name] = [*rows.write_lines(connection, table, file)]
            tar.add(path, arcname=f"tables/{table.name}.jsonl")


def add_files(tar: tarfile.TarFile, manifest: Manifest) -> None:
    """Add the uploaded files; one that was deleted since the snapshot is only noted."""
    for key in session.scalars(select(StoredFile.key).order_by(StoredFile.key)):
        try:
            data = storage.read(key)
        except FileNotFoundError:
            manifest.missing_files.append(key)
            continue
        manifest.files[f"files/{key}"] = hashlib.sha256(data).hexdigest()
        add(tar, f"files/{key}", data)


def add_texts(tar: tarfile.TarFile, manifest: Manifest) -> None:
    """Add the legal pages an operator has written."""
    for path in sorted((settings.instance / "pages").glob("*.md")):
        data = path.read_bytes()
        manifest.files[f"pages/{path.name}"] = hashlib.sha256(data).hexdigest()
        add(tar, f"pages/{path.name}", data)


def restore(source: Path, *, force: bool = False) -> Manifest:
    """Put a backup into this installation: all of it, or nothing.

    Raises CommandFailed if the backup is damaged or from another version, or if somebody
    uses this installation already and `force` is not given.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = unpack(source, folder)
        prepare(manifest, force=force)
        with engine().begin() as connection:
            if connection.dialect.name == "postgresql":
                rows.lift_time_limits(connection)
            with audit_guard.lifted(connection):
                rows.delete_all(connection)
            put_rows(connection, folder, manifest)
            rows.move_sequences(connection)
            put_files(folder, manifest)  # if that fails, the rows stay as they were
    rebuild.rebuild()
    return manifest


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack a backup and compare everything with its manifest."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, tarfile.TarError, EOFError, ValueError) as error:
        raise CommandFailed(f"{source} is not a readable backup: {error}.") from error
    manifest = Manifest(**found)
    for name, (_count, digest) in manifest.tables.items():
        verify(folder / "tables" / f"{name}.jsonl", digest)
    for name, digest in manifest.files.items():
        verify(folder / name, digest)
    return manifest


def verify(path: Path, digest: str) -> None:
    if not path.is_file():
        raise CommandFailed(f"The backup is damaged: {path.name} is missing.")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise CommandFailed(f"The backup is damaged: {path.name} has changed.")


def prepare(manifest: Manifest, *, force: bool) -> None:
    """Make sure that schema and backup fit together and nothing is overwritten by mistake."""
    if manifest.format != FORMAT or manifest.revision != schema.head():
        raise CommandFailed(
            f"The backup stands at migration {manifest.revision or 'none'}, this program at "
            f"{schema.head()}; restore it with the version that wrote it, then upgrade."
        )
    settings.instance.mkdir(parents=True, exist_ok=True)
    schema.upgrade(engine())
    if not force and session.scalar(select(Account.id).limit(1)) is not None:
        raise CommandFailed(
            "This installation is in use; --force replaces everything in it by the backup."
        )
    session.commit()


def put_rows(connection: Connection, folder: Path, manifest: Manifest) -> None:
    for table in rows.kept_tables():
        with (folder / "tables" / f"{table.name}.jsonl").open(encoding="utf-8") as file:
            rows.read_lines(connection, table, file)
    counted = rows.count_rows(connection)
    for name, (count, _digest) in manifest.tables.items():
        if counted[name] != count:
            raise CommandFailed(f"Table {name} got {counted[name]} rows instead of {count}.")


def put_files(folder: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        kind, _, key = name.partition("/")
        data = (folder / name).read_bytes()
        if kind == "files":
            storage.put(key, data)
        else:
            target = settings.instance / "pages" / key
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(data)
