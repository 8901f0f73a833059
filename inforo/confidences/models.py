"""Confidential questions: who asks, what is to be published, what was said about it.

This is the only place that leads from a published question to the person. The thread, its
posts and everything made of them know the office that passes the words on, nobody else.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.clock import now
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.discussions.models import Post, Thread
from inforo.groups.models import Group
from inforo.offices.models import CoordinationOffice
from inforo.text import render_markdown


class Confidence(Versioned, Base):
    """A question told to one office.

    `title` and `body` are as they were asked; `proposed_…` is what the office wants to
    publish, `proposal` counts these proposals, `released` is the one who asks agreed to.
    `waits_since` is set while the person is next, `due_on` while the office is.
    """

    __tablename__ = "confidences"

    id: Mapped[intpk]
    asker_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    office_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("coordination_offices.id"), index=True
    )
    state_code: Mapped[str | None] = mapped_column(String(2), ForeignKey("states.code"))
    group_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    proposal: Mapped[int] = mapped_column(default=0)
    proposed_title: Mapped[str] = mapped_column(default="")
    proposed_body: Mapped[str] = mapped_column(default="")
    proposed_html: Mapped[str] = mapped_column(default="")
    released: Mapped[int] = mapped_column(default=0)
    released_at: Mapped[datetime | None]
    wanted_office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id", ondelete="SET NULL")
    )
    wanted_reason: Mapped[str] = mapped_column(default="")
    thread_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="SET NULL"), index=True
    )
    published_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_office: Mapped[bool] = mapped_column(default=False)
    waits_since: Mapped[datetime | None]
    due_on: Mapped[date | None]
    created_at: Mapped[created_now]

    asker: Mapped[Account | None] = relationship()
    office: Mapped[CoordinationOffice] = relationship(foreign_keys=[office_id])
    wanted_office: Mapped[CoordinationOffice | None] = relationship(
        foreign_keys=[wanted_office_id]
    )
    group: Mapped[Group | None] = relationship()
    thread: Mapped[Thread | None] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code)

    @property
    def path(self) -> str:
        return f"/vertraulich/{self.id}"

    @property
    def is_open(self) -> bool:
        """Tell whether it may still be published."""
        return self.published_at is None and self.ended_at is None

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_released(self) -> bool:
        return self.proposal > 0 and self.released == self.proposal

    @property
    def awaits_release(self) -> bool:
        return self.is_open and self.proposal > 0 and not self.is_released

    @property
    def may_be_revealed(self) -> bool:
        return self.thread_id is not None and self.revealed_at is None

    def propose(self, title: str, body: str, html: str, group: Group) -> None:
        """Put the words down that shall be published; an earlier release counts no more."""
        self.proposal += 1
        self.proposed_title, self.proposed_body, self.proposed_html = title, body, html
        self.group, self.released_at = group, None

    def release(self) -> None:
        self.released, self.released_at = self.proposal, now()

    def end(self, *, by_office: bool) -> None:
        """Close it without publishing anything."""
        self.ended_at, self.ended_by_office = now(), by_office
        self.waits_since, self.due_on = None, None


class ConfidenceMessage(Base):
    """Something office and asker wrote to each other.

    With `is_for_thread` it shall stand in the discussion, word by word; `post_id` is where.
    """

    __tablename__ = "confidence_messages"

    id: Mapped[intpk]
    confidence_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("confidences.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    is_from_office: Mapped[bool]
    is_for_thread: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str]
    body_html: Mapped[str]
    post_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[created_now]

    author: Mapped[Account | None] = relationship()
    post: Mapped[Post | None] = relationship()

    @property
    def waits_for_thread(self) -> bool:
        return self.is_for_thread and self.post_id is None


def message(author_id: int | None, body: str, *, from_office: bool) -> ConfidenceMessage:
    return ConfidenceMessage(
        author_id=author_id,
        is_from_office=from_office,
        body=body,
        body_html=render_markdown(body),
    )
