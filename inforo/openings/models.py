"""What a group wants to open to others, and what each author said to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.clock import now
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.discussions.models import Post, Thread
from inforo.groups.models import Group, GroupAudience
from inforo.libraries.models import GroupFile
from inforo.text import slug
from inforo.wiki.models import WikiPage

Thing = WikiPage | GroupFile | Thread


def opened_thread_path(opening_id: int, title: str) -> str:
    return f"/veroeffentlicht/diskussionen/{opening_id}-{slug(title) or 'diskussion'}"


class Ending(StrEnum):
    """Why something was closed again, or never opened."""

    REFUSED = "refused"  # an author did not agree, or does not any more
    TAKEN_BACK = "taken_back"  # by the group, or the office
    AUTHOR_GONE = "author_gone"
    CHANGED = "changed"  # no longer what all had agreed to


class Opening(Versioned, Base):
    """One proposal. It waits for its authors, is open from `opened_at`, or ended.

    It is about one thing. While it is open, a page or file itself carries the audience in
    `opened_to`: rules read that. Of a thread others read the copies in `posts`, made when it
    was proposed, with its title of that day; the thread itself stays as closed as it was.
    """

    __tablename__ = "openings"

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    page_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("wiki_pages.id", ondelete="CASCADE"), index=True
    )
    group_file_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("group_files.id", ondelete="CASCADE"), index=True
    )
    thread_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    thread_title: Mapped[str] = mapped_column(default="", server_default="")
    audience: Mapped[GroupAudience]
    note: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    ending: Mapped[Ending | None]
    created_at: Mapped[created_now]

    group: Mapped[Group] = relationship()
    page: Mapped[WikiPage | None] = relationship()
    group_file: Mapped[GroupFile | None] = relationship()
    thread: Mapped[Thread | None] = relationship()
    posts: Mapped[list["OpenedPost"]] = relationship(
        order_by="OpenedPost.number", cascade="all, delete-orphan", back_populates="opening"
    )
    proposed_by: Mapped[Account | None] = relationship(foreign_keys=[proposed_by_id])

    @property
    def thing(self) -> Thing:
        """Return what it is about; there is always one: it goes with the thing."""
        thing = self.page or self.group_file or self.thread
        if thing is None:
            raise LookupError(self.id)
        return thing

    @property
    def title(self) -> str:
        return self.thread_title if self.thread_id else self.thing.title

    @property
    def outside_path(self) -> str:
        """Return where others read a thread: without the name of its group."""
        return opened_thread_path(self.id, self.thread_title)

    @property
    def scope(self) -> Scope:
        return self.group.scope

    @property
    def is_waiting(self) -> bool:
        return self.opened_at is None and self.ended_at is None

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.ended_at is None

    def open(self) -> None:
        self.opened_at, thing = now(), self.thing
        if not isinstance(thing, Thread):
            thing.opened_to = self.audience

    def end(self, ending: Ending) -> None:
        """Close it; of copies nothing is kept."""
        self.ended_at, self.ending, thing = now(), ending, self.thing
        if isinstance(thing, Thread):
            self.posts.clear()
        elif thing.opened_to is not None:
            thing.opened_to = None


class OpenedPost(Base):
    """The copy of a post that its author agrees to; `speaker` numbers people without naming."""

    __tablename__ = "opened_posts"
    __table_args__ = (UniqueConstraint("opening_id", "post_id"),)

    id: Mapped[intpk]
    opening_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("openings.id", ondelete="CASCADE")
    )
    post_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    speaker: Mapped[int]
    body_html: Mapped[str]
    written_at: Mapped[datetime]

    opening: Mapped[Opening] = relationship(back_populates="posts")
    post: Mapped[Post] = relationship()


class OpeningConsent(Base):
    """What one author said. Nothing said is no consent; neither is one of somebody gone."""

    __tablename__ = "opening_consents"
    __table_args__ = (UniqueConstraint("opening_id", "account_id"),)

    id: Mapped[intpk]
    opening_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("openings.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    granted_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    opening: Mapped[Opening] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])

    def grant(self) -> None:
        self.granted_at, self.refused_at = now(), None

    def refuse(self) -> None:
        self.granted_at, self.refused_at = None, now()
