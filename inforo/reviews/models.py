"""The way of an example from the office's desk to the public page, in stages.

A review begins when an example is submitted and ends when it is published, declined or
withdrawn. Two readers rate the criteria, each on a seat of their own (`Reading`); what they
agree on is an `Agreement` per criterion. Who may not decide is a `ReviewConflict`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.clock import now
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.offices.models import CoordinationOffice
from inforo.toolbox.models import Example
from inforo.toolbox.states import Tier


class Stage(StrEnum):
    REGIONAL = "regional"  # the responsible office checks the facts
    CRITERIA = "criteria"  # two readers rate, blind to each other
    TALK = "talk"  # both compare and agree
    RELEASE = "release"  # the author releases the final text
    DONE = "done"

    @property
    def label(self) -> Any:
        return STAGES[self]


STAGES = {
    Stage.REGIONAL: _l("Prüfung durch die Koordinierungsstelle"),
    Stage.CRITERIA: _l("Kriterienprüfung durch zwei Lesende"),
    Stage.TALK: _l("Gespräch der Lesenden"),
    Stage.RELEASE: _l("Freigabe durch die Autorin oder den Autor"),
    Stage.DONE: _l("abgeschlossen"),
}
FIRST, SECOND = 1, 2
IS_OPEN = text("ended_at IS NULL")


class Review(Versioned, Base):
    """One passage of an example through the stages; `due_on` belongs to the current one.

    `base_number` is the entry of the example's history that the author handed in,
    `released_number` the one the author released. `tier` is what the review leads to.
    `agreed_by_id` wrote down what the readers agreed on, `is_good` whether that is Good
    Practice; it counts once the other reader has confirmed it (`agreed_at`).
    """

    __tablename__ = "reviews"
    __table_args__ = (
        Index(
            "uq_reviews_open",
            "example_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    stage: Mapped[Stage] = mapped_column(default=Stage.REGIONAL)
    stage_since: Mapped[created_now]
    due_on: Mapped[date | None] = mapped_column(index=True)
    tier: Mapped[Tier] = mapped_column(default=Tier.PUBLISHED)
    base_number: Mapped[int] = mapped_column(default=0)
    released_number: Mapped[int | None]
    talk_note: Mapped[str] = mapped_column(default="")
    is_good: Mapped[bool] = mapped_column(default=False)
    agreed_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    agreed_number: Mapped[int] = mapped_column(default=0)
    agreed_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    started_at: Mapped[created_now]

    example: Mapped[Example] = relationship()
    readings: Mapped[list["Reading"]] = relationship(
        order_by="Reading.seat", back_populates="review", cascade="all, delete-orphan"
    )
    agreements: Mapped[list["Agreement"]] = relationship(
        order_by="Agreement.position", cascade="all, delete-orphan"
    )
    conflicts: Mapped[list["ReviewConflict"]] = relationship(cascade="all, delete-orphan")

    @property
    def scope(self) -> Scope:
        return self.example.scope

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_rated(self) -> bool:
        """Tell whether both readers have submitted: only then anybody sees the ratings."""
        return len(self.readings) == SECOND and all(
            reading.submitted_at is not None for reading in self.readings
        )

    @property
    def highlighted(self) -> list["Agreement"]:
        return [agreed for agreed in self.agreements if agreed.is_highlighted]

    def enter(self, stage: Stage, due_on: date | None) -> None:
        self.stage, self.stage_since, self.due_on = stage, now(), due_on

    def end(self, outcome: str) -> None:
        self.enter(Stage.DONE, None)
        self.ended_at, self.outcome = now(), outcome

    def has_stated_conflict(self, account_id: int | None) -> bool:
        return any(conflict.account_id == account_id for conflict in self.conflicts)


class Reading(Versioned, Base):
    """A reader's seat. `office_id` is the house it was offered to or that took it (None: the
    national editors); `number` the version of the text that was read and rated.
    """

    __tablename__ = "review_readings"
    __table_args__ = (
        UniqueConstraint("review_id", "seat"),
        UniqueConstraint("review_id", "reader_id"),
        CheckConstraint("seat BETWEEN 1 AND 2", name="seat"),
    )

    id: Mapped[intpk]
    review_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("reviews.id", ondelete="CASCADE"), index=True
    )
    seat: Mapped[int]
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    reader_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    taken_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    number: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date | None]
    created_at: Mapped[created_now]

    review: Mapped[Review] = relationship(back_populates="readings")
    office: Mapped[CoordinationOffice | None] = relationship()
    reader: Mapped[Account | None] = relationship()
    ratings: Mapped[list["ReviewRating"]] = relationship(cascade="all, delete-orphan")

    @property
    def scope(self) -> Scope:
        return self.review.scope

    def take(self, reader_id: int | None, house_id: int | None) -> None:
        self.reader_id, self.office_id, self.taken_at = reader_id, house_id, now()

    def free(self) -> None:
        """Give the seat back, with nothing left of what was written on it."""
        self.reader_id, self.reader, self.taken_at = None, None, None
        self.ratings.clear()


class ReviewRating(Base):
    """What one reader says about one criterion."""

    __tablename__ = "review_ratings"
    __table_args__ = (
        UniqueConstraint("reading_id", "criterion_key"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
    )

    id: Mapped[intpk]
    reading_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("review_readings.id", ondelete="CASCADE"), index=True
    )
    criterion_key: Mapped[str]
    level: Mapped[int | None]
    sentence: Mapped[str] = mapped_column(default="")


class Agreement(Base):
    """What both readers say about a criterion, once the second has confirmed it."""

    __tablename__ = "review_agreements"
    __table_args__ = (
        UniqueConstraint("review_id", "criterion_key"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
    )

    id: Mapped[intpk]
    review_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("reviews.id", ondelete="CASCADE"), index=True
    )
    criterion_key: Mapped[str]
    position: Mapped[int]
    level: Mapped[int]
    sentence: Mapped[str] = mapped_column(default="")
    is_highlighted: Mapped[bool] = mapped_column(default=False)


class ReviewConflict(Base):
    """Somebody who said that they cannot decide about an example, and why."""

    __tablename__ = "review_conflicts"
    __table_args__ = (UniqueConstraint("review_id", "account_id"),)

    id: Mapped[intpk]
    review_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("reviews.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str]
    created_at: Mapped[created_now]
