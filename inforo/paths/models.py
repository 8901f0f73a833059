"""Learning paths, their steps, and what members have done of them (only they see it)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from inforo import clock, text
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.i18n import _l

MOST_MINUTES = 240
ONE_THING = "({}) = CASE WHEN kind = 'text' THEN 0 ELSE 1 END".format(
    " + ".join(
        f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END"
        for column in ("example_id", "tool_id", "entry_id", "thread_id")
    )
)


class StepKind(StrEnum):
    """What a step leads to; a text is read where it stands."""

    EXAMPLE = "example"
    TOOL = "tool"
    GLOSSARY = "glossary"
    THREAD = "thread"
    TEXT = "text"

    @property
    def label(self) -> Any:
        return KIND_LABELS[self]


KIND_LABELS = {
    StepKind.EXAMPLE: _l("Praxisbeispiel"),
    StepKind.TOOL: _l("Werkzeug"),
    StepKind.GLOSSARY: _l("Begriff"),
    StepKind.THREAD: _l("Diskussion"),
    StepKind.TEXT: _l("Text"),
}


def current_html(html: str, renderer: int, source: str) -> Markup:
    """Return the stored HTML, or a fresh one if the renderer has changed since."""
    shown = html if renderer == text.RENDERER else text.render_markdown(source)
    return Markup(shown)  # noqa: S704 (cleaned by render_markdown)


class LearningPath(Versioned, Base):
    """An ordered way through what others have tried. Each change of a step counts as one."""

    __tablename__ = "learning_paths"

    id: Mapped[intpk]
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str]
    intro: Mapped[str] = mapped_column(default="")
    intro_html: Mapped[str] = mapped_column(default="")
    renderer: Mapped[int] = mapped_column(default=text.RENDERER)
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    created_at: Mapped[created_now]
    changed_at: Mapped[created_now] = mapped_column(onupdate=clock.now)

    @validates("intro")
    def render(self, _name: str, source: str) -> str:
        """Keep the HTML of the introduction beside it."""
        self.intro_html, self.renderer = text.render_markdown(source), text.RENDERER
        return source

    @property
    def html(self) -> Markup:
        return current_html(self.intro_html, self.renderer, self.intro)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def path(self) -> str:
        return f"/lernpfade/{self.slug}"


class PathStep(Base):
    """One thing to read or to try, why, and how long it takes."""

    __tablename__ = "learning_path_steps"
    __table_args__ = (
        UniqueConstraint("path_id", "example_id"),
        UniqueConstraint("path_id", "tool_id"),
        UniqueConstraint("path_id", "entry_id"),
        UniqueConstraint("path_id", "thread_id"),
        CheckConstraint(ONE_THING, name="one_thing"),
        CheckConstraint(f"minutes BETWEEN 1 AND {MOST_MINUTES}", name="minutes"),
    )

    id: Mapped[intpk]
    path_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("learning_paths.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    kind: Mapped[StepKind]
    example_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    tool_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), index=True
    )
    entry_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("glossary_entries.id", ondelete="CASCADE"), index=True
    )
    thread_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    renderer: Mapped[int] = mapped_column(default=text.RENDERER)
    minutes: Mapped[int]
    reason: Mapped[str]
    created_at: Mapped[created_now]

    @validates("body")
    def render(self, _name: str, source: str) -> str:
        """Keep the HTML of a text beside it."""
        self.body_html, self.renderer = text.render_markdown(source), text.RENDERER
        return source

    @property
    def html(self) -> Markup:
        return current_html(self.body_html, self.renderer, self.body)

    @property
    def is_text(self) -> bool:
        return self.kind is StepKind.TEXT

    @property
    def thing_id(self) -> int | None:
        return self.example_id or self.tool_id or self.entry_id or self.thread_id


class StepDone(Base):
    """Somebody has done a step. Private; goes with the account."""

    __tablename__ = "learning_path_progress"

    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    step_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("learning_path_steps.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )
    done_at: Mapped[created_now]
