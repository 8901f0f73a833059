"""What members keep of their learning (only they see it), and what editors recommend."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.vocabularies.models import Term


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


class Recommendation(Versioned, Base):
    """An example or a tool that editors recommend for an age phase or a process step."""

    __tablename__ = "recommendations"
    __table_args__ = (
        UniqueConstraint("term_id", "example_id"),
        UniqueConstraint("term_id", "tool_id"),
        CheckConstraint("(example_id IS NULL) != (tool_id IS NULL)", name="one_thing"),
    )

    id: Mapped[intpk]
    term_id: Mapped[int] = mapped_column(bigint, ForeignKey("terms.id"), index=True)
    example_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    tool_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str]
    created_at: Mapped[created_now]

    term: Mapped[Term] = relationship()
