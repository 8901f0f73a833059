"""Posts that wait for approval.

They are no threads and posts yet: nothing that counts, lists, searches or mails posts can
show them by mistake. Approving one publishes it as if it had been sent at that moment.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.groups.models import Group
from inforo.i18n import _l


class HeldKind(StrEnum):
    QUESTION = "question"
    ANSWER = "answer"

    @property
    def label(self) -> Any:
        return KIND_LABELS[self]


KIND_LABELS = {HeldKind.QUESTION: _l("Frage"), HeldKind.ANSWER: _l("Antwort")}


class HeldPost(Versioned, Base):
    """A question or an answer that waits; `values` is what its form said besides the words."""

    __tablename__ = "held_posts"
    __table_args__ = (
        Index("ix_held_posts_waiting", "author_id", "approved_at"),
        Index("ix_held_posts_decided", "state_code", "decided_at"),
    )

    id: Mapped[intpk]
    kind: Mapped[HeldKind]
    author_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE")
    )
    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    thread_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    state_code: Mapped[str | None] = mapped_column(String(2), ForeignKey("states.code"))
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))
    sent_at: Mapped[created_now]
    approved_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    reason: Mapped[str] = mapped_column(default="")
    published_path: Mapped[str] = mapped_column(default="")

    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    group: Mapped[Group] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, self.programme_key)

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None

    @property
    def is_returned(self) -> bool:
        return self.decided_at is not None and self.approved_at is None

    @property
    def path(self) -> str:
        return f"/freigaben/{self.id}"
