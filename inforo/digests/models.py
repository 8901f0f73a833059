"""Digests that were sent, and what stood in them: nobody is told the same twice."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l


class Section(StrEnum):
    """The parts of a digest, in the order of their use."""

    TOLD = "told"
    QUESTION = "question"
    EXAMPLE = "example"
    EVENT = "event"
    NEWCOMER = "newcomer"

    @property
    def label(self) -> Any:
        return SECTION_LABELS[self]


SECTION_LABELS = {
    Section.TOLD: _l("Für Sie"),
    Section.QUESTION: _l("Fragen, zu denen Sie etwas sagen können"),
    Section.EXAMPLE: _l("Neue Praxisbeispiele"),
    Section.EVENT: _l("Termine und Fristen"),
    Section.NEWCOMER: _l("Neu in Ihrem Land"),
}


class Digest(Base):
    """The digest of one person on one day. `attempt` counts how often it was written."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("account_id", "day"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE")
    )
    day: Mapped[date]
    attempt: Mapped[int] = mapped_column(default=1)
    mail_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("mails.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[created_now] = mapped_column(index=True)


class DigestItem(Base):
    """One thing somebody was told of in a digest: "threads:3"."""

    __tablename__ = "digest_items"
    __table_args__ = (UniqueConstraint("account_id", "subject"),)

    id: Mapped[intpk]
    digest_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("digests.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE")
    )
    subject: Mapped[str]
    created_at: Mapped[created_now]
