"""What waits for somebody, in one statement. Who asks comes first.

Titles are those the person may see now: a mention in a group somebody has left is no point.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from inforo import clock
from inforo.agenda.models import SettledMention
from inforo.authz import Actor
from inforo.confidences.models import Confidence
from inforo.confidences.queries import own_threads
from inforo.db import UTCDateTime, session
from inforo.discussions import policy as discussions
from inforo.discussions.models import Post, Thread
from inforo.discussions.queries import is_open
from inforo.drafts import policy as drafts
from inforo.drafts.models import Draft
from inforo.errors import NotFound
from inforo.groups.models import Group
from inforo.groups.policy import readable_by
from inforo.libraries.models import GroupFile
from inforo.notifications.models import Event, Notification
from inforo.openings.models import Opening, OpeningConsent
from inforo.openings.queries import waiting_for
from inforo.reminders import policy as reminders
from inforo.reminders.models import Reminder
from inforo.toolbox import policy as toolbox
from inforo.toolbox.models import Example
from inforo.wiki import policy as wiki
from inforo.wiki.models import WikiPage

BEFORE_ID = len("threads:")
Part = Callable[[Actor, int], Any]
# What slices above know to wait for somebody: a SELECT made by `point()`, see `also`.
others: list[Part] = []


def also(part: Part) -> Part:
    """Let a slice above add points of its own kind; `Points` has a list for each kind."""
    others.append(part)
    return part


@dataclass
class Points:
    """Rows of (kind, id, title, url, note, moment, due_on), by kind; at most some of each."""

    mention: list[Any] = field(default_factory=list)
    reminder: list[Any] = field(default_factory=list)
    question: list[Any] = field(default_factory=list)
    confidence: list[Any] = field(default_factory=list)
    enquiry: list[Any] = field(default_factory=list)
    consent: list[Any] = field(default_factory=list)
    drafts: int = 0

    def __bool__(self) -> bool:
        return bool(
            self.mention
            or self.reminder
            or self.question
            or self.confidence
            or self.enquiry
            or self.consent
            or self.drafts
        )


def points(actor: Actor, most: int) -> Points:
    """Return what waits for the person: what is due first, then the newest; `most` of each."""
    found = Points()
    for row in session.execute(all_points(actor, most, clock.today())):
        if row.kind == "draft":
            found.drafts = row.id
        else:
            getattr(found, row.kind).append(row)
    return found


@lru_cache(maxsize=256)
def all_points(actor: Actor, most: int, _today: date) -> Any:
    """Return the statement, built once for each reader; what it asks of time is the day."""
    kinds = (mentions, due_reminders, questions, waiting_confidences, waiting_consents, *others)
    parts = [kind(actor, most) for kind in kinds]
    return union_all(*(select(part.subquery()) for part in parts), draft_number(actor))


def point(  # noqa: PLR0913 (the columns of a point)
    kind: str, key: Any, title: Any, url: Any, note: Any, moment: Any, due_on: Any = None
) -> Any:
    return select(
        literal(kind, Text).label("kind"),
        cast(key, BigInteger).label("id"),
        cast(title, Text).label("title"),
        cast(url, Text).label("url"),
        cast(note, Text).label("note"),
        type_coerce(moment, UTCDateTime).label("moment"),
        (cast(null(), Date) if due_on is None else due_on).label("due_on"),
    )


def mentions(actor: Actor, most: int) -> Any:
    """Select where somebody named the person, who has not written there since."""
    thread_id = case(
        (
            Notification.subject.startswith("threads:"),
            cast(func.substr(Notification.subject, BEFORE_ID + 1), BigInteger),
        )
    )
    own = aliased(Post)
    answered = exists().where(
        own.thread_id == Thread.id,
        own.author_id == actor.account_id,
        own.created_at > Notification.created_at,
        own.deleted_at.is_(None),
    )
    settled = exists().where(SettledMention.notification_id == Notification.id)
    return (
        point(
            "mention",
            Notification.id,
            Thread.title,
            Notification.url,
            literal("", Text),
            Notification.created_at,
        )
        .join(Thread, Thread.id == thread_id)
        .where(*named(actor), discussions.visible_to(actor), is_open(), ~answered, ~settled)
        .order_by(Notification.id.desc())
        .limit(most)
    )


def named(actor: Actor) -> tuple[Any, ...]:
    return (Notification.account_id == actor.account_id, Notification.event == Event.MENTION)


def due_reminders(actor: Actor, most: int) -> Any:
    """Select the reminders whose day has come."""
    thread = and_(Thread.id == Reminder.thread_id, discussions.visible_to(actor))
    example = and_(Example.id == Reminder.example_id, toolbox.visible_to(actor))
    title = func.coalesce(Thread.title, Example.title, "")
    return (
        point(
            "reminder",
            Reminder.id,
            title,
            literal("", Text),
            Reminder.note,
            Reminder.created_at,
            Reminder.due_on,
        )
        .select_from(Reminder)
        .outerjoin(Thread, thread)
        .outerjoin(Example, example)
        .where(
            reminders.visible_to(actor),
            Reminder.done_at.is_(None),
            Reminder.due_on <= clock.today(),
        )
        .order_by(Reminder.due_on, Reminder.id)
        .limit(most)
    )


def questions(actor: Actor, most: int) -> Any:
    """Select the person's own open questions nobody else has answered yet."""
    other = aliased(Post)
    answered = exists().where(
        other.thread_id == Thread.id,
        other.author_id.is_distinct_from(actor.account_id),
        other.relayed_by_id.is_(None),
        other.hidden_at.is_(None),
        other.deleted_at.is_(None),
    )
    return (
        point(
            "question",
            Thread.id,
            Thread.title,
            literal("", Text),
            literal("", Text),
            Thread.created_at,
        )
        .where(
            or_(Thread.author_id == actor.account_id, Thread.id.in_(own_threads(actor))),
            Thread.answer_post_id.is_(None),
            discussions.visible_to(actor),
            is_open(),
            ~answered,
        )
        .order_by(Thread.created_at.desc(), Thread.id.desc())
        .limit(most)
    )


