"""Tools: working material, the versions of its files, and the examples it belongs to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates
from sqlalchemy.orm.attributes import flag_modified

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.clock import now
from inforo.contents.models import FilePreview
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.files import StoredFile
from inforo.municipalities.models import Municipality
from inforo.toolbox.facets import searchable
from inforo.toolbox.models import Example

IS_PENDING = sql("published_at IS NULL AND declined_at IS NULL")


class Tool(Versioned, Base):
    """Working material from one municipality that others may adapt."""

    __tablename__ = "tools"

    id: Mapped[intpk]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    context: Mapped[str] = mapped_column(default="")
    category_key: Mapped[str] = mapped_column(index=True, info={"vocabulary": "tool_category"})
    phase_key: Mapped[str] = mapped_column(default="", info={"vocabulary": "process_step"})
    licence: Mapped[str] = mapped_column(default="CC BY 4.0")
    municipality_ags: Mapped[str | None] = mapped_column(
        ForeignKey("municipalities.ags"), index=True
    )
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    created_at: Mapped[created_now]

    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    municipality: Mapped[Municipality | None] = relationship()
    files: Mapped[list["ToolFile"]] = relationship(
        order_by="ToolFile.number.desc()", cascade="all, delete-orphan"
    )
    examples: Mapped[list[Example]] = relationship(secondary="tool_examples")

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, is_shared=True)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def published_files(self) -> list["ToolFile"]:
        """Return the versions everybody may have once the tool is public, newest first."""
        return [version for version in self.files if version.is_published]

    @property
    def newest_file(self) -> "ToolFile | None":
        """Return the version readers get; of a tool nobody reads yet the one that waits."""
        waiting = None if self.is_published else self.pending_file
        return next(iter(self.published_files), waiting)

    @property
    def pending_file(self) -> "ToolFile | None":
        """Return the version that waits for the office; there is one at most."""
        return next((version for version in self.files if version.is_pending), None)

    def note_change(self) -> None:
        """Let the tool have a new version although only what belongs to it changed."""
        flag_modified(self, "words")

    @validates("title", "summary")
    def note_words(self, name: str, value: str) -> str:
        """Keep what lists are filtered by, folded alike for all databases."""
        texts = {"title": self.title or "", "summary": self.summary or "", name: value}
        self.words = searchable(f"{texts['title']} {texts['summary']}")
        return value


class ToolFile(Base):
    """One version of a tool's file, the newest has the highest number.

    It is published or declined by the office; until then it waits, for its author and the
    office to see. `note` says what changed.
    """

    __tablename__ = "tool_files"
    __table_args__ = (
        UniqueConstraint("tool_id", "number"),
        CheckConstraint("published_at IS NULL OR declined_at IS NULL", name="decided_once"),
        Index(
            "uq_tool_files_pending",
            "tool_id",
            unique=True,
            sqlite_where=IS_PENDING,
            postgresql_where=IS_PENDING,
        ),
    )

    id: Mapped[intpk]
    tool_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int] = mapped_column(bigint, ForeignKey("files.id"))
    number: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    declined_at: Mapped[datetime | None]
    downloads: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[created_now]

    file: Mapped[StoredFile] = relationship()
    preview: Mapped[FilePreview | None] = relationship(
        primaryjoin="foreign(FilePreview.file_id) == ToolFile.file_id", viewonly=True
    )

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_pending(self) -> bool:
        return self.published_at is None and self.declined_at is None

    def publish(self) -> None:
        self.published_at = now()

    def decline(self) -> None:
        self.declined_at = now()


class ToolExample(Base):
    __tablename__ = "tool_examples"

    tool_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), primary_key=True
    )
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True, index=True
    )
