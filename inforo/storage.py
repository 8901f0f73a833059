"""Where the bytes of files lie: the folder `instance/files/`, or a bucket of an S3 store.

One interface (obstore) for both; `s3_bucket` in the settings chooses. Everything here knows
keys and bytes only; `files` knows what they mean. A missing file is a FileNotFoundError, a
store that does not answer a StorageUnreachable.
"""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, cast

import obstore
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from inforo.config import settings
from inforo.errors import DomainError
from inforo.i18n import _

log = logging.getLogger(__name__)
CHUNK = 512 * 1024
LISTED = 500
RETRIES = 2
PROBE_SECONDS = 2  # /readyz must answer before a balancer gives up


class StorageUnreachable(DomainError):
    """The store with the files does not answer, or refuses us."""

    status = 503
    retry_after = 60


@contextmanager
def reaching() -> Iterator[None]:
    """Log what the store said; people get a sentence without names of hosts."""
    try:
        yield
    except BaseError as error:
        log.error("the storage of files failed: %s", str(error).split("\n", 1)[0])
        raise StorageUnreachable(
            _(
                "Die Dateien sind gerade nicht zu erreichen. Bitte versuchen Sie es in einer "
                "Minute noch einmal."
            )
        ) from error


def storage() -> ObjectStore:
    """Return the store of this process; made late, as its threads do not survive a fork."""
    if "files" not in current_app.extensions:
        current_app.extensions["files"] = bucket() if settings.s3_bucket else local()
    return cast(ObjectStore, current_app.extensions["files"])


def folder() -> Path:
    return settings.instance / "files"


def local() -> LocalStore:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    return LocalStore(folder())


def bucket(seconds: int | None = None, retries: int = RETRIES) -> S3Store:
    """Return the bucket of the settings; `seconds` limits each request."""
    limit = seconds or settings.s3_timeout_seconds
    return S3Store(
        settings.s3_bucket,
        prefix=settings.s3_prefix.strip("/") or None,
        endpoint=settings.s3_endpoint or None,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key,
        secret_access_key=settings.s3_secret_key,
        virtual_hosted_style_request=settings.s3_host_style,
        client_options={
            "allow_http": settings.s3_allow_http,
            "connect_timeout": f"{min(limit, 3)}s",
            "timeout": f"{limit}s",
        },
        retry_config={"max_retries": retries},
    )


def path_of(key: str) -> str:
    """Spread the files over folders, so that none has a hundred thousand of them."""
    return f"{key[:2]}/{key}"


def put(key: str, data: bytes | Path) -> None:
    put_into(storage(), path_of(key), data)


def put_into(place: ObjectStore, path: str, data: bytes | Path | IO[bytes]) -> None:
    """Write content; a bucket that is not there is no missing file."""
    with reaching():
        try:
            obstore.put(place, path, data)
        except FileNotFoundError as error:
            raise StorageUnreachable(_("Der Speicher für Dateien fehlt.")) from error
    if isinstance(place, LocalStore):
        (folder() / path).chmod(0o600)


def read(key: str) -> bytes:
    with reaching():
        return bytes(obstore.get(storage(), path_of(key)).bytes())


def stream(key: str) -> Iterator[bytes]:
    """Return the content in pieces; that it is there is known before the first one."""
    return stream_from(storage(), path_of(key))


def stream_from(place: ObjectStore, path: str) -> Iterator[bytes]:
    with reaching():
        found = obstore.get(place, path)
    return (bytes(piece) for piece in found.stream(min_chunk_size=CHUNK))


def remove(key: str) -> None:
    with reaching():
        try:
            obstore.delete(storage(), path_of(key))
        except FileNotFoundError:
            log.debug("file %s was gone already", key)


def has(key: str) -> bool:
    with reaching():
        try:
            obstore.head(storage(), path_of(key))
        except FileNotFoundError:
            return False
    return True


def pages(place: ObjectStore) -> Iterator[list[tuple[str, int, datetime]]]:
    """Yield path, size and time of all content of a store, some hundreds at a time."""
    with reaching():
        for page in obstore.list(place, chunk_size=LISTED):
            yield [(meta["path"], meta["size"], meta["last_modified"]) for meta in page]


def is_reachable() -> bool:
    """Tell within two seconds whether files can be read and, in a folder, written."""
    if not settings.s3_bucket:
        return os.access(folder() if folder().exists() else settings.instance, os.W_OK)
    probe = bucket(seconds=PROBE_SECONDS, retries=0)
    try:
        next(obstore.list(probe, "readyz", chunk_size=1), None)
    except (BaseError, FileNotFoundError) as error:
        log.warning("the storage of files: %s", str(error).split("\n", 1)[0])
        return False
    return True


def copy_all(source: ObjectStore, target: ObjectStore) -> Iterator[tuple[bool, int]]:
    """Copy what the target lacks; yield for each file whether it was copied, and its size.

    May be stopped at any time: a file appears in the target only when it is complete.
    """
    there = {path: size for page in pages(target) for path, size, _time in page}
    for page in pages(source):
        for path, size, _time in page:
            is_new = there.get(path) != size
            if is_new:
                copy_one(source, target, path)
            yield is_new, size


def copy_one(source: ObjectStore, target: ObjectStore, path: str) -> None:
    """Copy one file by way of the disk: it may be larger than the memory."""
    with tempfile.TemporaryFile() as kept:
        for piece in stream_from(source, path):
            kept.write(piece)
        kept.seek(0)
        put_into(target, path, kept)
