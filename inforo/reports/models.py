"""Reports of posts and pages: what a member finds wrong, and what the office decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.clock import now
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


class Reported:
    """What reports of posts, pages and messages share: who, why, and what was decided."""

    id: Mapped[intpk]
    reporter_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    reason: Mapped[ReportReason]
    text: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    outcome: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    name: ClassVar[str]
    folder: ClassVar[str]

    @declared_attr
    def reporter(cls: Any) -> Mapped[Account | None]:  # noqa: N805 (declarative directive)
        return relationship(Account, foreign_keys=[cls.reporter_id])

    @property
    def scope(self) -> Scope:
        """Return who is in charge; of what people write to each other, no office is."""
        return Scope()

    @property
    def key(self) -> str:
        return f"{self.name}:{self.id}"

    @property
    def address(self) -> str:
        """Return where it is decided on, in the work basket."""
        return f"/arbeitskorb/{self.folder}/{self.id}"

    @property
    def writer_id(self) -> int | None:
        """Return who wrote what stands there, and hears nothing of the report itself."""
        raise NotImplementedError

    def decide(self, account_id: int | None, outcome: str) -> None:
        self.decided_at, self.decided_by_id, self.outcome = now(), account_id, outcome


class ReportedToOffice(Reported):
    """What the office of a Land decides on."""

    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, self.programme_key)


class Report(ReportedToOffice, Base):
    """A member reports a post; the office decides and the reporter is told the outcome."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("post_id", "reporter_id"),)
    name, folder = "report", "meldungen"

    post_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="CASCADE"), index=True
    )

    post: Mapped[Post] = relationship()

    @property
    def writer_id(self) -> int | None:
        return self.post.author_id


class PageReport(ReportedToOffice, Base):
    """A member reports a page of a group; the office deletes it or lets it be."""

    __tablename__ = "page_reports"
    __table_args__ = (UniqueConstraint("page_id", "reporter_id"),)
    name, folder = "page-report", "seitenmeldungen"

    page_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("wiki_pages.id", ondelete="CASCADE"), index=True
    )

    page: Mapped[WikiPage] = relationship()

    @property
    def writer_id(self) -> int | None:
        return self.page.edited_by_id
