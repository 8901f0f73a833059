"""Enquiries, their questions, whom they went to, and what was answered.

An enquiry is written, approved by an office, sent to one person of each municipality, and
ends on a day. What happened is a time; `stage` names where it is now. An answer belongs to
the municipality, not to the person who typed it.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    cast,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.clock import BERLIN, today
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.enquiries.states import NO, YES, Audience, Outcome, QuestionKind, Stage
from inforo.municipalities.models import Municipality
from inforo.offices.models import WorkItem, WorkKind

FEWEST_QUESTIONS, MOST_QUESTIONS = 3, 8


class Enquiry(Versioned, Base):
    """Questions of one municipality or office to others, until and including `ends_on`.

    `ags` is the municipality that asks; without one an office does. `state_code` is the Land
    whose office looks at it. `target` holds lists of states, kinds, sizes and topics; an
    empty list narrows nothing. With `is_named` the result says who answered what.
    """

    __tablename__ = "enquiries"
    __table_args__ = (
        Index("ix_enquiries_running", "approved_at", "closed_at", "ends_on"),
        Index("ix_enquiries_mine", "author_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(bigint, primary_key=True)
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    ags: Mapped[str | None] = mapped_column(
        String(8), ForeignKey("municipalities.ags"), index=True
    )
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    title: Mapped[str]
    purpose: Mapped[str]
    purpose_html: Mapped[str]
    target: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    audience: Mapped[Audience] = mapped_column(default=Audience.RESPONDENTS)
    is_named: Mapped[bool] = mapped_column(default=False)
    ends_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    sent_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    extended_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(default="")
    compiled_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    changed_at: Mapped[created_now]
    created_at: Mapped[created_now]

    # The office it was handed to, if its item in the basket was.
    office_id: Mapped[int | None] = column_property(
        select(WorkItem.office_id)
        .where(
            WorkItem.kind == WorkKind.ENQUIRY,
            WorkItem.subject == literal("enquiries:", Text).concat(cast(id, Text)),
        )
        .scalar_subquery()
    )
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    municipality: Mapped[Municipality | None] = relationship()
    questions: Mapped[list["EnquiryQuestion"]] = relationship(
        order_by="EnquiryQuestion.position", cascade="all, delete-orphan"
    )

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code)

    @property
    def stage(self) -> Stage:
        if self.withdrawn_at is not None:
            return Stage.WITHDRAWN
        if self.approved_at is not None:
            return Stage.ENDED if self.is_over else Stage.RUNNING
        if self.returned_at is not None:
            return Stage.RETURNED
        return Stage.DRAFT if self.submitted_at is None else Stage.WAITING

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None or (
            self.ends_on is not None and today() > self.ends_on
        )

    @property
    def last_day(self) -> date | None:
        """Return the day on which it ends; if somebody ended it early, the day it did."""
        if self.closed_at is None or self.ends_on is None:
            return self.ends_on
        return min(self.ends_on, self.closed_at.astimezone(BERLIN).date())

    @property
    def is_running(self) -> bool:
        return self.stage is Stage.RUNNING

    @property
    def is_unsent(self) -> bool:
        """Tell whether it may still be changed: nobody is looking at it, nobody got it."""
        return self.stage in {Stage.DRAFT, Stage.RETURNED}

    @property
    def has_enough_questions(self) -> bool:
        return FEWEST_QUESTIONS <= len(self.questions) <= MOST_QUESTIONS

    @property
    def asker(self) -> str:
        """Return who asks: the municipality, or the person of an office."""
        if self.municipality is not None:
            return self.municipality.display_name
        return self.author.name if self.author is not None else ""

    @property
    def path(self) -> str:
        return f"/kommunalabfragen/{self.id}"


class EnquiryQuestion(Base):
    """One question. `options` belong to lists, `unit` to numbers."""

    __tablename__ = "enquiry_questions"

    id: Mapped[intpk]
    enquiry_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("enquiries.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    kind: Mapped[QuestionKind]
    label: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_required: Mapped[bool] = mapped_column(default=False)

    @property
    def key(self) -> str:
        """Return the name under which its answer is kept."""
        return str(self.id)

    @property
    def choices(self) -> list[str]:
        return [YES, NO] if self.kind is QuestionKind.YES_NO else list(self.options)


class EnquiryInvitation(Base):
    """What became of the mail to one municipality, and to whom it went.

    `link_number` is part of the signed link; a higher one ends all links before.
    """

    __tablename__ = "enquiry_invitations"
    __table_args__ = (
        UniqueConstraint("enquiry_id", "ags"),
        Index("ix_enquiry_invitations_ags", "ags", "created_at"),
    )

    id: Mapped[intpk]
    enquiry_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("enquiries.id", ondelete="CASCADE")
    )
    ags: Mapped[str] = mapped_column(String(8), ForeignKey("municipalities.ags"))
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    outcome: Mapped[Outcome]
    link_number: Mapped[int] = mapped_column(default=1)
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    enquiry: Mapped[Enquiry] = relationship()
    municipality: Mapped[Municipality] = relationship()
    account: Mapped[Account | None] = relationship()


class EnquiryAnswer(Versioned, Base):
    """What a municipality answers; it counts from `submitted_at` on.

    `values` maps the key of a question to text, number or list; None is "keine Angabe".
    Whoever answered by the link left a name (`respondent`), others their account.
    """

    __tablename__ = "enquiry_answers"
    __table_args__ = (Index("ix_enquiry_answers_counted", "enquiry_id", "submitted_at"),)

    invitation_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("enquiry_invitations.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    enquiry_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("enquiries.id", ondelete="CASCADE")
    )
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    respondent: Mapped[str] = mapped_column(default="")
    saved_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    saved_at: Mapped[created_now]
    submitted_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    saved_by: Mapped[Account | None] = relationship()


class EnquiryResult(Base):
    """The compiled result, made once when an enquiry has ended; see `compiling`."""

    __tablename__ = "enquiry_results"

    enquiry_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("enquiries.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    tables: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[created_now]
