"""The links that share a collection, and the files made of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo import clock
from inforo.db import Base, bigint, created_now, intpk
from inforo.files import StoredFile
from inforo.i18n import _l

KEPT_FOR = timedelta(days=7)


class ShareLink(Base):
    """Who knows the secret reads the collection, until it ends or is revoked.

    Only its hash is stored: the owner sees the link once, and makes a new one if it is lost.
    """

    __tablename__ = "collection_links"

    id: Mapped[intpk]
    collection_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("collections.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    @property
    def is_open(self) -> bool:
        is_over = self.expires_at is not None and self.expires_at <= clock.now()
        return self.revoked_at is None and not is_over


class ExportFormat(StrEnum):
    """Files that take time, so the worker makes them; a CSV file is made at once."""

    PDF = "pdf"
    WORD = "docx"

    @property
    def label(self) -> Any:
        return FORMAT_LABELS[self]


FORMAT_LABELS = {ExportFormat.PDF: _l("PDF"), ExportFormat.WORD: _l("Word-Datei (DOCX)")}


class Export(Base):
    """A file somebody asked for. `stamp` names what was in it, for whom.

    Who has no account asks through a link and has only the key to come back with; of that
    key only the hash is stored. The key of a member opens nothing without the member.
    """

    __tablename__ = "collection_exports"

    id: Mapped[intpk]
    key: Mapped[str] = mapped_column(unique=True)
    collection_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("collections.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    link_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("collection_links.id", ondelete="CASCADE")
    )
    format: Mapped[ExportFormat]
    language: Mapped[str] = mapped_column(default="de")
    stamp: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("files.id"))
    finished_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now] = mapped_column(index=True)

    file: Mapped[StoredFile | None] = relationship()

    @property
    def expires_at(self) -> datetime:
        return self.created_at + KEPT_FOR
