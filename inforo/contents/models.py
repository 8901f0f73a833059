"""The text of a file, and the picture of its first page. Both can be made anew any time."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from inforo.clock import now
from inforo.db import Base, bigint
from inforo.files import FOLLOWS_FILE, PREVIEW, StoredFile

MOST_ATTEMPTS = 3


class TextState(StrEnum):
    """What became of reading a file: `refused` are bombs and locked files."""

    DONE = "done"
    EMPTY = "empty"
    REFUSED = "refused"
    FAILED = "failed"


class PreviewState(StrEnum):
    """What the picture shows: the first page, or (drawn by us) the beginning of the text."""

    STARTED = "started"
    PAGE = "page"
    TEXT = "text"
    NONE = "none"


class FileText(Base):
    """What the search finds of a file."""

    __tablename__ = "file_texts"

    file_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("files.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=FOLLOWS_FILE,
    )
    state: Mapped[TextState]
    text: Mapped[str] = mapped_column(Text, default="")
    extracted_at: Mapped[datetime] = mapped_column(default=now)


class FilePreview(Base):
    """A small picture of a file; its bytes lie beside those of the file.

    The row exists from the first attempt on: what kills the worker is tried three times.
    """

    __tablename__ = "file_previews"

    file_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("files.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=FOLLOWS_FILE,
    )
    state: Mapped[PreviewState] = mapped_column(default=PreviewState.STARTED)
    attempts: Mapped[int] = mapped_column(default=0)
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    @property
    def has_picture(self) -> bool:
        return self.state in {PreviewState.PAGE, PreviewState.TEXT}

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more will come of it."""
        return self.state is not PreviewState.STARTED or self.attempts >= MOST_ATTEMPTS

    def picture_of(self, stored: StoredFile) -> StoredFile:
        """Return the picture as a file that can be delivered; it has no row of its own."""
        shown: dict[str, Any] = {
            "id": stored.id,
            "key": f"{stored.key}{PREVIEW}",
            "name": f"{stored.name.rpartition('.')[0]}{PREVIEW}",
            "content_type": "image/webp",
            "size": self.size,
            "sha256": f"{stored.sha256}-{self.size}",
        }
        return StoredFile(**shown)
