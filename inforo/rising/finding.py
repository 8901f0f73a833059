"""Every SELECT for who can help with a question: near its topics, asked seldom, not away."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    not_,
    or_,
    select,
)

from inforo import clock
from inforo.accounts.models import Account, AccountTerm
from inforo.authz import Actor
from inforo.confidences.models import Confidence
from inforo.config import settings
from inforo.db import session
from inforo.discussions.hearing import may_hear, topics_of
from inforo.discussions.models import Post, Thread
from inforo.groups.queries import ACTIVE
from inforo.offices.models import Absence
from inforo.rising import policy
from inforo.rising.fitting import NEAR, score, stems, turn
from inforo.rising.models import HelpRequest
from inforo.rising.queries import is_answered
from inforo.watching.models import Level, Target
from inforo.watching.queries import those_who_chose

FITTING = 300  # people looked at closely for one question


def may_be_asked_now(thread: Thread) -> list[ColumnElement[bool]]:
    """Return what must be true of everybody who is asked, as conditions on `Account`.

    Rights are looked at once more, person by person (`policy.may_be_asked`).
    """
    now = clock.now()
    pause = now - timedelta(days=settings.unanswered_pause_days)
    lately = select(HelpRequest.account_id).where(
        or_(HelpRequest.thread_id == thread.id, HelpRequest.created_at > pause)
    )
    writers = select(Post.author_id).where(
        Post.thread_id == thread.id, Post.author_id.is_not(None)
    )
    in_confidence = select(Confidence.asker_id).where(
        Confidence.thread_id == thread.id, Confidence.asker_id.is_not(None)
    )
    return [
        *ACTIVE,
        or_(Account.silenced_until.is_(None), Account.silenced_until <= now),
        may_hear(thread.group),
        Account.id != (thread.author_id or 0),
        Account.id.not_in(absent_today()),
        Account.id.not_in(lately),
        Account.id.not_in(writers),
        Account.id.not_in(in_confidence),
        not_(muted(thread)),
    ]


def absent_today() -> Select[Any]:
    today = clock.today()
    return select(Absence.account_id).where(
        Absence.starts_on <= today, Absence.ends_on >= today
    )


def muted(thread: Thread) -> ColumnElement[bool]:
    """Who wants to hear nothing of the thread, its group or one of its topics."""
    targets = (
        (Target.THREAD, [thread.id]),
        (Target.GROUP, [thread.group_id]),
        (Target.TOPIC, topics_of(thread)),
    )
    return or_(
        *(
            Account.id.in_(those_who_chose(target, ids, Level.MUTE))
            for target, ids in targets
            if ids
        )
    )


def helpers(thread: Thread, limit: int) -> list[Account]:
    """Return who agreed to be asked and fits the question best."""
    words, topics = stems(thread.title), set(topics_of(thread))
    fits = [Account.helps_key.contains(word, autoescape=True) for word in sorted(words)]
    if topics:
        about = select(AccountTerm.account_id).where(AccountTerm.term_id.in_(topics))
        fits.append(Account.id.in_(about))
    if not fits:
        return []
    statement = select(Account).where(
        Account.may_be_asked_at.is_not(None), or_(*fits), *may_be_asked_now(thread)
    )
    found = list(session.scalars(statement.order_by(Account.id.desc()).limit(FITTING)))
    return best(thread, found, words, topics)[:limit]


def best(
    thread: Thread, people: list[Account], words: set[str], topics: set[int]
) -> list[Account]:
    """Sort people by how well they fit, the same Land first; leave out who does not."""
    known = topics_by_person([person.id for person in people])
    fits = {
        person.id: score(words, topics, person.helps_with, known[person.id])
        for person in people
    }
    fitting = [person for person in people if fits[person.id]]

    def rank(person: Account) -> tuple[int, int]:
        near = NEAR * (person.state_code == thread.state_code)
        return -(fits[person.id] + near), turn(thread.id, person.id)

    return sorted(fitting, key=rank)


def topics_by_person(ids: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    statement = select(AccountTerm.account_id, AccountTerm.term_id)
    for account_id, term_id in session.execute(
        statement.where(AccountTerm.account_id.in_(ids))
    ):
        found[account_id].add(term_id)
    return found


def find_person_to_ask(thread: Thread, account_id: int) -> Account | None:
    """Return a person named by the office, if they can be asked now."""
    statement = select(Account).where(Account.id == account_id, *may_be_asked_now(thread))
    return session.scalar(statement)


def may_still_help(actor: Actor, request: HelpRequest) -> bool:
    """Look again before a mail leaves: the question may be answered, or muted, by now."""
    thread = request.thread
    if not (request.waits and policy.may_be_asked(actor, thread)):
        return False
    wished = select(Account.id).where(
        Account.id == request.account_id,
        not_(muted(thread)),
        Account.id.not_in(absent_today()),
    )
    return not is_answered(thread) and session.scalar(wished) is not None
