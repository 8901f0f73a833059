"""Coordination offices, the roles people hold, and what waits in the work basket."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Role, Scope
from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.municipalities.models import Municipality, State
from inforo.vocabularies.models import Programme


class OfficeKind(StrEnum):
    KGC = "kgc"
    LKS = "lks"
    NATIONAL = "national"


class CoordinationOffice(Base):
    """KGC or LKS of one or more Länder, or the national Servicestelle.

    `programme_key` None: responsible for all programmes in its Länder.
    """

    __tablename__ = "coordination_offices"

    id: Mapped[intpk]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[OfficeKind]
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))
    tasks: Mapped[str] = mapped_column(default="")
    tasks_html: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    states: Mapped[list[State]] = relationship(
        secondary="office_states", order_by=State.name, viewonly=True
    )


class OfficeState(Base):
    """An office works for a Land."""

    __tablename__ = "office_states"

    office_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), primary_key=True
    )
    state_code: Mapped[str] = mapped_column(
        String(2), ForeignKey("states.code"), primary_key=True, index=True
    )


class RoleAssignment(Base):
    """One role of one person: for an office, for a municipality, or for the platform."""

    __tablename__ = "role_assignments"
    __table_args__ = (UniqueConstraint("account_id", "role", "scope_key"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role] = mapped_column(index=True)
    scope_key: Mapped[str] = mapped_column(default="*")
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    municipality_ags: Mapped[str | None] = mapped_column(
        ForeignKey("municipalities.ags"), index=True
    )
    granted_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    office: Mapped[CoordinationOffice | None] = relationship()
    municipality: Mapped[Municipality | None] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope(self.municipality.state_code if self.municipality else None)

    @property
    def place(self) -> str:
        """Return what the role is for: an office, a municipality, or the whole platform."""
        if self.office is not None:
            return self.office.name
        return self.municipality.display_name if self.municipality is not None else ""


class RoleProposal(Base):
    """A staff role one admin wants to give; it counts once another admin agrees."""

    __tablename__ = "role_proposals"
    __table_args__ = (UniqueConstraint("account_id", "role", "scope_key"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role]
    scope_key: Mapped[str] = mapped_column(default="*")
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    reason: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    office: Mapped[CoordinationOffice | None] = relationship()
    proposed_by: Mapped[Account | None] = relationship(foreign_keys=[proposed_by_id])


class WorkKind(StrEnum):
    """What may wait in a work basket."""

    APPLICATION = "application"
    REPORT = "report"
    EXAMPLE = "example"
    READING = "reading"
    QUESTION = "question"
    ARTICLE = "article"
    EVENT = "event"
    FIRST_POST = "first_post"
    OBJECTION = "objection"
    CONFIDENCE = "confidence"
    ENQUIRY = "enquiry"

    @property
    def label(self) -> Any:
        return WORK_LABELS[self]


WORK_LABELS = {
    WorkKind.APPLICATION: _l("Anmeldung"),
    WorkKind.REPORT: _l("Meldung"),
    WorkKind.EXAMPLE: _l("Praxisbeispiel"),
    WorkKind.READING: _l("Kriterienprüfung"),
    WorkKind.QUESTION: _l("Offene Frage"),
    WorkKind.ARTICLE: _l("Neue Meldung"),
    WorkKind.EVENT: _l("Neuer Termin"),
    WorkKind.FIRST_POST: _l("Erster Beitrag"),
    WorkKind.OBJECTION: _l("Einspruch"),
    WorkKind.CONFIDENCE: _l("Vertrauliche Frage"),
    WorkKind.ENQUIRY: _l("Kommunalabfrage"),
}


# What members write for everybody; the editors decide about it too.
EDITED = (WorkKind.EXAMPLE, WorkKind.READING, WorkKind.ARTICLE, WorkKind.EVENT)
# What was told to one office: nobody else has it in the basket, and it is not passed on there.
CONFIDENTIAL = (WorkKind.CONFIDENCE,)


class WorkItem(Base):
    """Something that waits for a coordination office (Vorgang).

    `subject` names the object ("applications:7"); `office_id` is set when the item was
    handed to one office, else every office covers it whose scope it is in. `opened_at` is
    when it (last) came into the basket, `due_on` the day by which who has it should act.
    """

    __tablename__ = "work_items"
    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        Index("ix_work_items_waiting", "closed_at", "state_code", "opened_at"),
    )

    id: Mapped[intpk]
    kind: Mapped[WorkKind] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    url: Mapped[str]
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    taken_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    taken_at: Mapped[datetime | None]
    waits_for_author_since: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    outcome: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(index=True)
    opened_at: Mapped[created_now]
    created_at: Mapped[created_now]

    state: Mapped[State | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    office: Mapped[CoordinationOffice | None] = relationship()
    taken_by: Mapped[Account | None] = relationship(foreign_keys=[taken_by_id])
    closed_by: Mapped[Account | None] = relationship(foreign_keys=[closed_by_id])

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, self.programme_key, self.kind in EDITED)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


class Absence(Base):
    """Days, the last included, on which somebody of the staff is away, and who stands in."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("deputy_id <> account_id", name="other"),
    )

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    deputy_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    deputy: Mapped[Account | None] = relationship(foreign_keys=[deputy_id])


class WorkNote(Base):
    """A note of the staff on a work item; hand-overs leave one too."""

    __tablename__ = "work_notes"

    id: Mapped[intpk]
    item_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("work_items.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    text: Mapped[str]
    created_at: Mapped[created_now]

    author: Mapped[Account | None] = relationship()
