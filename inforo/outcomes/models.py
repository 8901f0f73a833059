"""That somebody was asked what came of their question, and what they said."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.db import Base, bigint, created_now, intpk
from inforo.discussions.models import Thread
from inforo.i18n import _l

OWN = 0  # told without being asked


class Reply(StrEnum):
    """What the person said, if anything."""

    WAITING = "waiting"
    TOLD = "told"
    NOTHING = "nothing"
    REFUSED = "refused"

    @property
    def label(self) -> Any:
        return REPLIES[self]


REPLIES = {
    Reply.WAITING: _l("gefragt"),
    Reply.TOLD: _l("hat erzählt, was daraus wurde"),
    Reply.NOTHING: _l("nichts geworden"),
    Reply.REFUSED: _l("möchte nicht mehr gefragt werden"),
}


class OutcomeQuestion(Base):
    """One asking about one thread: `step` 1 after three months, 2 after nine, 0 unasked."""

    __tablename__ = "outcome_questions"
    __table_args__ = (UniqueConstraint("thread_id", "step"),)

    id: Mapped[intpk]
    thread_id: Mapped[int] = mapped_column(bigint, ForeignKey("threads.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[int]
    reply: Mapped[Reply] = mapped_column(default=Reply.WAITING)
    post_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="SET NULL"), index=True
    )
    replied_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    thread: Mapped[Thread] = relationship()
