"""What was moved from which thread to which, so that it can be taken back.

Moved posts come behind those of their new thread and leave a place holder in the old one.
Nothing that stays gets another number: addresses and reading positions keep their meaning.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.clock import now
from inforo.config import settings
from inforo.db import Base, bigint, created_now, intpk
from inforo.discussions.models import Post, Thread
from inforo.i18n import _l


class Kind(StrEnum):
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"

    @property
    def label(self) -> Any:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.MOVE: _l("In eine andere Diskussion verschieben"),
    Kind.SPLIT: _l("Als neue Diskussion abtrennen"),
    Kind.MERGE: _l("Die ganze Diskussion mit einer anderen zusammenlegen"),
}


class Rearrangement(Base):
    """One decision. `followers` began to follow the target because of it."""

    __tablename__ = "rearrangements"

    id: Mapped[intpk]
    kind: Mapped[Kind]
    source_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    target_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    actor_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    reason: Mapped[str]
    followers: Mapped[list[int]] = mapped_column(JSON, default=list)
    answer_post_id: Mapped[int | None] = mapped_column(bigint)
    was_hidden: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[created_now]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )

    source: Mapped[Thread] = relationship(foreign_keys=[source_id])
    target: Mapped[Thread] = relationship(foreign_keys=[target_id])
    by: Mapped[Account | None] = relationship(foreign_keys=[actor_id])

    @property
    def is_recent(self) -> bool:
        """Tell whether it can still be taken back."""
        age = now() - self.created_at
        return self.undone_at is None and age < timedelta(days=settings.undo_rearranging_days)


class MovedPost(Base):
    """One post of a decision, its number before, and the place holder it left."""

    __tablename__ = "moved_posts"

    id: Mapped[intpk]
    rearrangement_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("rearrangements.id", ondelete="CASCADE"), index=True
    )
    post_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    holder_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="SET NULL"), index=True
    )

    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    holder: Mapped[Post | None] = relationship(foreign_keys=[holder_id])
