"""The index: what can be found (narrow, for filters), its stems, its text, and all words."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DDL, CheckConstraint, Enum, ForeignKey, Index, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, intpk
from inforo.i18n import _l
from inforo.search import ddl


class Kind(StrEnum):
    """What a document is about; also the tabs of the result page, in their order."""

    EXAMPLE = "example"
    TOOL = "tool"
    THREAD = "thread"
    GROUP = "group"
    FILE = "file"
    MUNICIPALITY = "municipality"
    EVENT = "event"
    ARTICLE = "article"
    GLOSSARY = "glossary"
    PERSON = "person"
    PAGE = "page"

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
    Kind.GROUP: _l("Gruppen"),
    Kind.FILE: _l("Dateien"),
    Kind.MUNICIPALITY: _l("Kommunen"),
    Kind.EVENT: _l("Termine"),
    Kind.ARTICLE: _l("Meldungen"),
    Kind.GLOSSARY: _l("Begriffe"),
    Kind.PERSON: _l("Personen"),
    Kind.PAGE: _l("Seiten"),
}
KIND_NOUNS = {
    Kind.EXAMPLE: _l("Praxisbeispiel"),
    Kind.TOOL: _l("Werkzeug"),
    Kind.THREAD: _l("Diskussion"),
    Kind.GROUP: _l("Gruppe"),
    Kind.FILE: _l("Datei"),
    Kind.MUNICIPALITY: _l("Kommune"),
    Kind.EVENT: _l("Termin"),
    Kind.ARTICLE: _l("Meldung"),
    Kind.GLOSSARY: _l("Begriff"),
    Kind.PERSON: _l("Person"),
    Kind.PAGE: _l("Seite"),
}


# Without a constraint: a new kind needs no migration.
KIND_TYPE = Enum(
    Kind,
    native_enum=False,
    create_constraint=False,
    length=40,
    values_callable=lambda kinds: [kind.value for kind in kinds],
)


class Audience(StrEnum):
    """Who may find a document: everybody, all members, or the members of its group."""

    PUBLIC = "public"
    MEMBERS = "members"
    GROUP = "group"


class SearchDocument(Base):
    """One object that can be found. Several documents of one parent (posts) are one result.

    Hidden or unpublished objects have no document. `id` and `parent_id` name a source and the
    object in it (`documents.document_id`). Kept narrow: counting reads every match. `facets`
    are the properties to filter by, " land:BW phase:kita ". `weight` multiplies the score.
    `written_at` is set where facets are counted in memory (`facets.py`). `findable_since` is
    the moment it came into reach of those who may find it now; changes do not move it.
    """

    __tablename__ = "search_documents"
    __table_args__ = (
        CheckConstraint("audience != 'group' OR group_id IS NOT NULL", name="group_named"),
        Index(None, "kind", "changed_at"),
    )

    id: Mapped[int] = mapped_column(bigint, primary_key=True, autoincrement=False)
    parent_id: Mapped[int] = mapped_column(bigint, index=True)
    kind: Mapped[Kind] = mapped_column(KIND_TYPE)
    audience: Mapped[Audience]
    group_id: Mapped[int | None] = mapped_column(bigint, index=True)
    state_code: Mapped[str | None]
    facets: Mapped[str]
    weight: Mapped[float]
    changed_at: Mapped[datetime | None]
    written_at: Mapped[datetime | None] = mapped_column(index=True)
    findable_since: Mapped[datetime | None]
    # Compared by bytes, so that beginnings can be looked up in the index of either database.
    title_key: Mapped[str] = mapped_column(
        Text().with_variant(Text(collation="C"), "postgresql"), index=True
    )
    digest: Mapped[str]


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
    """What a result shows: title, a line of context, the plain text, the address.

    `found_in` names the attached file whose text this is, if it is one.
    """

    __tablename__ = "search_texts"

    document_id: Mapped[int] = mapped_column(
        bigint,
        ForeignKey("search_documents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    title: Mapped[str]
    context: Mapped[str]
    found_in: Mapped[str]
    path: Mapped[str]
    body: Mapped[str]


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


class SearchRebuild(Base):
    """How far a rebuild has come, so that an interrupted one goes on; gone when it is done."""

    __tablename__ = "search_rebuilds"

    id: Mapped[intpk]
    source: Mapped[str]
    after_id: Mapped[int] = mapped_column(bigint)
    analysis: Mapped[str]
    done: Mapped[int]


def on_tables(moment: str, statements: tuple[str, ...], dialect: str) -> None:
    """Let statements of one database follow when the tables are made, or go first."""
    for statement in statements:
        made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(SearchStems.__table__, moment, made)


on_tables("after_create", ddl.SQLITE_CREATE, "sqlite")
on_tables("before_drop", ddl.SQLITE_DROP, "sqlite")
on_tables("after_create", ddl.POSTGRES_CREATE, "postgresql")
