"""What belongs to an example: its writers, places, terms, criteria, files and time line."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.contents.models import FilePreview
from inforo.db import Base, bigint, created_now, intpk
from inforo.files import StoredFile


class ExampleAuthor(Base):
    """Somebody who writes an example together with the person who began it."""

    __tablename__ = "example_authors"
    __table_args__ = (UniqueConstraint("example_id", "account_id"),)

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    invited_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])


class ExampleCapture(Base):
    """An example somebody of an office wrote down while its author told it."""

    __tablename__ = "example_captures"

    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str]
    email: Mapped[str]
    created_at: Mapped[created_now]

    account: Mapped[Account | None] = relationship()


class ExampleMunicipality(Base):
    __tablename__ = "example_municipalities"

    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True
    )
    municipality_ags: Mapped[str] = mapped_column(
        ForeignKey("municipalities.ags"), primary_key=True, index=True
    )


class ExampleTerm(Base):
    """Age phases, transitions, fields of action, target groups, settings, recommendations."""

    __tablename__ = "example_terms"

    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("terms.id"), primary_key=True, index=True
    )


class ExampleCriterion(Base):
    """How far an example goes along one of the twelve criteria, 0 to 4, and why."""

    __tablename__ = "example_criteria"
    __table_args__ = (
        UniqueConstraint("example_id", "criterion_key"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
    )

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    criterion_key: Mapped[str] = mapped_column(info={"vocabulary": "criterion"})
    position: Mapped[int]
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    is_highlighted: Mapped[bool] = mapped_column(default=False)


class ExampleFile(Base):
    """A file that belongs to an example."""

    __tablename__ = "example_files"

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int] = mapped_column(bigint, ForeignKey("files.id"))
    title: Mapped[str] = mapped_column(default="")
    category_key: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="CC BY 4.0")
    checked_at: Mapped[datetime | None]
    downloads: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[created_now]

    file: Mapped[StoredFile] = relationship()
    preview: Mapped[FilePreview | None] = relationship(
        primaryjoin="foreign(FilePreview.file_id) == ExampleFile.file_id", viewonly=True
    )

    @property
    def label(self) -> str:
        return self.title or self.file.name


class ExampleStep(Base):
    """One entry of the time line that author and reviewer share.

    `is_internal` entries are notes of the reviewers, never shown to the author.
    """

    __tablename__ = "example_steps"

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    action: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    text: Mapped[str] = mapped_column(default="")
    is_internal: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[created_now]

    actor: Mapped[Account | None] = relationship()
