"""Every SELECT of the digests: who is due, what may be told, what each person knows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from inforo import clock
from inforo.accounts.models import Account, AccountTerm
from inforo.config import settings
from inforo.db import session
from inforo.digests.models import Digest, DigestItem
from inforo.discussions.models import Post, Thread
from inforo.discussions.queries import is_open
from inforo.editorial.models import PublicationState
from inforo.errors import NotFound
from inforo.events.models import Event
from inforo.groups.queries import ACTIVE
from inforo.mail import Mail
from inforo.notifications.models import FOR_DIGEST, MailSettings, Notification
from inforo.positions.models import Position
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.watching.models import Level, Watch

QUESTIONS, EXAMPLES, EVENTS, NEWCOMERS = 300, 300, 200, 500
RECENT = timedelta(days=30)
SOON = timedelta(days=14)


def people_without_settings(limit: int) -> list[Account]:
    """Return members whose first digest nobody has planned yet."""
    planned = select(MailSettings.account_id).where(MailSettings.account_id == Account.id)
    statement = select(Account).where(*ACTIVE, ~planned.exists()).order_by(Account.id)
    return list(session.scalars(statement.limit(limit)))


def unplanned(limit: int) -> list[tuple[MailSettings, Account]]:
    """Return settings that nobody has derived a time from yet."""
    statement = (
        select(MailSettings, Account)
        .join(Account, Account.id == MailSettings.account_id)
        .where(MailSettings.digest_due_at.is_(None), MailSettings.rhythm != "never")
        .limit(limit)
    )
    return [(chosen, account) for chosen, account in session.execute(statement)]


def due(moment: datetime, limit: int) -> list[tuple[MailSettings, Account]]:
    """Return whose digest is due, hidden from other workers until the commit."""
    statement = (
        select(MailSettings, Account)
        .join(Account, Account.id == MailSettings.account_id)
        .where(MailSettings.digest_due_at <= moment, *ACTIVE)
        .order_by(MailSettings.digest_due_at, MailSettings.account_id)
        .limit(limit)
        .with_for_update(of=MailSettings, skip_locked=True)
    )
    return [(chosen, account) for chosen, account in session.execute(statement)]


def find_digest(account_id: int, day: object) -> Digest | None:
    return session.scalar(
        select(Digest).where(Digest.account_id == account_id, Digest.day == day)
    )


def digest_of(mail: Mail) -> Digest | None:
    return session.scalar(select(Digest).where(Digest.mail_id == mail.id))


def notifications_in(mail: Mail) -> list[Notification]:
    return list(session.scalars(select(Notification).where(Notification.mail_id == mail.id)))


def items_of(digest: Digest) -> list[DigestItem]:
    return list(session.scalars(select(DigestItem).where(DigestItem.digest_id == digest.id)))


def settings_of(account_id: int) -> MailSettings | None:
    return session.get(MailSettings, account_id)


# What may be told -------------------------------------------------------------------------


def open_questions() -> list[Thread]:
    """Return recent questions without an accepted answer, the newest first."""
    statement = (
        select(Thread)
        .where(
            is_open(),
            Thread.answer_post_id.is_(None),
            Thread.created_at >= clock.now() - RECENT,
        )
        .options(joinedload(Thread.group), selectinload(Thread.terms))
        .order_by(Thread.created_at.desc(), Thread.id.desc())
        .limit(QUESTIONS)
    )
    return list(session.scalars(statement))


def writers_in(threads: Sequence[Thread]) -> set[tuple[int, int | None]]:
    """Return (thread, person) for everybody who has written there."""
    ids = [thread.id for thread in threads]
    statement = select(Post.thread_id, Post.author_id).where(Post.thread_id.in_(ids))
    return {(row.thread_id, row.author_id) for row in session.execute(statement.distinct())}


def new_examples() -> list[Example]:
    statement = (
        select(Example)
        .where(
            Example.state == ExampleState.PUBLISHED,
            Example.published_at >= clock.now() - RECENT,
        )
        .options(selectinload(Example.municipalities), selectinload(Example.co_authors))
        .order_by(Example.published_at.desc(), Example.id.desc())
        .limit(EXAMPLES)
    )
    return list(session.scalars(statement))


def next_events() -> list[Event]:
    """Return published events and deadlines of the next two weeks, the nearest first."""
    now = clock.now()
    statement = (
        select(Event)
        .where(
            Event.state == PublicationState.PUBLISHED,
            Event.starts_at >= now,
            Event.starts_at < now + SOON,
        )
        .order_by(Event.starts_at, Event.id)
        .limit(EVENTS)
    )
    return list(session.scalars(statement))


def newcomers() -> list[Account]:
    """Return members who are new and agreed to be named, the newest first."""
    statement = (
        select(Account)
        .join(MailSettings, MailSettings.account_id == Account.id)
        .where(
            *ACTIVE,
            Account.approved_at >= clock.now() - RECENT,
            MailSettings.introduced_at.is_not(None),
        )
        .options(joinedload(Account.municipality), joinedload(Account.organisation))
        .order_by(Account.approved_at.desc(), Account.id)
        .limit(NEWCOMERS)
    )
    return list(session.scalars(statement))


# What people know and want ----------------------------------------------------------------


@dataclass
class Readers:
    """Of some people: topics, what they were told or have read, what they muted."""

    topics: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    known: set[tuple[int, str]] = field(default_factory=set)
    muted: set[tuple[int, str, int]] = field(default_factory=set)
    told: dict[int, list[Notification]] = field(default_factory=lambda: defaultdict(list))


def readers(ids: Sequence[int], threads: Iterable[Thread]) -> Readers:
    """Read all of it for some people at once."""
    found = Readers()
    topics = select(AccountTerm.account_id, AccountTerm.term_id)
    for account_id, term_id in session.execute(topics.where(AccountTerm.account_id.in_(ids))):
        found.topics[account_id].add(term_id)
    add_wishes(found, ids)
    told = select(DigestItem.account_id, DigestItem.subject)
    for account_id, subject in session.execute(told.where(DigestItem.account_id.in_(ids))):
        found.known.add((account_id, subject))
    opened = select(Position.account_id, Position.thread_id).where(
        Position.account_id.in_(ids),
        Position.thread_id.in_([thread.id for thread in threads]),
    )
    for account_id, thread_id in session.execute(opened):
        found.known.add((account_id, f"threads:{thread_id}"))
    waiting = select(Notification).where(
        Notification.account_id.in_(ids), Notification.mail_outcome.in_(FOR_DIGEST)
    )
    for each in session.scalars(waiting.order_by(Notification.id)):
        found.told[each.account_id].append(each)
    return found


def add_wishes(found: Readers, ids: Sequence[int]) -> None:
    """Note which topics people follow, and what they want to hear nothing of."""
    for watch in session.scalars(select(Watch).where(Watch.account_id.in_(ids))):
        if watch.level is Level.MUTE:
            for kind in ("thread", "group", "term"):
                target = getattr(watch, f"{kind}_id")
                if target is not None:
                    found.muted.add((watch.account_id, kind, target))
        elif watch.term_id is not None and watch.level is not Level.NORMAL:
            found.topics[watch.account_id].add(watch.term_id)


# Unsubscribing ----------------------------------------------------------------------------


def unsubscribe_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="digest")


def unsubscribe_token(account_id: int) -> str:
    """Return a signed token that may end the digests of one person, nothing else."""
    return str(unsubscribe_signer().dumps(account_id))


def get_by_token(token: str) -> Account:
    age = settings.token_unsubscribe_days * 24 * 60 * 60
    try:
        account = session.get(Account, int(unsubscribe_signer().loads(token, max_age=age)))
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    if account is None or account.closed_at is not None:
        raise NotFound
    return account
