"""Conversations, who takes part, their messages, and reports of single ones."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account, search_key, search_key_of
from inforo.clock import now
from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _
from inforo.reports.models import Reported

PAGE_LENGTH = 20
PAIR = 2


class Conversation(Base):
    """What some people write to each other about a subject.

    `message_count` is the number of its last message; messages are numbered from 1 and keep
    their numbers.
    """

    __tablename__ = "conversations"

    id: Mapped[intpk]
    subject: Mapped[str]
    subject_key: Mapped[str] = mapped_column(default=search_key_of("subject"))
    started_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    size: Mapped[int]
    message_count: Mapped[int] = mapped_column(default=0)
    last_message_at: Mapped[created_now] = mapped_column(index=True)
    created_at: Mapped[created_now]

    people: Mapped[list["Participant"]] = relationship(
        order_by="Participant.id", passive_deletes=True
    )

    @property
    def is_pair(self) -> bool:
        """Tell whether it began between two; it stays so, whoever leaves."""
        return self.size <= PAIR

    @property
    def path(self) -> str:
        return f"/nachrichten/{self.id}"

    def find_participant(self, account_id: int | None) -> "Participant | None":
        found = (each for each in self.people if each.account_id == account_id)
        return next(found, None) if account_id is not None else None


class Participant(Base):
    """Somebody's part in a conversation, and how they arranged it for themselves.

    What is up to `cleared_number` is deleted for this person, what is up to `read_number` is
    read. Who left reads nothing of it any more.
    """

    __tablename__ = "conversation_people"
    __table_args__ = (UniqueConstraint("conversation_id", "account_id"),)

    id: Mapped[intpk]
    conversation_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("conversations.id", ondelete="CASCADE")
    )
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    read_number: Mapped[int] = mapped_column(default=0)
    cleared_number: Mapped[int] = mapped_column(default=0)
    muted_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    account: Mapped[Account | None] = relationship()

    @property
    def name(self) -> str:
        return name_of(self.account)

    @property
    def is_there(self) -> bool:
        """Tell whether this person still reads what is written here."""
        return self.left_at is None and self.account is not None and self.account.is_active

    def mute(self) -> None:
        self.muted_at = self.muted_at or now()

    def unmute(self) -> None:
        self.muted_at = None

    def archive(self) -> None:
        self.archived_at = self.archived_at or now()

    def unarchive(self) -> None:
        self.archived_at = None

    def leave(self) -> None:
        self.left_at = self.left_at or now()


class Message(Base):
    """One message. It is not changed; an admin may take one out that was reported."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: Mapped[intpk]
    conversation_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("conversations.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    body: Mapped[str]
    body_html: Mapped[str]
    body_key: Mapped[str] = mapped_column(default=lambda row: key_of(row))
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    conversation: Mapped[Conversation] = relationship()
    author: Mapped[Account | None] = relationship()

    @property
    def author_name(self) -> str:
        return name_of(self.author)

    @property
    def path(self) -> str:
        return message_path(self.conversation_id, self.number)


def key_of(row: Any) -> str:
    return search_key(row.get_current_parameters()["body"])


def name_of(account: Account | None) -> str:
    """Return the name of who takes part, as long as there is an account."""
    if account is None or not account.is_active:
        return _("Gelöschtes Mitglied")
    return account.name


def page_of(number: int) -> int:
    return max(1, -(-number // PAGE_LENGTH))


def message_path(conversation_id: int, number: int) -> str:
    """Return the address of a message, on its page."""
    page = page_of(number)
    query = f"?seite={page}" if page > 1 else ""
    return f"/nachrichten/{conversation_id}{query}#beitrag-{number}"


class MessageReport(Reported, Base):
    """Somebody who takes part reports a message: only then an admin reads it, and only it."""

    __tablename__ = "message_reports"
    __table_args__ = (
        UniqueConstraint("message_id", "reporter_id"),
        Index("ix_message_reports_decided_at", "decided_at"),
    )
    name, folder = "message-report", "nachrichten"

    message_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("messages.id", ondelete="CASCADE")
    )

    message: Mapped[Message] = relationship()

    @property
    def writer_id(self) -> int | None:
        return self.message.author_id
