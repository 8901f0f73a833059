"""What happened to files and pages of a group, gathered until it is told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.db import Base, bigint, created_now, intpk
from inforo.groups.models import Group


class TidingKind(StrEnum):
    """What is new."""

    FILE = "file"
    VERSION = "version"
    PAGE = "page"
    EDIT = "edit"

    @property
    def is_new(self) -> bool:
        """Tell whether there is something that was not there before."""
        return self in (TidingKind.FILE, TidingKind.PAGE)

    @property
    def is_page(self) -> bool:
        return self in (TidingKind.PAGE, TidingKind.EDIT)


class Tiding(Base):
    """What people are told at once: new things of a group, or changes of one thing.

    `thing_id` is the file or page that changed, and 0 for new things, which are told
    together. Once `closed_at` is set, what comes later is told later.
    """

    __tablename__ = "tidings"
    __table_args__ = (Index("ix_tidings_open", "group_id", "kind", "thing_id", "closed_at"),)

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(bigint, ForeignKey("groups.id", ondelete="CASCADE"))
    kind: Mapped[TidingKind]
    thing_id: Mapped[int] = mapped_column(bigint, default=0)
    closed_at: Mapped[datetime | None]
    created_at: Mapped[created_now] = mapped_column(index=True)

    group: Mapped[Group] = relationship()


class TidingPart(Base):
    """One act: somebody brought or changed a file or page."""

    __tablename__ = "tiding_parts"

    id: Mapped[intpk]
    tiding_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("tidings.id", ondelete="CASCADE"), index=True
    )
    thing_id: Mapped[int] = mapped_column(bigint)
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[created_now]
