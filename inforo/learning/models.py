"""What members keep of their learning. Only they see it."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now, intpk


class SelfCheck(Base):
    """How somebody rated a project of their own once: criterion → level 0 to 4. Private."""

    __tablename__ = "self_checks"

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    levels: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[created_now]


class NewcomerStep(Base):
    """A step of "Neu hier" that somebody has done."""

    __tablename__ = "newcomer_steps"

    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    done_at: Mapped[created_now]
