"""A search somebody saved. `known_until` is the moment up to which everything was told."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l


class Rhythm(StrEnum):
    """How often a mail may come; without one the search is only kept."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"

    @property
    def label(self) -> Any:
        return RHYTHM_LABELS[self]


RHYTHM_LABELS = {
    Rhythm.DAILY: _l("täglich"),
    Rhythm.WEEKLY: _l("wöchentlich"),
    Rhythm.NEVER: _l("keine E-Mails"),
}
# A little less than the name says, so that a mail comes at the same hour each time.
PAUSES = {Rhythm.DAILY: timedelta(hours=20), Rhythm.WEEKLY: timedelta(days=6, hours=20)}


class SavedSearch(Base):
    """Words and filters, as in the address of the search page."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("account_id", "address"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    address: Mapped[str]
    rhythm: Mapped[Rhythm]
    known_until: Mapped[datetime] = mapped_column(index=True)
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship()

    def is_due(self, moment: datetime) -> bool:
        pause = PAUSES.get(self.rhythm)
        return pause is not None and self.known_until <= moment - pause
