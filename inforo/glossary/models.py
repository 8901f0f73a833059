"""Entries of the glossary, and which of them belong together."""

from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from inforo import clock, text
from inforo.db import Base, Versioned, bigint, created_now, folded, intpk

MOST_CHARACTERS = 1_500


class GlossaryEntry(Versioned, Base):
    """A word with its meaning in Markdown. `forms` are other names and inflected forms."""

    __tablename__ = "glossary_entries"
    __table_args__ = (
        CheckConstraint(f"length(definition) <= {MOST_CHARACTERS}", name="definition_length"),
    )

    id: Mapped[intpk]
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(index=True)
    forms: Mapped[list[Any]] = mapped_column(JSON, default=list)
    definition: Mapped[str]
    definition_html: Mapped[str]
    renderer: Mapped[int] = mapped_column(default=text.RENDERER)
    source: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]
    changed_at: Mapped[created_now] = mapped_column(onupdate=clock.now, index=True)
    archived_at: Mapped[datetime | None]

    see_also: Mapped[list["GlossaryEntry"]] = relationship(
        secondary="glossary_links",
        primaryjoin="GlossaryEntry.id == GlossaryLink.entry_id",
        secondaryjoin="GlossaryEntry.id == GlossaryLink.other_id",
        order_by="GlossaryEntry.title_key",
    )

    @validates("definition")
    def render(self, _name: str, source: str) -> str:
        """Keep the HTML of the definition beside it."""
        self.definition_html = text.render_markdown(source)
        self.renderer = text.RENDERER
        return source

    @validates("title")
    def note_key(self, _name: str, title: str) -> str:
        self.title_key = folded(title).translate(text.UMLAUTS)
        return title

    @property
    def html(self) -> Markup:
        is_current = self.renderer == text.RENDERER
        html = self.definition_html if is_current else text.render_markdown(self.definition)
        return Markup(html)  # noqa: S704 (cleaned by render_markdown)

    @property
    def initial(self) -> str:
        return self.title_key[:1].upper() if self.title_key[:1].isalpha() else "#"

    @property
    def path(self) -> str:
        return f"/glossar/{self.slug}"


class GlossaryLink(Base):
    """One entry points to another."""

    __tablename__ = "glossary_links"

    entry_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("glossary_entries.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("glossary_entries.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )
