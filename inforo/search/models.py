"""The index: what can be found (narrow, for filters), its stems, its text, and all words."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, intpk
from inforo.i18n import _l
from inforo.search import ddl


class Kind(StrEnum):
    """What a document is about; also the tabs of the result page, in their order."""

    EXAMPLE = "example"
    TOOL = "tool"
    THREAD = "thread"
    MUNICIPALITY = "municipality"
    PERSON = "person"

    @property
    def label(self) -> Any:
        return KIND_LABELS[self]

    @property
    def noun(self) -> Any:
        """Return what one of them is called."""
        return KIND_NOUNS[self]


KIND_LABELS = {
    Kind.EXAMPLE: _l("Beispiele"),
    Kind.TOOL: _l("Werkzeuge"),
    Kind.THREAD: _l("Diskussionen"),
    Kind.MUNICIPALITY: _l("Kommunen"),
    Kind.PERSON: _l("Personen"),
}
KIND_NOUNS = {
    Kind.EXAMPLE: _l("Praxisbeispiel"),
    Kind.TOOL: _l("Werkzeug"),
    Kind.THREAD: _l("Diskussion"),
    Kind.MUNICIPALITY: _l("Kommune"),
    Kind.PERSON: _l("Person"),
}


class Audience(StrEnum):
    """Who may find a document: everybody, all members, or the members of its group."""

    PUBLIC = "public"
    MEMBERS = "members"
    GROUP = "group"


class SearchDocument(Base):
    """One object that can be found. Several documents of one parent (posts) are one result.

    Hidden or unpublished objects have no document. Kept narrow: counting reads every match.
    """

    __tablename__ = "search_documents"
    __table_args__ = (
        UniqueConstraint("kind", "object_key"),
        Index(None, "kind", "parent_key"),
        CheckConstraint("audience != 'group' OR group_id IS NOT NULL", name="group_named"),
    )

    id: Mapped[intpk]
    kind: Mapped[Kind]
    object_key: Mapped[str]
    parent_key: Mapped[str]
    audience: Mapped[Audience]
    group_id: Mapped[int | None] = mapped_column(bigint, index=True)
    state_code: Mapped[str | None]
    title_key: Mapped[str] = mapped_column(index=True)
    changed_at: Mapped[datetime | None]


class SearchStems(Base):
    """The analysed document. FTS5 and tsvector are kept from these columns (`ddl.py`)."""

    __tablename__ = "search_stems"

    document_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("search_documents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    title_stems: Mapped[str]
    body_stems: Mapped[str]
    title_parts: Mapped[str]
    body_parts: Mapped[str]


class SearchText(Base):
    """What a result shows: title, a line of context, the plain text, the address."""

    __tablename__ = "search_texts"

    document_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("search_documents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    title: Mapped[str]
    context: Mapped[str]
    body: Mapped[str]
    path: Mapped[str]


class SearchWord(Base):
    """A word that stands in documents open to this audience, for correcting what is typed.

    Words of groups are never kept. New words are added at once, `documents` is counted when
    the index is rebuilt; the row of the empty word counts all documents.
    """

    __tablename__ = "search_words"
    __table_args__ = (Index(None, "initial", "length"),)

    word: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[Audience] = mapped_column(primary_key=True)
    shown: Mapped[str]
    stem: Mapped[str] = mapped_column(index=True)
    initial: Mapped[str]
    length: Mapped[int]
    documents: Mapped[int]


def on_tables(moment: str, statements: tuple[str, ...], dialect: str) -> None:
    """Let statements of one database follow when the tables are made, or go first."""
    for statement in statements:
        made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(SearchStems.__table__, moment, made)


on_tables("after_create", ddl.SQLITE_CREATE, "sqlite")
on_tables("before_drop", ddl.SQLITE_DROP, "sqlite")
on_tables("after_create", ddl.POSTGRES_CREATE, "postgresql")
