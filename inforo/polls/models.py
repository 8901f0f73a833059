"""Polls of threads, their options, and the ballots cast.

A ballot is found by a key that only the application can compute (`ballots.key_of`). In an
anonymous poll nothing else leads from a ballot to a person: no account, no time, no order.
"""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.clock import today
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.discussions.models import Thread

WITHOUT_ORDER: dict[str, Any] = {"sqlite_with_rowid": False}  # rows lie by key, not by arrival


class Poll(Versioned, Base):
    """The poll of a thread; it can be answered up to and including `ends_on`.

    It stays with its thread when that is merged into another, and is shown in its `place`.
    """

    __tablename__ = "polls"

    id: Mapped[intpk]
    thread_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), unique=True
    )
    question: Mapped[str]
    is_multiple: Mapped[bool]
    is_named: Mapped[bool]
    shows_early: Mapped[bool]
    ends_on: Mapped[date]
    created_at: Mapped[created_now]

    thread: Mapped[Thread] = relationship()

    @property
    def place(self) -> Thread:
        """The thread it is read in: its own, or the one that was merged into."""
        place = self.thread
        while place.merged_into is not None:
            place = place.merged_into
        return place

    @property
    def path(self) -> str:
        """Where it stands in that thread."""
        mark = "" if self.place is self.thread else f"-{self.thread_id}"
        return f"{self.place.path}#umfrage{mark}"

    @property
    def is_over(self) -> bool:
        return today() > self.ends_on


class PollOption(Base):
    __tablename__ = "poll_options"
    __table_args__ = (UniqueConstraint("poll_id", "position"),)

    id: Mapped[intpk]
    poll_id: Mapped[int] = mapped_column(bigint, ForeignKey("polls.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[str]


class Ballot(Base):
    """That somebody voted. `account_id` is set in named polls only."""

    __tablename__ = "poll_ballots"
    __table_args__ = WITHOUT_ORDER

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    poll_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("polls.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )


class Choice(Base):
    """One option chosen on a ballot."""

    __tablename__ = "poll_choices"
    __table_args__ = WITHOUT_ORDER

    ballot_key: Mapped[str] = mapped_column(
        String(64), ForeignKey("poll_ballots.key", ondelete="CASCADE"), primary_key=True
    )
    option_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("poll_options.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )
