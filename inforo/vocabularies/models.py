"""Terms of controlled lists, and the programmes that have a coordination of their own."""

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, created_now, intpk
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


class Term(Base):
    """One entry of a vocabulary. `key` is its slug, stable in addresses and imports."""

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

    @property
    def label(self) -> str:
        return self.label_en if language() == "en" and self.label_en else self.label_de
