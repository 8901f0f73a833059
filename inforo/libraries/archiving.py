"""Writing the files of a group into one ZIP file, under names of which each is there once."""

import logging
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from inforo import storage

log = logging.getLogger(__name__)


def names_in_archive(rows: Iterable[Any]) -> list[str]:
    """Return a name for each file; of equal ones the later are numbered, whatever the case."""
    taken: set[str] = set()
    names = []
    for row in rows:
        stem, _, ending = row.name.rpartition(".")
        stem = stem if row.post_id else row.title
        name, number = f"{stem}.{ending.lower()}", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number}).{ending.lower()}"
        taken.add(name.casefold())
        names.append(name)
    return names


def write(path: Path, rows: list[Any]) -> list[str]:
    """Write the files, piece by piece; return the names of those whose content is missing."""
    missing = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for row, name in zip(rows, names_in_archive(rows), strict=True):
            try:
                pieces = storage.stream(row.key)
            except FileNotFoundError:
                log.error("file %s has no content in the storage", row.file_id)
                missing.append(name)
                continue
            entry = zipfile.ZipInfo(name, row.created_at.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            with archive.open(entry, "w") as target:
                for piece in pieces:
                    target.write(piece)
        if missing:
            archive.writestr("FEHLT.txt", "\n".join(missing))
    return missing
