"""Collections: the Merkliste and named ones, and what lies in them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo import clock
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.groups.models import Group
from inforo.i18n import _


class Kind(StrEnum):
    """What may lie in a collection; the word stands in addresses and forms."""

    EXAMPLE = "beispiel"
    TOOL = "werkzeug"
    THREAD = "diskussion"
    MUNICIPALITY = "kommune"


COLUMNS = {
    Kind.EXAMPLE: "example_id",
    Kind.TOOL: "tool_id",
    Kind.THREAD: "thread_id",
    Kind.MUNICIPALITY: "municipality_ags",
}
# Exactly one of them says what an entry is about.
ONE_CONTENT = " + ".join(
    f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in COLUMNS.values()
)
Key = int | str  # the number of an example, a tool, a thread; the key of a municipality


class Collection(Versioned, Base):
    """Of one person or of one group; `default_of_id` marks somebody's Merkliste."""

    __tablename__ = "collections"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (group_id IS NULL)", name="owner"),
        CheckConstraint("default_of_id IS NULL OR default_of_id = account_id", name="default"),
    )

    id: Mapped[intpk]
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    default_of_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), unique=True
    )
    title: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]
    updated_at: Mapped[created_now] = mapped_column(onupdate=clock.now)

    group: Mapped[Group | None] = relationship()

    @property
    def is_default(self) -> bool:
        return self.default_of_id is not None

    @property
    def name(self) -> str:
        """Return the title; the Merkliste has the reader's word until it is renamed."""
        return self.title or _("Merkliste")


class Entry(Base):
    """Something in a collection, with a note."""

    __tablename__ = "collection_entries"
    __table_args__ = (
        *(UniqueConstraint("collection_id", column) for column in COLUMNS.values()),
        CheckConstraint(f"{ONE_CONTENT} = 1", name="content"),
    )

    id: Mapped[intpk]
    collection_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("collections.id", ondelete="CASCADE"), index=True
    )
    example_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    tool_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("tools.id", ondelete="CASCADE"), index=True
    )
    thread_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    municipality_ags: Mapped[str | None] = mapped_column(
        String(8), ForeignKey("municipalities.ags"), index=True
    )
    position: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    added_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    @property
    def kind(self) -> Kind:
        return next(kind for kind, name in COLUMNS.items() if getattr(self, name) is not None)

    @property
    def key(self) -> Key:
        key: Key = getattr(self, COLUMNS[self.kind])
        return key
