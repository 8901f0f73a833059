"""Blocks between two people, and from whom somebody wants messages."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l


class Circle(StrEnum):
    """Who may begin a conversation with somebody."""

    MEMBERS = "members"
    NEAR = "near"
    NOBODY = "nobody"

    @property
    def label(self) -> Any:
        return CIRCLE_LABELS[self]


CIRCLE_LABELS = {
    Circle.MEMBERS: _l("alle Mitglieder"),
    Circle.NEAR: _l("Mitglieder meiner Gruppen und meines Landes"),
    Circle.NOBODY: _l("niemand"),
}


class ContactWish(Base):
    """What somebody chose; without a row all members may write."""

    __tablename__ = "contact_wishes"

    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    circle: Mapped[Circle]
    created_at: Mapped[created_now]


class Block(Base):
    """Somebody wants to hear nothing from somebody else, who is not told."""

    __tablename__ = "contact_blocks"
    __table_args__ = (
        UniqueConstraint("account_id", "blocked_id"),
        CheckConstraint("account_id <> blocked_id", name="other"),
    )

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE")
    )
    blocked_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[created_now]

    blocked: Mapped[Account] = relationship(foreign_keys=[blocked_id])
