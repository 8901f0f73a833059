"""Mails that came in, and addresses that no mail reaches."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now, intpk


class Outcome(StrEnum):
    """What became of a mail."""

    POSTED = "posted"
    HELD = "held"
    DRAFT = "draft"
    REFUSED = "refused"
    IGNORED = "ignored"
    BOUNCE = "bounce"
    UNKNOWN = "unknown"
    AGAIN = "again"
    LATER = "later"


class ReceivedMail(Base):
    """One mail that was dealt with: its key makes a second delivery harmless.

    It holds no text and no address; `account_id` is the person whose reply address it used.
    """

    __tablename__ = "received_mails"

    id: Mapped[intpk]
    key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    outcome: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now] = mapped_column(index=True)


class BouncedAddress(Base):
    """An address that refused mails for good; paused, nothing is sent there any more."""

    __tablename__ = "bounced_addresses"

    id: Mapped[intpk]
    address_key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    count: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    last_at: Mapped[created_now]
    paused_at: Mapped[datetime | None]
