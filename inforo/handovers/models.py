"""Offers to lead a group."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.db import Base, bigint, created_now, intpk
from inforo.groups.models import Group

OPEN = text("answered_at IS NULL")


class Answer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Handover(Base):
    """A manager asks a member to lead the group, beside oneself (`stays`) or instead."""

    __tablename__ = "group_handovers"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered"),
        Index(
            "uq_group_handovers_open",
            "group_id",
            "to_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    from_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    to_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    stays: Mapped[bool]
    message: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]
    answered_at: Mapped[datetime | None]
    answer: Mapped[Answer | None]

    group: Mapped[Group] = relationship()
    giver: Mapped[Account] = relationship(foreign_keys=[from_id])
    taker: Mapped[Account] = relationship(foreign_keys=[to_id])
