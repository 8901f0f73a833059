"""How far an unanswered question has risen, who was asked, and how long answers take."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.db import Base, bigint, created_now, intpk
from inforo.discussions.models import Thread
from inforo.i18n import _l


class Rise(Base):
    """The steps a question has taken. `helpers` is how many people were found at the first.

    `raised_at` is when it reached the coordination office, or the managers of its group.
    """

    __tablename__ = "rises"

    thread_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    asked_at: Mapped[datetime | None]
    helpers: Mapped[int] = mapped_column(default=0)
    raised_at: Mapped[datetime | None]


class HelpOutcome(StrEnum):
    """What became of asking somebody for help."""

    WAITING = "waiting"
    ANSWERED = "answered"
    DECLINED = "declined"
    NEEDLESS = "needless"
    SILENT = "silent"

    @property
    def label(self) -> Any:
        return OUTCOMES[self]


OUTCOMES = {
    HelpOutcome.WAITING: _l("gefragt"),
    HelpOutcome.ANSWERED: _l("hat geantwortet"),
    HelpOutcome.DECLINED: _l("kann gerade nicht"),
    HelpOutcome.NEEDLESS: _l("hat sich erledigt"),
    HelpOutcome.SILENT: _l("ohne Reaktion"),
}


class HelpRequest(Base):
    """That somebody was asked to help with a question, by a person or (None) by the clock."""

    __tablename__ = "help_requests"
    __table_args__ = (
        UniqueConstraint("thread_id", "account_id"),
        Index("ix_help_requests_person", "account_id", "created_at"),
        Index("ix_help_requests_waiting", "outcome", "id"),
    )

    id: Mapped[intpk]
    thread_id: Mapped[int] = mapped_column(bigint, ForeignKey("threads.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE")
    )
    asked_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    outcome: Mapped[HelpOutcome] = mapped_column(default=HelpOutcome.WAITING)
    settled_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    thread: Mapped[Thread] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])

    @property
    def waits(self) -> bool:
        return self.outcome is HelpOutcome.WAITING


class AnswerTime(Base):
    """The median time to a first answer in a group, or (None) in all open ones together."""

    __tablename__ = "answer_times"

    id: Mapped[intpk]
    group_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), unique=True
    )
    count: Mapped[int]
    median_seconds: Mapped[int]
    created_at: Mapped[created_now]
