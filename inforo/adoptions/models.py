"""Adoptions: a municipality re-uses an example or a tool. They belong to the municipality."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.clock import now
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.files import StoredFile
from inforo.i18n import _l
from inforo.municipalities.models import Municipality
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool


class AdoptionStage(StrEnum):
    """How far a municipality is, in the order people go through it."""

    INTERESTED = "interessiert"
    PLANNED = "geplant"
    PILOT = "pilot"
    RUNNING = "laeuft"
    PERMANENT = "verstetigt"
    ENDED = "beendet"

    @property
    def label(self) -> Any:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    AdoptionStage.INTERESTED: _l("interessiert"),
    AdoptionStage.PLANNED: _l("geplant"),
    AdoptionStage.PILOT: _l("Pilot"),
    AdoptionStage.RUNNING: _l("läuft"),
    AdoptionStage.PERMANENT: _l("verstetigt"),
    AdoptionStage.ENDED: _l("beendet"),
}


class Adoption(Versioned, Base):
    """One municipality and one example or tool. Costs in whole euros.

    `followed_id` is the adoption of the same thing whose adaptation it took up, `became_id`
    the example of its own that came of it. Interest alone is public as a number only.
    """

    __tablename__ = "adoptions"
    __table_args__ = (
        UniqueConstraint("municipality_ags", "example_id"),
        UniqueConstraint("municipality_ags", "tool_id"),
        CheckConstraint("(example_id IS NULL) <> (tool_id IS NULL)", name="one_thing"),
    )

    id: Mapped[intpk]
    municipality_ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"), index=True)
    example_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    tool_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), index=True
    )
    stage: Mapped[AdoptionStage]
    since: Mapped[date]
    end_reason: Mapped[str] = mapped_column(default="")
    adapted: Mapped[str] = mapped_column(default="")
    costs_once: Mapped[int | None]
    costs_per_year: Mapped[int | None]
    contact_name: Mapped[str] = mapped_column(default="")
    contact_function: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    followed_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("adoptions.id", ondelete="SET NULL"), index=True
    )
    became_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="SET NULL"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]
    updated_at: Mapped[created_now] = mapped_column(index=True, onupdate=now)

    municipality: Mapped[Municipality] = relationship()
    example: Mapped[Example | None] = relationship(foreign_keys=[example_id])
    tool: Mapped[Tool | None] = relationship()
    author: Mapped[Account | None] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope(self.municipality.state_code, is_shared=True)

    @property
    def content(self) -> Example | Tool:
        """Return what is re-used."""
        thing = self.example or self.tool
        if thing is None:
            raise LookupError("an adoption of nothing")
        return thing

    @property
    def is_public(self) -> bool:
        return self.stage is not AdoptionStage.INTERESTED


class AdoptionStep(Base):
    """When an adoption came to a stage."""

    __tablename__ = "adoption_steps"

    id: Mapped[intpk]
    adoption_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("adoptions.id", ondelete="CASCADE"), index=True
    )
    stage: Mapped[AdoptionStage]
    since: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    actor_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]


class ImpactSheet(Base):
    """What came of an example in a year, as a file for its authors; the numbers stay beside it.

    `file_id` is empty until the worker has laid it out.
    """

    __tablename__ = "impact_sheets"
    __table_args__ = (UniqueConstraint("example_id", "year"),)

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    year: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    file_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("files.id"))
    made_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    file: Mapped[StoredFile | None] = relationship()
