"""Terms of controlled lists, and the programmes that have a coordination of their own."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo import clock
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.i18n import language


class Programme(Base):
    """A topic area with its own coordination (Fachmodul). Editors can add some."""

    __tablename__ = "programmes"

    key: Mapped[str] = mapped_column(primary_key=True)
    label_de: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)

    @property
    def label(self) -> str:
        return self.label_en if language() == "en" and self.label_en else self.label_de


class Term(Versioned, Base):
    """One entry of a vocabulary. `key` is its slug, stable in addresses and imports.

    An archived term is not offered any more, its uses stay. A merged one has no uses: they
    are those of another term, and its key leads there (`TermMerge`).
    """

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("vocabulary", "key"),)

    id: Mapped[intpk]
    vocabulary: Mapped[str] = mapped_column(index=True)
    key: Mapped[str]
    label_de: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    aliases: Mapped[list[Any]] = mapped_column(JSON, default=list)
    is_fixed: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[created_now]
    changed_at: Mapped[datetime | None] = mapped_column(default=clock.now, onupdate=clock.now)
    archived_at: Mapped[datetime | None]
    merged_at: Mapped[datetime | None]

    @property
    def label(self) -> str:
        return self.label_en if language() == "en" and self.label_en else self.label_de

    @property
    def is_offered(self) -> bool:
        return self.archived_at is None and self.merged_at is None

    def names(self) -> list[str]:
        """Return everything people call it, the label first."""
        return [self.label_de, *map(str, self.aliases)]

    def add_aliases(self, names: list[str]) -> list[str]:
        """Take other names over; return those that were new."""
        known = {name.casefold() for name in self.names()}
        fresh = [name for name in dict.fromkeys(names) if name.casefold() not in known]
        self.aliases = [*self.aliases, *fresh]
        return fresh

    def rename(self, label: str) -> None:
        """Give the term a new German label; the old one stays as an alias."""
        if label == self.label_de:
            return
        old, self.label_de = self.label_de, label
        self.aliases = [alias for alias in self.aliases if alias != label]
        self.add_aliases([old])


class TermMerge(Base):
    """Term `source` became `target`: who decided it, why, and what it took to go back."""

    __tablename__ = "term_merges"
    __table_args__ = (CheckConstraint("source_id != target_id", name="two_terms"),)

    id: Mapped[intpk]
    source_id: Mapped[int] = mapped_column(bigint, ForeignKey("terms.id"), index=True)
    target_id: Mapped[int] = mapped_column(bigint, ForeignKey("terms.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    reason: Mapped[str]
    added_aliases: Mapped[list[Any]] = mapped_column(JSON, default=list)
    created_at: Mapped[created_now]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    undone_reason: Mapped[str] = mapped_column(default="")

    source: Mapped[Term] = relationship(foreign_keys=[source_id])
    target: Mapped[Term] = relationship(foreign_keys=[target_id])


class Outcome(StrEnum):
    """What a merge did with a link: it moved, or the object had the target already."""

    MOVED = "moved"
    DOUBLE = "double"


class TermMergeLink(Base):
    """One row that a merge changed. `row_key` finds it again, `row` is a double's whole row."""

    __tablename__ = "term_merge_links"

    id: Mapped[intpk]
    merge_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("term_merges.id", ondelete="CASCADE"), index=True
    )
    table_name: Mapped[str]
    column_name: Mapped[str]
    outcome: Mapped[Outcome]
    row_key: Mapped[dict[str, Any]] = mapped_column(JSON)
    row: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class SynonymRing(Versioned, Base):
    """Words that mean the same to the search. `seed` names a ring that came with inforo."""

    __tablename__ = "synonym_rings"

    id: Mapped[intpk]
    words: Mapped[list[Any]] = mapped_column(JSON)
    seed: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[created_now]
    changed_at: Mapped[created_now] = mapped_column(onupdate=clock.now, index=True)
    retired_at: Mapped[datetime | None]
