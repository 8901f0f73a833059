"""Notes to oneself about a thread or an example, due on a day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inforo.clock import today
from inforo.db import Base, Versioned, bigint, created_now, intpk


class Reminder(Versioned, Base):
    """One reminder of one person. Told on the day; open until it is done."""

    __tablename__ = "reminders"
    __table_args__ = (
        CheckConstraint(
            "(thread_id IS NULL AND example_id IS NOT NULL)"
            " OR (thread_id IS NOT NULL AND example_id IS NULL)",
            name="one_target",
        ),
        Index("ix_reminders_open", "account_id", "done_at", "due_on"),
        Index("ix_reminders_due", "told_at", "due_on"),
    )

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE")
    )
    thread_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    example_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_due(self) -> bool:
        return not self.is_done and self.due_on <= today()
