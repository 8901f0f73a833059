"""Files people take along, and imports on their way into the toolbox."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo import clock
from inforo.db import Base, bigint, created_now, intpk
from inforo.exchange.records import Level
from inforo.files import StoredFile
from inforo.i18n import _l

KEPT_FOR = timedelta(days=7)
UNDO_FOR = timedelta(days=30)
QUIET = timedelta(minutes=2)


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


class Stage(StrEnum):
    """Where an import stands. Nobody but its makers sees anything of it before RELEASED."""

    READING = "reading"
    CHECKED = "checked"
    APPLYING = "applying"
    READY = "ready"
    RELEASING = "releasing"
    RELEASED = "released"
    DISCARDING = "discarding"
    DISCARDED = "discarded"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"

    @property
    def label(self) -> Any:
        return STAGE_LABELS[self]

    @property
    def is_working(self) -> bool:
        return self in WORKING


WORKING = frozenset(
    {Stage.READING, Stage.APPLYING, Stage.RELEASING, Stage.DISCARDING, Stage.UNDOING}
)
STAGE_LABELS = {
    Stage.READING: _l("wird geprüft"),
    Stage.CHECKED: _l("geprüft"),
    Stage.APPLYING: _l("wird übernommen"),
    Stage.READY: _l("wartet auf Freigabe"),
    Stage.RELEASING: _l("wird freigegeben"),
    Stage.RELEASED: _l("freigegeben"),
    Stage.DISCARDING: _l("wird verworfen"),
    Stage.DISCARDED: _l("verworfen"),
    Stage.UNDOING: _l("wird zurückgenommen"),
    Stage.UNDONE: _l("zurückgenommen"),
    Stage.FAILED: _l("abgebrochen"),
}


class ImportAs(StrEnum):
    """What imported examples become when they are released."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"
    KEPT = "kept"  # as the file says; only for the operation

    @property
    def label(self) -> Any:
        return AS_LABELS[self]


AS_LABELS = {
    ImportAs.SUBMITTED: _l("eingereicht: die Koordinierungsstelle des Landes prüft sie"),
    ImportAs.PUBLISHED: _l("veröffentlicht: die Quelle ist geprüft"),
    ImportAs.KEPT: _l("wie in der Datei"),
}


class Outcome(StrEnum):
    """What an import makes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"

    @property
    def label(self) -> Any:
        return OUTCOME_LABELS[self]


OUTCOME_LABELS = {
    Outcome.NEW: _l("neu"),
    Outcome.CHANGED: _l("geändert"),
    Outcome.SAME: _l("unverändert"),
    Outcome.REJECTED: _l("abgewiesen"),
}


class ImportBatch(Base):
    """One file somebody brings in. `position` counts the rows that are read.

    `is_trusted` marks what the operation imports on the command line.
    """

    __tablename__ = "import_batches"

    id: Mapped[intpk]
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    is_trusted: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str]
    file_name: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("files.id"))
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    import_as: Mapped[ImportAs]
    stage: Mapped[Stage] = mapped_column(default=Stage.READING, index=True)
    position: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")
    kept: Mapped[int] = mapped_column(default=0)  # touched since, so an undo left them
    moved_at: Mapped[created_now]
    released_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    file: Mapped[StoredFile | None] = relationship()

    @property
    def may_undo(self) -> bool:
        is_fresh = self.released_at is not None and self.released_at + UNDO_FOR > clock.now()
        return self.stage is Stage.RELEASED and is_fresh

    @property
    def is_table(self) -> bool:
        return bool(self.mapping)


class ImportRow(Base):
    """One row of the file, checked. `record` is what it says in our words.

    `raw` is kept of rejected rows, to be corrected; `before` of changed ones, to go back.
    """

    __tablename__ = "import_rows"
    __table_args__ = (
        UniqueConstraint("batch_id", "number"),
        Index("ix_import_rows_work", "batch_id", "outcome", "applied_at"),
    )

    id: Mapped[intpk]
    batch_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("import_batches.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    external_id: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    record: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    raw: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    outcome: Mapped[Outcome]
    applied_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]  # shown, or written over; taken away by an undo
    example_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="SET NULL"), index=True
    )
    tool_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="SET NULL"), index=True
    )


class ImportedObject(Base):
    """What came from elsewhere: its number there, and what it became here.

    `digest` is of what the file said, `kept` of what was made of it: another one tells that
    somebody has worked on it since.
    """

    __tablename__ = "imported_objects"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    id: Mapped[intpk]
    source: Mapped[str]
    external_id: Mapped[str]
    example_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    tool_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str]
    kept: Mapped[str]
    created_at: Mapped[created_now]
