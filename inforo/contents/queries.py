"""What is known of the contents of files, and which files wait."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from inforo import clock
from inforo.contents.models import MOST_ATTEMPTS, FilePreview, PreviewState
from inforo.db import session
from inforo.files import StoredFile

# The columns of slices above whose files are read and drawn.
WANTED: list[Any] = []
PATIENCE = timedelta(hours=1)


def previews_of(file_ids: Iterable[int]) -> dict[int, FilePreview]:
    """Return file → its preview, of those where one was tried."""
    statement = select(FilePreview).where(FilePreview.file_id.in_(list(file_ids)))
    return {preview.file_id: preview for preview in session.scalars(statement)}


def waiting_files(limit: int = 1_000, patience: timedelta = PATIENCE) -> list[str]:
    """Return the keys of files that should have been read but were not, the oldest first."""
    stopped = and_(
        FilePreview.state == PreviewState.STARTED,
        FilePreview.attempts < MOST_ATTEMPTS,
        FilePreview.made_at <= clock.now() - patience,
    )
    untouched = and_(
        FilePreview.file_id.is_(None), StoredFile.created_at <= clock.now() - patience
    )
    wanted = or_(*(StoredFile.id.in_(select(column)) for column in WANTED))
    statement = (
        select(StoredFile.key)
        .outerjoin(FilePreview, FilePreview.file_id == StoredFile.id)
        .where(wanted, or_(untouched, stopped))
        .order_by(StoredFile.id)
        .limit(limit)
    )
    return list(session.scalars(statement)) if WANTED else []


def find_file(key: str) -> StoredFile | None:
    return session.scalar(select(StoredFile).where(StoredFile.key == key))
