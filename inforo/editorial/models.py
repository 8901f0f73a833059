"""What articles and events have in common: text, readership, and the way to publication."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from markupsafe import Markup
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship, validates

from inforo import clock, text
from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.db import Versioned, bigint, created_now, intpk
from inforo.files import StoredFile
from inforo.i18n import _l
from inforo.municipalities.models import State
from inforo.offices.models import WorkKind


class PublicationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    PUBLISHED = "published"
    ARCHIVED = "archived"

    @property
    def label(self) -> Any:
        return STATE_LABELS[self]


STATE_LABELS = {
    PublicationState.DRAFT: _l("Entwurf"),
    PublicationState.SUBMITTED: _l("eingereicht"),
    PublicationState.CHECKED: _l("geprüft"),
    PublicationState.PUBLISHED: _l("veröffentlicht"),
    PublicationState.ARCHIVED: _l("archiviert"),
}
WAITING = frozenset({PublicationState.SUBMITTED, PublicationState.CHECKED})
READABLE = frozenset({PublicationState.PUBLISHED, PublicationState.ARCHIVED})


class Readership(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"

    @property
    def label(self) -> Any:
        return READERSHIP_LABELS[self]


READERSHIP_LABELS = {
    Readership.PUBLIC: _l("öffentlich, für alle im Internet"),
    Readership.MEMBERS: _l("nur für angemeldete Mitglieder"),
}


class Submission(Versioned):
    """A text somebody submits and somebody else publishes.

    `author_place` is where the author worked at the time of writing. `return_reason` says why
    the office gave it back; it goes when it is submitted again. Archived ones stay readable
    at their address and leave lists, feeds and search.
    """

    work_kind: ClassVar[WorkKind]
    folder: ClassVar[str]  # first part of the address
    kept_fields: ClassVar[tuple[str, ...]] = ("title", "subtitle", "body")

    id: Mapped[intpk]
    title: Mapped[str]
    subtitle: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    renderer: Mapped[int] = mapped_column(default=text.RENDERER)
    audience: Mapped[Readership] = mapped_column(default=Readership.PUBLIC)
    state: Mapped[PublicationState] = mapped_column(default=PublicationState.DRAFT, index=True)
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    author_place: Mapped[str] = mapped_column(default="")
    return_reason: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[created_now]
    changed_at: Mapped[created_now] = mapped_column(onupdate=clock.now)

    @declared_attr
    def author(cls) -> Mapped[Account | None]:  # noqa: N805 (declarative directive)
        return relationship(Account)

    @declared_attr
    def land(cls) -> Mapped[State | None]:  # noqa: N805 (declarative directive)
        return relationship(State)

    @validates("body")
    def render(self, _name: str, source: str) -> str:
        """Keep the HTML of the text beside it; it stands right below the title."""
        self.body_html = text.render_markdown(source, headings_from=2)
        self.renderer = text.RENDERER
        return source

    @property
    def html(self) -> Markup:
        is_current = self.renderer == text.RENDERER
        html = (
            self.body_html if is_current else text.render_markdown(self.body, headings_from=2)
        )
        return Markup(html)  # noqa: S704 (cleaned by render_markdown)

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, is_shared=True)

    @property
    def is_readable(self) -> bool:
        return self.state in READABLE

    @property
    def has_author_left(self) -> bool:
        """Tell whether the author works elsewhere now, or is not here any more."""
        author = self.author
        return author is not None and (
            not author.is_active or author.place != self.author_place
        )

    @property
    def address(self) -> str:
        return f"/{self.folder}/{self.id}"

    @property
    def path(self) -> str:
        return f"{self.address}-{text.slug(self.title)}"


class Attachment:
    """A file that belongs to a submission."""

    id: Mapped[intpk]
    file_id: Mapped[int] = mapped_column(bigint, ForeignKey("files.id"))
    title: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    @declared_attr
    def file(cls) -> Mapped[StoredFile]:  # noqa: N805 (declarative directive)
        return relationship(StoredFile)

    @property
    def label(self) -> str:
        return self.title or self.file.name
