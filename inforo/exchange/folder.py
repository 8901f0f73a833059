"""A whole toolbox as a folder: lines of records, the files, a manifest with their hashes."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from inforo import files
from inforo.exchange.records import FORMAT, Record, path_of
from inforo.files import StoredFile

EXAMPLES, TOOLS, MANIFEST, README = (
    "examples.jsonl",
    "tools.jsonl",
    "manifest.json",
    "README.txt",
)
LONG_AGO = (1980, 1, 1, 0, 0, 0)
ABOUT = """inforo: Praxisbeispiele und Werkzeuge

examples.jsonl   ein Praxisbeispiel je Zeile (JSON, UTF-8)
tools.jsonl      ein Werkzeug je Zeile
files/           die Dateien dazu, benannt nach ihrer Prüfsumme (SHA-256)
manifest.json    Prüfsumme jeder Datei dieses Ordners

Das Format beschreibt docs/exchange.md. Wieder einlesen: inforo exchange import ORDNER
Es gelten die Lizenzen, die bei den Beispielen und Dateien stehen.
"""


class Target(Protocol):
    """Where a folder is written: a directory or an archive."""

    def write(self, path: str, data: Iterable[bytes]) -> None: ...


class Directory:
    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, data: Iterable[bytes]) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            file.writelines(data)


class Archive:
    """The same inputs give the same archive, byte by byte: times are left out."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def write(self, path: str, data: Iterable[bytes]) -> None:
        entry = zipfile.ZipInfo(path, LONG_AGO)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with self.archive.open(entry, "w") as file:
            for piece in data:
                file.write(piece)


class Hashing:
    """Remembers what was written, for the manifest."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.written: dict[str, str] = {}

    def write(self, path: str, data: Iterable[bytes]) -> None:
        digest = hashlib.sha256()

        def hashed() -> Iterator[bytes]:
            for piece in data:
                digest.update(piece)
                yield piece

        self.target.write(path, hashed())
        self.written[path] = digest.hexdigest()


def as_line(record: Record) -> bytes:
    """Return a record as its line."""
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


class Folder:
    """Writes records and the files they name; equal contents once."""

    def __init__(self, target: Target) -> None:
        self.target = Hashing(target)
        self.stored: dict[str, StoredFile] = {}

    def write(
        self,
        examples: Iterable[tuple[Record, list[StoredFile]]],
        tools: Iterable[tuple[Record, list[StoredFile]]],
    ) -> None:
        self.target.write(EXAMPLES, self.lines(examples))
        self.target.write(TOOLS, self.lines(tools))
        for path, stored in sorted(self.stored.items()):
            self.target.write(path, files.chunks(stored))
        self.target.write(README, [ABOUT.encode()])
        manifest = {"format": FORMAT, "sha256": dict(sorted(self.target.written.items()))}
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        self.target.target.write(MANIFEST, [text.encode()])

    def lines(self, found: Iterable[tuple[Record, list[StoredFile]]]) -> Iterator[bytes]:
        for record, stored in found:
            for each in stored:
                self.stored.setdefault(path_of(each), each)
            yield as_line(record)
