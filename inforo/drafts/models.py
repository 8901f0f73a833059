"""Drafts: the fields of a form as they were typed, per person, target and open page."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inforo.clock import BERLIN
from inforo.db import Base, bigint, created_now, intpk


class Draft(Base):
    """What one open page holds for one target ("reply:12").

    Who continues on another device takes the row over; who writes on two at once has two
    rows, so that neither text overwrites the other. `number` counts the saves of one page:
    one that was overtaken on the way changes nothing. A draft with `send_to` waits for its
    owner to sign in, whose browser holds the key.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("account_id", "target", "writer"),
        Index("ix_drafts_newest", "account_id", "saved_at"),
    )

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE")
    )
    target: Mapped[str]
    writer: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    path: Mapped[str]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    number: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    send_to: Mapped[str] = mapped_column(default="")
    key_hash: Mapped[str | None] = mapped_column(unique=True)
    warned_at: Mapped[datetime | None]
    created_at: Mapped[created_now]
    saved_at: Mapped[created_now] = mapped_column(index=True)

    @property
    def base(self) -> str:
        """Return what a page that begins with this draft has to name to continue it."""
        return f"{self.id}:{self.revision}"

    @property
    def time(self) -> str:
        """Return "14:03", when it was saved where the readers live."""
        return f"{self.saved_at.astimezone(BERLIN):%H:%M}"

    @property
    def texts(self) -> list[str]:
        """Return what was written, the longest first; short values are choices and keys."""
        given = [value.strip() for values in self.fields.values() for value in values]
        return sorted((value for value in given if " " in value), key=len, reverse=True)
