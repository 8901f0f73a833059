"""Files people upload: checked, stored under a random key, delivered after a permission check.

The bytes lie in `storage`: a folder or an object store. Rows know name, type, size and
hash; what a file belongs to decides who may read it. A view that takes files is marked
`@takes_files` (larger requests), checks with `file_checks.check()` in its form and keeps the
result with `keep()`.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Response, request
from huey import crontab
from sqlalchemy import ForeignKey, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage

from inforo import clock, security, storage, text
from inforo.config import settings
from inforo.db import Base, bigint, created_now, folded, intpk, session
from inforo.errors import NotFound
from inforo.file_checks import CheckedFile, FileRefused, check, check_data, clean_name
from inforo.i18n import _
from inforo.jobs import sweep

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])
PREVIEW = ".webp"  # what is made of a file lies beside it, under its key and this ending
# For columns of what is made of a file: it does not keep the file from being deleted.
FOLLOWS_FILE = {"follows_file": True}


def key_of_name(context: Any) -> str:
    """Return the name of a new row as it is compared in searches and orders."""
    return folded(context.get_current_parameters()["name"])


class StoredFile(Base):
    """One uploaded file. `key` is its random storage name, `size` in bytes."""

    __tablename__ = "files"

    id: Mapped[intpk]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(default=key_of_name, server_default="")
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(bigint)
    sha256: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[created_now]

    @property
    def extension(self) -> str:
        """Return the kind of file as people name it, e.g. "PDF"."""
        return self.name.rpartition(".")[2].upper()

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


def takes_files(view: View) -> View:
    """Mark a view whose requests may be as large as uploads are."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def store(upload: FileStorage, owner_id: int | None) -> StoredFile:
    """Check an upload and keep it, in the current transaction."""
    return keep(check(upload), owner_id)


def store_bytes(data: bytes, name: str, owner_id: int | None) -> StoredFile:
    """Check a file the platform itself made or imports, and keep it."""
    return keep(check_data(clean_name(name), data), owner_id)


def inspect(upload: FileStorage) -> CheckedFile:
    """Check an upload inside a request, without a write lock: decoding may take seconds."""
    session.commit()  # nothing is pending before a form is valid; this ends the transaction
    return check(upload)


def keep(checked: CheckedFile, owner_id: int | None) -> StoredFile:
    """Write a checked file to the storage and add its row to the current transaction.

    If the transaction is rolled back, the sweep finds the bytes without a row.
    """
    refuse_over_quota(owner_id, len(checked.data))
    stored = StoredFile(
        key=secrets.token_hex(16),
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.data),
        sha256=hashlib.sha256(checked.data).hexdigest(),
        owner_id=owner_id,
    )
    storage.put(stored.key, checked.data)
    session.add(stored)
    return stored


def keep_archive(path: Path, name: str) -> StoredFile:
    """Keep a ZIP file the platform made; it is not read into memory and counts for nobody."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    stored = StoredFile(
        key=secrets.token_hex(16),
        name=clean_name(name),
        content_type="application/zip",
        size=path.stat().st_size,
        sha256=digest,
        owner_id=None,
    )
    storage.put(stored.key, path)
    session.add(stored)
    return stored


def used_bytes(owner_id: int) -> int:
    statement = select(func.sum(StoredFile.size)).where(StoredFile.owner_id == owner_id)
    return int(session.scalar(statement) or 0)


def refuse_over_quota(owner_id: int | None, size: int) -> None:
    if owner_id and used_bytes(owner_id) + size > settings.upload_account_bytes:
        raise FileRefused(
            _(
                "Ihr Speicherplatz ist voll (%(limit)s MB). Bitte entfernen Sie Dateien, die "
                "Sie nicht mehr brauchen.",
                limit=settings.upload_account_bytes // 1_000_000,
            )
        )


def read(stored: StoredFile) -> bytes:
    """Return the whole content of a file."""
    return storage.read(stored.key)


def deliver(
    stored: StoredFile, *, as_attachment: bool = True, is_public: bool = False
) -> Response:
    """Answer with the file. The caller has checked that the person may read it."""
    response = Response(content_type=stored.content_type)
    response.set_etag(stored.sha256)
    add_headers(response, stored, as_attachment or not stored.is_image, is_public)
    response.make_conditional(request)
    if response.status_code == 304:
        return response
    if request.method != "HEAD":
        response.response = chunks(stored)
    response.content_length = stored.size
    return response


def deliver_made(data: bytes, name: str, content_type: str, *, is_public: bool) -> Response:
    """Answer with a file that was made for this request and is not kept."""
    made = StoredFile(name=clean_name(name), content_type=content_type, size=len(data))
    response = Response(data, content_type=content_type)
    add_headers(response, made, True, is_public)
    return response


def chunks(stored: StoredFile) -> Iterator[bytes]:
    """Return the content in pieces; the file is opened before the answer begins."""
    try:
        return storage.stream(stored.key)
    except FileNotFoundError as error:
        log.error("file %s has no content in the storage", stored.id)
        raise NotFound(_("Diese Datei ist nicht mehr da.")) from error


def add_headers(
    response: Response, stored: StoredFile, as_attachment: bool, is_public: bool
) -> None:
    """Let browsers save the file, show nothing of it, and keep only what is public."""
    plain = f"{text.slug(stored.name.rpartition('.')[0]) or 'datei'}.{stored.extension.lower()}"
    response.headers.set(
        "Content-Disposition",
        "attachment" if as_attachment else "inline",
        **{"filename": plain, "filename*": f"UTF-8''{quote(stored.name, safe='')}"},
    )
    response.headers["Content-Security-Policy"] = security.CSP_DOWNLOAD
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = (
        "public, max-age=3600" if is_public else "private, no-store"
    )
    response.vary.add("Cookie")


def unused() -> list[StoredFile]:
    """Return old files no row of any table points to."""
    until = clock.now() - timedelta(hours=settings.keep_orphan_files_hours)
    owners = [
        exists().where(column == StoredFile.id)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table is StoredFile.__table__ for key in column.foreign_keys)
        and not column.info.get("follows_file")
    ]
    statement = select(StoredFile).where(
        StoredFile.created_at < until, *(~owner for owner in owners)
    )
    return list(session.scalars(statement.limit(1_000)))


@sweep(crontab(minute="23"))
def forget_unused_files() -> None:
    """Delete files nobody uses: rows without an owner, and content without a row."""
    gone = unused()
    for stored in gone:
        session.delete(stored)
    session.commit()
    for stored in gone:
        storage.remove(stored.key)
        storage.remove(f"{stored.key}{PREVIEW}")
    for key in stray_keys():
        storage.remove(key)


def stray_keys() -> list[str]:
    """Return the keys of old content whose row was rolled back or deleted."""
    until = clock.now() - timedelta(hours=settings.keep_orphan_files_hours)
    strays = []
    for page in storage.pages(storage.storage()):
        old = [path.rsplit("/", 1)[-1] for path, _size, changed in page if changed < until]
        keys = {name: name.removesuffix(PREVIEW) for name in old}
        known = set(
            session.scalars(select(StoredFile.key).where(StoredFile.key.in_(keys.values())))
        )
        strays += sorted(name for name, key in keys.items() if key not in known)
    return strays
