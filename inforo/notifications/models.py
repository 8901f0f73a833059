"""What people are told, and through which channel they want to hear it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l


class Event(StrEnum):
    """What may happen to or around a person. Decisions are always mailed."""

    ANSWER = "answer"
    MENTION = "mention"
    DECISION = "decision"
    MODERATION = "moderation"
    GROUP = "group"
    WORK = "work"
    QUESTION = "question"
    ACTIVITY = "activity"

    @property
    def label(self) -> Any:
        return EVENT_LABELS[self]


EVENT_LABELS = {
    Event.ANSWER: _l("Neue Antworten in Diskussionen, denen ich folge"),
    Event.MENTION: _l("Jemand erwähnt mich"),
    Event.DECISION: _l("Entscheidungen über meine Anmeldung, Beispiele oder Meldungen"),
    Event.MODERATION: _l("Eingriffe der Moderation in meine Beiträge"),
    Event.GROUP: _l("Einladungen und Anfragen in Gruppen"),
    Event.WORK: _l("Neue Vorgänge im Arbeitskorb"),
    Event.QUESTION: _l("Neue Fragen in Gruppen, denen ich folge"),
    Event.ACTIVITY: _l("Neues rund um meine Praxisbeispiele und Werkzeuge"),
}


class Notification(Base):
    """One thing told to one person. `url` is a path on this platform."""

    __tablename__ = "notifications"
    __table_args__ = (Index("ix_notifications_inbox", "account_id", "read_at", "id"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    event: Mapped[Event]
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    url: Mapped[str]
    subject: Mapped[str] = mapped_column(default="", index=True)
    actor_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    read_at: Mapped[datetime | None]
    created_at: Mapped[created_now] = mapped_column(index=True)


class MailChoice(Base):
    """Somebody's wish for one event; without a row the default counts (mail: yes)."""

    __tablename__ = "mail_choices"
    __table_args__ = (UniqueConstraint("account_id", "event"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    event: Mapped[Event]
    by_mail: Mapped[bool]
