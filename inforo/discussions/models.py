"""Threads and posts.

A thread opens with a question (post number 1) and belongs to one group. Posts are numbered,
so that page N of a long thread costs what page 1 costs. Hidden posts leave a place holder.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.groups.models import Group
from inforo.municipalities.models import Municipality
from inforo.offices.models import CoordinationOffice
from inforo.text import RENDERER, slug
from inforo.toolbox.models import Example
from inforo.vocabularies.models import Term

POSTS_PER_PAGE = 20


def thread_path(thread_id: int, title: str) -> str:
    """Return the address of a thread; the title in it is for people."""
    return f"/diskussionen/{thread_id}-{slug(title) or 'frage'}"


def page_of(number: int) -> int:
    """Return the page of its thread on which the post with this number stands."""
    return (max(1, number) - 1) // POSTS_PER_PAGE + 1


def post_path(thread_id: int, title: str, number: int) -> str:
    """Return the address of a post within the page of its thread."""
    page = page_of(number)
    query = f"?seite={page}" if page > 1 else ""
    return f"{thread_path(thread_id, title)}{query}#beitrag-{number}"


class Thread(Versioned, Base):
    """A discussion. `state_code` is the group's Land, else the author's.

    With `relayed_by_id` an office asks for somebody it does not name: there is no author.

    `post_count`, `last_post_at` and `last_post_by_id` are kept by `actions.count_posts()`
    and verified by `inforo check`. `outcome_at` is when who asked told what came of it, in
    the post `outcome_post_id`, or (without one) that nothing did. With `merged_into_id` all
    posts went into another thread.
    """

    __tablename__ = "threads"
    __table_args__ = (
        Index("ix_threads_activity", "last_post_at", "id"),
        Index("ix_threads_group_activity", "group_id", "last_post_at"),
    )

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(bigint, ForeignKey("groups.id"), index=True)
    title: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    relayed_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id", ondelete="SET NULL")
    )
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))
    on_behalf_of_ags: Mapped[str | None] = mapped_column(
        ForeignKey("municipalities.ags"), index=True
    )
    answer_post_id: Mapped[int | None] = mapped_column(bigint)
    answered_at: Mapped[datetime | None]
    answer_marked_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    outcome_post_id: Mapped[int | None] = mapped_column(bigint)
    outcome_at: Mapped[datetime | None] = mapped_column(index=True)
    locked_at: Mapped[datetime | None]
    locked_reason: Mapped[str] = mapped_column(default="")
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="SET NULL"), index=True
    )
    post_count: Mapped[int] = mapped_column(default=0)
    last_post_at: Mapped[created_now]
    last_post_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now] = mapped_column(index=True)

    group: Mapped[Group] = relationship()
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    last_post_by: Mapped[Account | None] = relationship(foreign_keys=[last_post_by_id])
    merged_into: Mapped["Thread | None"] = relationship(remote_side="Thread.id")
    terms: Mapped[list[Term]] = relationship(secondary="thread_terms", order_by=Term.position)
    municipalities: Mapped[list[Municipality]] = relationship(secondary="thread_municipalities")
    examples: Mapped[list[Example]] = relationship(secondary="thread_examples")

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, self.programme_key)

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_answered(self) -> bool:
        return self.answer_post_id is not None

    def forget_outcome(self) -> None:
        self.outcome_post_id = self.outcome_at = None

    @property
    def is_marked_for_author(self) -> bool:
        """Tell whether moderators said which post is the answer, instead of who asked."""
        return self.answer_marked_by_id not in (None, self.author_id)

    @property
    def path(self) -> str:
        return thread_path(self.id, self.title)


class Post(Versioned, Base):
    """One contribution, in Markdown with its rendered HTML beside it.

    With `moved_to_id` it is the place holder of a post that moderators moved elsewhere: so
    numbers, and with them addresses and reading positions, never change.
    """

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("thread_id", "number"),)

    id: Mapped[intpk]
    thread_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    relayed_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id", ondelete="SET NULL")
    )
    on_behalf_of_ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
    body: Mapped[str]
    body_html: Mapped[str]
    renderer: Mapped[int] = mapped_column(default=RENDERER)
    created_at: Mapped[created_now] = mapped_column(index=True)
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    hidden_reason: Mapped[str] = mapped_column(default="")
    deleted_at: Mapped[datetime | None]
    moderated_at: Mapped[datetime | None]
    moderated_reason: Mapped[str] = mapped_column(default="")
    moved_to_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="SET NULL"), index=True
    )

    thread: Mapped[Thread] = relationship()
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    relayed_by: Mapped[CoordinationOffice | None] = relationship()

    @property
    def scope(self) -> Scope:
        return self.thread.scope

    @property
    def is_visible(self) -> bool:
        return self.hidden_at is None and self.deleted_at is None

    @property
    def path(self) -> str:
        return post_path(self.thread_id, self.thread.title, self.number)


class ThreadTerm(Base):
    __tablename__ = "thread_terms"

    thread_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("terms.id"), primary_key=True, index=True
    )


class ThreadMunicipality(Base):
    __tablename__ = "thread_municipalities"

    thread_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    municipality_ags: Mapped[str] = mapped_column(
        ForeignKey("municipalities.ags"), primary_key=True, index=True
    )


class ThreadExample(Base):
    __tablename__ = "thread_examples"

    thread_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True, index=True
    )
