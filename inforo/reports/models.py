"""Reports of posts and pages: what a member finds wrong, and what the office decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.db import Base, bigint, created_now, intpk
from inforo.discussions.models import Post
from inforo.i18n import _l
from inforo.wiki.models import WikiPage


class ReportReason(StrEnum):
    PERSONAL_DATA = "personal_data"
    RUDE = "rude"
    ADVERTISING = "advertising"
    WRONG = "wrong"
    OTHER = "other"

    @property
    def label(self) -> Any:
        return REASON_LABELS[self]


REASON_LABELS = {
    ReportReason.PERSONAL_DATA: _l("enthält personenbezogene Daten"),
    ReportReason.RUDE: _l("ist beleidigend oder ausgrenzend"),
    ReportReason.ADVERTISING: _l("ist Werbung"),
    ReportReason.WRONG: _l("ist fachlich falsch oder gefährlich"),
    ReportReason.OTHER: _l("etwas anderes"),
}


class Report(Base):
    """A member reports a post; the office decides and the reporter is told the outcome."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("post_id", "reporter_id"),)

    id: Mapped[intpk]
    post_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="CASCADE"), index=True
    )
    reporter_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    reason: Mapped[ReportReason]
    text: Mapped[str] = mapped_column(default="")
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    outcome: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    post: Mapped[Post] = relationship()
    reporter: Mapped[Account | None] = relationship(foreign_keys=[reporter_id])

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, self.programme_key)


class PageReport(Base):
    """A member reports a page of a group; the office deletes it or lets it be."""

    __tablename__ = "page_reports"
    __table_args__ = (UniqueConstraint("page_id", "reporter_id"),)

    id: Mapped[intpk]
    page_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("wiki_pages.id", ondelete="CASCADE"), index=True
    )
    reporter_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    reason: Mapped[ReportReason]
    text: Mapped[str] = mapped_column(default="")
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    outcome: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    page: Mapped[WikiPage] = relationship()
    reporter: Mapped[Account | None] = relationship(foreign_keys=[reporter_id])

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, self.programme_key)
