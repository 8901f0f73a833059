"""What people are told, and through which channel they want to hear it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.mail import Mail


class EventClass(StrEnum):
    """How much of a choice an event leaves."""

    SERVICE = "service"
    PERSONAL = "personal"
    ACTIVITY = "activity"

    @property
    def label(self) -> Any:
        return CLASS_LABELS[self]

    @property
    def about(self) -> Any:
        return CLASS_SENTENCES[self]


CLASS_LABELS = {
    EventClass.SERVICE: _l("Immer"),
    EventClass.PERSONAL: _l("Persönliches"),
    EventClass.ACTIVITY: _l("Aktivität"),
}
CLASS_SENTENCES = {
    EventClass.SERVICE: _l("Kommt immer, auf der Plattform und sofort per E-Mail."),
    EventClass.PERSONAL: _l("Kommt, solange Sie es nicht abschalten."),
    EventClass.ACTIVITY: _l("Kommt sofort per E-Mail nur, wenn Sie das möchten."),
}


class Event(StrEnum):
    """What may happen to or around a person."""

    ANSWER = "answer"
    MENTION = "mention"
    DECISION = "decision"
    MODERATION = "moderation"
    GROUP = "group"
    WORK = "work"
    QUESTION = "question"
    ACTIVITY = "activity"
    REMINDER = "reminder"
    HELP = "help"
    AFTERMATH = "aftermath"
    MESSAGE = "message"
    ENQUIRY = "enquiry"
    MATERIAL = "material"

    @property
    def label(self) -> Any:
        return EVENT_LABELS[self]

    @property
    def kind(self) -> EventClass:
        return CLASSES[self]


EVENT_LABELS = {
    Event.ANSWER: _l("Neue Antworten in Diskussionen, denen ich folge"),
    Event.MENTION: _l("Jemand erwähnt mich"),
    Event.DECISION: _l("Entscheidungen über meine Anmeldung, Beispiele oder Meldungen"),
    Event.MODERATION: _l("Eingriffe der Moderation in meine Beiträge"),
    Event.GROUP: _l("Einladungen und Anfragen in Gruppen"),
    Event.WORK: _l("Neue Vorgänge im Arbeitskorb"),
    Event.QUESTION: _l("Neue Fragen in Gruppen, denen ich folge"),
    Event.ACTIVITY: _l("Neues rund um meine Praxisbeispiele und Werkzeuge"),
    Event.REMINDER: _l("Meine Wiedervorlagen werden fällig"),
    Event.HELP: _l("Eine Frage blieb ohne Antwort, und ich könnte helfen"),
    Event.AFTERMATH: _l("Was aus meinen Fragen wurde"),
    Event.MESSAGE: _l("Persönliche Nachrichten an mich"),
    Event.ENQUIRY: _l("Kommunalabfragen an meine Kommune und ihre Ergebnisse"),
    Event.MATERIAL: _l("Neue Dateien und Seiten in Gruppen, denen ich folge"),
}
CLASSES = {
    Event.ANSWER: EventClass.PERSONAL,
    Event.MENTION: EventClass.PERSONAL,
    Event.DECISION: EventClass.SERVICE,
    Event.MODERATION: EventClass.SERVICE,
    Event.GROUP: EventClass.PERSONAL,
    Event.WORK: EventClass.PERSONAL,
    Event.QUESTION: EventClass.ACTIVITY,
    Event.ACTIVITY: EventClass.ACTIVITY,
    Event.REMINDER: EventClass.PERSONAL,
    Event.HELP: EventClass.PERSONAL,
    Event.AFTERMATH: EventClass.PERSONAL,
    Event.MESSAGE: EventClass.PERSONAL,
    Event.ENQUIRY: EventClass.PERSONAL,
    Event.MATERIAL: EventClass.ACTIVITY,
}


@dataclass(frozen=True)
class Wish:
    """The channels of one event. What comes at once is not repeated in the digest."""

    on_platform: bool = True
    by_mail: bool = False
    in_digest: bool = False


DEFAULTS = {
    EventClass.SERVICE: Wish(by_mail=True),
    EventClass.PERSONAL: Wish(by_mail=True),
    EventClass.ACTIVITY: Wish(in_digest=True),
}


class MailOutcome(StrEnum):
    """What became of the mail about a notification."""

    WAITING = "waiting"  # for others about the same
    SENT = "sent"
    BUNDLED = "bundled"  # came in one mail with others
    UNWANTED = "unwanted"
    NO_RIGHT = "no_right"
    SEEN = "seen"
    INACTIVE = "inactive"
    CAP = "cap"  # over the day's number of mails: waits for the digest
    DIGEST = "digest"  # wanted in the digest: waits for it
    DIGESTED = "digested"

    @property
    def is_final(self) -> bool:
        return self not in {MailOutcome.WAITING, *FOR_DIGEST}


FOR_DIGEST = frozenset({MailOutcome.CAP, MailOutcome.DIGEST})


class Notification(Base):
    """One thing told to one person, and what became of the mail about it.

    `url` is a path on this platform, `subject` the object that bundles ("threads:3"), `about`
    the one whose visibility decides ("posts:17"; empty: the subject). `mail_due_at` is set
    while the mail waits. `is_shown` is off for people who want no entry on the platform.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_inbox", "account_id", "read_at", "id"),
        Index("ix_notifications_account_id_mail_outcome", "account_id", "mail_outcome"),
    )

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
    about: Mapped[str] = mapped_column(default="", index=True)
    actor_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    is_shown: Mapped[bool] = mapped_column(default=True)
    read_at: Mapped[datetime | None]
    mail_outcome: Mapped[MailOutcome | None]
    mail_due_at: Mapped[datetime | None] = mapped_column(index=True)
    mail_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("mails.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[created_now] = mapped_column(index=True)

    @property
    def decisive(self) -> str:
        """Return the object that must still be visible when a mail about this goes out."""
        return self.about or self.subject

    def settle(self, outcome: MailOutcome, mail: Mail | None = None) -> None:
        """Note what became of the mail, and which one tells this."""
        self.mail_outcome, self.mail_id = outcome, mail.id if mail else None
        self.mail_due_at = None


class Choice(Base):
    """Somebody's wish for one event; without a row the default of its class counts."""

    __tablename__ = "mail_choices"
    __table_args__ = (UniqueConstraint("account_id", "event"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    event: Mapped[Event]
    on_platform: Mapped[bool] = mapped_column(default=True)
    by_mail: Mapped[bool]
    in_digest: Mapped[bool] = mapped_column(default=False)

    @property
    def wish(self) -> Wish:
        return Wish(self.on_platform, self.by_mail, self.in_digest)


class Rhythm(StrEnum):
    """How often the digest comes."""

    WEEKLY = "weekly"
    DAILY = "daily"
    NEVER = "never"

    @property
    def label(self) -> Any:
        return RHYTHM_LABELS[self]


RHYTHM_LABELS = {
    Rhythm.WEEKLY: _l("wöchentlich"),
    Rhythm.DAILY: _l("an jedem Arbeitstag"),
    Rhythm.NEVER: _l("nie"),
}


WEEKDAY, HOUR = 1, 7  # Tuesday at seven: read before the week is full


class MailSettings(Base):
    """When mails may come; hours and weekdays (Monday is 0) are those of Berlin.

    `digest_due_at` is the next time the digest is looked at, None as long as nobody planned
    it; `digest_until` the moment up to which the last one told everything. With
    `introduced_at` the person agreed to be named to others as new in their Land.
    """

    __tablename__ = "mail_settings"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 4", name="weekday"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
    )

    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.WEEKLY)
    weekday: Mapped[int] = mapped_column(default=WEEKDAY)
    hour: Mapped[int] = mapped_column(default=HOUR)
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    introduced_at: Mapped[datetime | None]
    digest_due_at: Mapped[datetime | None] = mapped_column(index=True)
    digest_until: Mapped[datetime | None]
    created_at: Mapped[created_now]
