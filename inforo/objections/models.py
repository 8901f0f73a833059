"""Objections of authors to decisions about their words. Decisions are entries of the log."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.audit import LogEntry
from inforo.authz import Scope
from inforo.db import Base, bigint, created_now, intpk


class Objection(Base):
    """One objection to one decision; with `decided_at` it is `is_upheld` or not."""

    __tablename__ = "objections"

    id: Mapped[intpk]
    entry_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("log_entries.id", ondelete="CASCADE"), unique=True
    )
    author_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    state_code: Mapped[str | None] = mapped_column(String(2), ForeignKey("states.code"))
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))
    created_at: Mapped[created_now]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    is_upheld: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")

    entry: Mapped[LogEntry] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, self.programme_key)
