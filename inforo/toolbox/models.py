"""Practice examples, and the steps from a draft to a published page."""

from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from inforo import text
from inforo.accounts.models import Account, Organisation
from inforo.authz import Scope
from inforo.clock import now
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.municipalities.models import Municipality
from inforo.toolbox.example_parts import (
    ExampleAuthor,
    ExampleCapture,
    ExampleCriterion,
    ExampleFile,
)
from inforo.toolbox.states import (
    EvaluationKind,
    ExampleKind,
    ExampleState,
    MeasureStatus,
    ObstacleAudience,
    Tier,
)
from inforo.vocabularies.models import Term

# The fields of an example that are written as Markdown; their HTML is kept in `html`.
MARKDOWN = (
    "problem",
    "relevance",
    "goals",
    "approach",
    "partners",
    "participation",
    "reach",
    "existing",
    "evaluation_result",
    "transfer_adapt",
    "transfer_core",
    "obstacles",
    "lessons",
    "literature",
)


class Example(Versioned, Base):
    """What a municipality did, structured and reviewed. Costs in whole euros.

    Every save moves `updated_at`: lists kept in memory notice by it (`facets.py`).
    `origin_thread_id` is the discussion it was made of; threads lie in a slice above.
    `blind_since` says that two readers rate the criteria without knowing what the authors
    said about them.
    """

    __tablename__ = "examples"
    __table_args__ = (
        CheckConstraint("evidence_level BETWEEN 1 AND 3", name="evidence"),
        Index("ix_examples_newest", "state", "published_at"),
        Index("ix_examples_land", "state_code", "state", "published_at"),
    )

    id: Mapped[intpk]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    kind: Mapped[ExampleKind] = mapped_column(default=ExampleKind.PRACTICE, index=True)
    state: Mapped[ExampleState] = mapped_column(default=ExampleState.DRAFT, index=True)
    tier: Mapped[Tier | None] = mapped_column(index=True)
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("organisations.id"))
    organisation_name: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_function: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    deputy_name: Mapped[str] = mapped_column(default="")
    deputy_function: Mapped[str] = mapped_column(default="")
    deputy_email: Mapped[str] = mapped_column(default="")
    deputy_phone: Mapped[str] = mapped_column(default="")

    measure_status: Mapped[MeasureStatus | None] = mapped_column(index=True)
    started: Mapped[str] = mapped_column(default="")
    ended: Mapped[str] = mapped_column(default="")
    end_reason: Mapped[str] = mapped_column(default="")
    problem: Mapped[str] = mapped_column(default="")
    relevance: Mapped[str] = mapped_column(default="")
    goals: Mapped[str] = mapped_column(default="")
    approach: Mapped[str] = mapped_column(default="")
    partners: Mapped[str] = mapped_column(default="")
    participation: Mapped[str] = mapped_column(default="")
    reach: Mapped[str] = mapped_column(default="")
    costs_once: Mapped[int | None]
    costs_per_year: Mapped[int | None]
    staff_share: Mapped[str] = mapped_column(default="")
    funding: Mapped[str] = mapped_column(default="")
    existing: Mapped[str] = mapped_column(default="")
    evaluation_kind: Mapped[EvaluationKind | None]
    evaluation_result: Mapped[str] = mapped_column(default="")
    evidence_level: Mapped[int | None]
    transfer_adapt: Mapped[str] = mapped_column(default="")
    transfer_core: Mapped[str] = mapped_column(default="")
    obstacles: Mapped[str] = mapped_column(default="")
    lessons: Mapped[str] = mapped_column(default="")
    obstacles_audience: Mapped[ObstacleAudience] = mapped_column(
        default=ObstacleAudience.PUBLIC
    )
    literature: Mapped[str] = mapped_column(default="")
    html: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    renderer: Mapped[int] = mapped_column(default=text.RENDERER)

    origin_thread_id: Mapped[int | None] = mapped_column(bigint, index=True)
    submitted_at: Mapped[datetime | None]
    blind_since: Mapped[datetime | None]
    reviewer_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    reviewed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    unconfirmed_since: Mapped[datetime | None]
    created_at: Mapped[created_now]
    updated_at: Mapped[created_now] = mapped_column(index=True, onupdate=now)

    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    reviewer: Mapped[Account | None] = relationship(foreign_keys=[reviewer_id])
    co_authors: Mapped[list["ExampleAuthor"]] = relationship(
        order_by="ExampleAuthor.id", cascade="all, delete-orphan"
    )
    capture: Mapped["ExampleCapture | None"] = relationship(cascade="all, delete-orphan")
    organisation: Mapped[Organisation | None] = relationship()
    municipalities: Mapped[list[Municipality]] = relationship(
        secondary="example_municipalities", order_by=Municipality.name
    )
    terms: Mapped[list[Term]] = relationship(secondary="example_terms", order_by=Term.position)
    criteria: Mapped[list["ExampleCriterion"]] = relationship(
        order_by="ExampleCriterion.position", cascade="all, delete-orphan"
    )
    files: Mapped[list["ExampleFile"]] = relationship(cascade="all, delete-orphan")

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, is_shared=True)

    @property
    def is_published(self) -> bool:
        return self.state is ExampleState.PUBLISHED

    @property
    def captured_by_id(self) -> int | None:
        """Return who wrote the example down in a conversation, if it was made like that."""
        return self.capture.account_id if self.capture else None

    @property
    def provider(self) -> str:
        """Return the name of the Träger."""
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def highlighted(self) -> list["ExampleCriterion"]:
        return [criterion for criterion in self.criteria if criterion.is_highlighted]

    @property
    def open_criteria(self) -> list["ExampleCriterion"]:
        """Return what everybody may read about the criteria, nothing while readers rate
        those of an unpublished example blind."""
        return [] if self.blind_since and not self.is_published else self.criteria

    @validates(*MARKDOWN)
    def render(self, name: str, source: str) -> str:
        """Keep the HTML of a text beside it, rendered once when it is written."""
        self.html = {**(self.html or {}), name: text.render_markdown(source or "")}
        self.renderer = text.RENDERER
        return source

    def rendered(self, name: str) -> Markup:
        """Return a text as safe HTML; what came in without HTML is rendered now."""
        kept = self.html.get(name) if self.renderer == text.RENDERER else None
        html = text.render_markdown(getattr(self, name)) if kept is None else kept
        return Markup(html)  # noqa: S704 (cleaned by render_markdown)

    def terms_of(self, vocabulary: str) -> list[Term]:
        return [term for term in self.terms if term.vocabulary == vocabulary]

    def submit(self) -> None:
        """Hand the example to the coordination office."""
        self.state, self.submitted_at = ExampleState.SUBMITTED, now()

    def ask_changes(self) -> None:
        self.state = ExampleState.CHANGES_ASKED

    def send_back(self) -> None:
        """Decline the example; the author keeps it and may change and submit it again."""
        self.state = ExampleState.RETURNED

    def withdraw(self) -> None:
        """Take the example out of the review or off the public page."""
        self.state, self.tier, self.published_at = ExampleState.WITHDRAWN, None, None
        self.unconfirmed_since = None

    def publish(self, reviewer_id: int | None) -> None:
        """Show the example to everybody, in the name of who checked it."""
        self.state, self.tier = ExampleState.PUBLISHED, self.tier or Tier.PUBLISHED
        self.reviewer_id, self.reviewed_at = reviewer_id, now()
        self.published_at = self.published_at or self.reviewed_at
        self.confirm()
        self.confirmed_at = self.reviewed_at

    def confirm(self) -> None:
        """Note that somebody who knows says the text is still right."""
        self.confirmed_at, self.unconfirmed_since = now(), None

    def miss_confirmation(self) -> None:
        """Note that nobody answers any more; readers see since when nobody confirmed."""
        self.unconfirmed_since = self.confirmed_at or self.published_at or now()


class ListOrder(Base):
    """The order of the list of examples somebody wants to see without asking."""

    __tablename__ = "list_orders"

    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    sort: Mapped[str]
