"""Files people take along."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.db import Base, bigint, created_now, intpk
from inforo.exchange.records import Level
from inforo.files import StoredFile
from inforo.i18n import _l

KEPT_FOR = timedelta(days=7)


class ExportFormat(StrEnum):
    LINES = "jsonl"
    TABLE = "csv"
    FOLDER = "zip"

    @property
    def label(self) -> Any:
        return FORMAT_LABELS[self]


FORMAT_LABELS = {
    ExportFormat.LINES: _l("JSON Lines (für Programme)"),
    ExportFormat.TABLE: _l("CSV (für Excel)"),
    ExportFormat.FOLDER: _l("Ordner mit allen Dateien (ZIP)"),
}
CONTENT_TYPES = {
    ExportFormat.LINES: "application/x-ndjson; charset=utf-8",
    ExportFormat.TABLE: "text/csv; charset=utf-8",
    ExportFormat.FOLDER: "application/zip",
}


class ToolboxExport(Base):
    """A file of examples and tools somebody asked for.

    `example_ids` None means all. What guests ask for they share: `stamp` names what the file
    holds. `holds` are the ids of the examples in it, to find out whether they still may be
    handed out.
    """

    __tablename__ = "toolbox_exports"

    id: Mapped[intpk]
    key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    level: Mapped[Level]
    format: Mapped[ExportFormat]
    example_ids: Mapped[list[Any] | None] = mapped_column(JSON)
    holds: Mapped[list[Any]] = mapped_column(JSON, default=list)
    stamp: Mapped[str] = mapped_column(index=True)
    file_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("files.id"))
    finished_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now] = mapped_column(index=True)

    file: Mapped[StoredFile | None] = relationship()

    @property
    def expires_at(self) -> datetime:
        return self.created_at + KEPT_FOR