def waiting_confidences(actor: Actor, most: int) -> Any:
    """Select the confidential questions in which the person is next."""
    return (
        point(
            "confidence",
            Confidence.id,
            Confidence.title,
            literal("", Text),
            literal("", Text),
            Confidence.waits_since,
        )
        .where(Confidence.asker_id == actor.account_id, Confidence.waits_since.is_not(None))
        .order_by(Confidence.waits_since.desc(), Confidence.id.desc())
        .limit(most)
    )


def waiting_consents(actor: Actor, most: int) -> Any:
    """Select what a group wants to open to others and the person has not answered."""
    page = and_(WikiPage.id == Opening.page_id, wiki.visible_to(actor))
    in_group = select(Group.id).where(readable_by(actor))
    thread = and_(Thread.id == Opening.thread_id, discussions.visible_to(actor))
    file = and_(GroupFile.id == Opening.group_file_id, GroupFile.group_id.in_(in_group))
    return (
        point(
            "consent",
            Opening.id,
            func.coalesce(WikiPage.title, GroupFile.title, Thread.title, ""),
            literal("", Text),
            Opening.note,
            OpeningConsent.created_at,
        )
        .select_from(OpeningConsent)
        .join(Opening, Opening.id == OpeningConsent.opening_id)
        .outerjoin(WikiPage, page)
        .outerjoin(GroupFile, file)
        .outerjoin(Thread, thread)
        .where(waiting_for(actor))
        .order_by(OpeningConsent.id)
        .limit(most)
    )


def draft_number(actor: Actor) -> Any:
    """Select how many texts the person began and did not send."""
    empty = literal("", Text)
    moment = cast(null(), UTCDateTime)
    return point("draft", func.count(Draft.id), empty, empty, empty, moment).where(
        drafts.visible_to(actor)
    )


def get_mention(actor: Actor, notification_id: int) -> Notification:
    told = session.scalar(
        select(Notification).where(Notification.id == notification_id, *named(actor))
    )
    if told is None:
        raise NotFound
    return told


def is_settled(told: Notification) -> bool:
    return session.get(SettledMention, told.id) is not None
