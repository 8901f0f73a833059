"""Practice examples, tools, and the steps from a draft to a published page."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates
from sqlalchemy.orm.attributes import flag_modified

from inforo import text
from inforo.accounts.models import Account, Organisation
from inforo.authz import Scope
from inforo.clock import now
from inforo.contents.models import FilePreview
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.files import StoredFile
from inforo.i18n import _l
from inforo.municipalities.models import Municipality
from inforo.toolbox.facets import searchable
from inforo.vocabularies.models import Term

IS_PENDING = sql("published_at IS NULL AND declined_at IS NULL")


class ExampleKind(StrEnum):
    PRACTICE = "practice"
    FAILED = "failed"

    @property
    def label(self) -> Any:
        return KINDS[self]


class ExampleState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Any:
        return STATES[self]


class Tier(StrEnum):
    PUBLISHED = "published"
    GOOD_PRACTICE = "good_practice"

    @property
    def label(self) -> Any:
        return TIERS[self]


class MeasureStatus(StrEnum):
    PLANNED = "geplant"
    PILOT = "pilot"
    RUNNING = "laufend"
    PERMANENT = "verstetigt"
    ENDED = "beendet"

    @property
    def label(self) -> Any:
        return STATUSES[self]


class ObstacleAudience(StrEnum):
    """Who reads the stumbling blocks of an example: obstacles and lessons."""

    PUBLIC = "public"
    MEMBERS = "members"

    @property
    def label(self) -> Any:
        return AUDIENCES[self]


class EvaluationKind(StrEnum):
    NONE = "keine"
    PROCESS = "prozess"
    OUTCOME = "ergebnis-ohne-kontrolle"
    CONTROLLED = "ergebnis-mit-kontrolle"
    SEVERAL = "mehrere"

    @property
    def label(self) -> Any:
        return EVALUATIONS[self]


# One dict per enum: members of two enums with the same value are the same key.
KINDS: dict[ExampleKind, Any] = {
    ExampleKind.PRACTICE: _l("Praxisbeispiel"),
    ExampleKind.FAILED: _l("Das hat nicht funktioniert"),
}
STATES: dict[ExampleState, Any] = {
    ExampleState.DRAFT: _l("Entwurf"),
    ExampleState.SUBMITTED: _l("eingereicht"),
    ExampleState.CHANGES_ASKED: _l("Änderungen erbeten"),
    ExampleState.RETURNED: _l("abgelehnt"),
    ExampleState.PUBLISHED: _l("veröffentlicht"),
    ExampleState.WITHDRAWN: _l("zurückgezogen"),
}
TIERS: dict[Tier, Any] = {
    Tier.PUBLISHED: _l("geprüft"),
    Tier.GOOD_PRACTICE: _l("Good Practice"),
}
STATUSES: dict[MeasureStatus, Any] = {
    MeasureStatus.PLANNED: _l("geplant"),
    MeasureStatus.PILOT: _l("Pilot"),
    MeasureStatus.RUNNING: _l("laufend"),
    MeasureStatus.PERMANENT: _l("verstetigt"),
    MeasureStatus.ENDED: _l("beendet"),
}
AUDIENCES: dict[ObstacleAudience, Any] = {
    ObstacleAudience.PUBLIC: _l("alle, auch ohne Anmeldung"),
    ObstacleAudience.MEMBERS: _l("nur angemeldete Mitglieder"),
}
EVALUATIONS: dict[EvaluationKind, Any] = {
    EvaluationKind.NONE: _l("keine Evaluation"),
    EvaluationKind.PROCESS: _l("Prozessevaluation"),
    EvaluationKind.OUTCOME: _l("Ergebnisevaluation ohne Kontrollgruppe"),
    EvaluationKind.CONTROLLED: _l("Ergebnisevaluation mit Kontrollgruppe"),
    EvaluationKind.SEVERAL: _l("mehrere Evaluationen"),
}


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


class ExampleAuthor(Base):
    """Somebody who writes an example together with the person who began it."""

    __tablename__ = "example_authors"
    __table_args__ = (UniqueConstraint("example_id", "account_id"),)

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    invited_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])


class ExampleCapture(Base):
    """An example somebody of an office wrote down while its author told it."""

    __tablename__ = "example_captures"

    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str]
    email: Mapped[str]
    created_at: Mapped[created_now]

    account: Mapped[Account | None] = relationship()


class ExampleMunicipality(Base):
    __tablename__ = "example_municipalities"

    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True
    )
    municipality_ags: Mapped[str] = mapped_column(
        ForeignKey("municipalities.ags"), primary_key=True, index=True
    )


class ExampleTerm(Base):
    """Age phases, transitions, fields of action, target groups, settings, recommendations."""

    __tablename__ = "example_terms"

    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("terms.id"), primary_key=True, index=True
    )


class ExampleCriterion(Base):
    """How far an example goes along one of the twelve criteria, 0 to 4, and why."""

    __tablename__ = "example_criteria"
    __table_args__ = (
        UniqueConstraint("example_id", "criterion_key"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
    )

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    criterion_key: Mapped[str] = mapped_column(info={"vocabulary": "criterion"})
    position: Mapped[int]
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    is_highlighted: Mapped[bool] = mapped_column(default=False)


class ExampleFile(Base):
    """A file that belongs to an example."""

    __tablename__ = "example_files"

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int] = mapped_column(bigint, ForeignKey("files.id"))
    title: Mapped[str] = mapped_column(default="")
    category_key: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="CC BY 4.0")
    checked_at: Mapped[datetime | None]
    downloads: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[created_now]

    file: Mapped[StoredFile] = relationship()
    preview: Mapped[FilePreview | None] = relationship(
        primaryjoin="foreign(FilePreview.file_id) == ExampleFile.file_id", viewonly=True
    )

    @property
    def label(self) -> str:
        return self.title or self.file.name


class ExampleStep(Base):
    """One entry of the time line that author and reviewer share.

    `is_internal` entries are notes of the reviewers, never shown to the author.
    """

    __tablename__ = "example_steps"

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    action: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    text: Mapped[str] = mapped_column(default="")
    is_internal: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[created_now]

    actor: Mapped[Account | None] = relationship()


class Tool(Versioned, Base):
    """Working material from one municipality that others may adapt."""

    __tablename__ = "tools"

    id: Mapped[intpk]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    context: Mapped[str] = mapped_column(default="")
    category_key: Mapped[str] = mapped_column(index=True, info={"vocabulary": "tool_category"})
    phase_key: Mapped[str] = mapped_column(default="", info={"vocabulary": "process_step"})
    licence: Mapped[str] = mapped_column(default="CC BY 4.0")
    municipality_ags: Mapped[str | None] = mapped_column(
        ForeignKey("municipalities.ags"), index=True
    )
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    created_at: Mapped[created_now]

    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    municipality: Mapped[Municipality | None] = relationship()
    files: Mapped[list["ToolFile"]] = relationship(
        order_by="ToolFile.number.desc()", cascade="all, delete-orphan"
    )
    examples: Mapped[list[Example]] = relationship(secondary="tool_examples")

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, is_shared=True)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def published_files(self) -> list["ToolFile"]:
        """Return the versions everybody may have once the tool is public, newest first."""
        return [version for version in self.files if version.is_published]

    @property
    def newest_file(self) -> "ToolFile | None":
        """Return the version readers get; of a tool nobody reads yet the one that waits."""
        waiting = None if self.is_published else self.pending_file
        return next(iter(self.published_files), waiting)

    @property
    def pending_file(self) -> "ToolFile | None":
        """Return the version that waits for the office; there is one at most."""
        return next((version for version in self.files if version.is_pending), None)

    def note_change(self) -> None:
        """Let the tool have a new version although only what belongs to it changed."""
        flag_modified(self, "words")

    @validates("title", "summary")
    def note_words(self, name: str, value: str) -> str:
        """Keep what lists are filtered by, folded alike for all databases."""
        texts = {"title": self.title or "", "summary": self.summary or "", name: value}
        self.words = searchable(f"{texts['title']} {texts['summary']}")
        return value


class ToolFile(Base):
    """One version of a tool's file, the newest has the highest number.

    It is published or declined by the office; until then it waits, for its author and the
    office to see. `note` says what changed.
    """

    __tablename__ = "tool_files"
    __table_args__ = (
        UniqueConstraint("tool_id", "number"),
        CheckConstraint("published_at IS NULL OR declined_at IS NULL", name="decided_once"),
        Index(
            "uq_tool_files_pending",
            "tool_id",
            unique=True,
            sqlite_where=IS_PENDING,
            postgresql_where=IS_PENDING,
        ),
    )

    id: Mapped[intpk]
    tool_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int] = mapped_column(bigint, ForeignKey("files.id"))
    number: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    declined_at: Mapped[datetime | None]
    downloads: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[created_now]

    file: Mapped[StoredFile] = relationship()
    preview: Mapped[FilePreview | None] = relationship(
        primaryjoin="foreign(FilePreview.file_id) == ToolFile.file_id", viewonly=True
    )

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_pending(self) -> bool:
        return self.published_at is None and self.declined_at is None

    def publish(self) -> None:
        self.published_at = now()

    def decline(self) -> None:
        self.declined_at = now()


class ToolExample(Base):
    __tablename__ = "tool_examples"

    tool_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), primary_key=True
    )
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ListOrder(Base):
    """The order of the list of examples somebody wants to see without asking."""

    __tablename__ = "list_orders"

    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    sort: Mapped[str]
