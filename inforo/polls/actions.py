"""Every write on polls. Nothing here commits; the caller does."""

from datetime import date
from typing import Any

from sqlalchemy import delete, insert, update

from inforo import audit
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread
from inforo.errors import BadInput, DomainError
from inforo.i18n import _
from inforo.polls import policy, queries
from inforo.polls.ballots import key_of
from inforo.polls.models import Ballot, Choice, Poll, PollOption


class AlreadyAnswered(DomainError):
    """Somebody votes while another person corrects what is asked."""

    def __init__(self) -> None:
        super().__init__(
            _("Inzwischen hat jemand abgestimmt. Ändern lässt sich nur noch der letzte Tag.")
        )


class PollClosed(DomainError):
    """Somebody votes while the poll ends, is removed, or its thread is closed."""

    def __init__(self) -> None:
        super().__init__(_("Diese Umfrage nimmt keine Stimmen mehr an."))


def add(actor: Actor, thread: Thread, values: dict[str, Any]) -> Poll:
    """Put a poll under a question; there is one per thread."""
    hold_still(thread)
    if queries.find_poll(thread) is not None:
        raise DomainError(_("Zu dieser Frage gibt es schon eine Umfrage."))
    if not policy.may_add(actor, thread):
        raise PollClosed
    labels = values.pop("options")
    poll = Poll(thread=thread, **values)
    session.add(poll)
    session.flush()
    offer(poll, labels)
    return poll


def offer(poll: Poll, labels: list[str]) -> None:
    """Give a poll its options, with new numbers.

    Whoever has the old ones open must not choose them unawares. They go last: SQLite would
    give their numbers again.
    """
    old = PollOption.poll_id == poll.id
    session.execute(update(PollOption).where(old).values(position=-PollOption.position))
    session.add_all(
        PollOption(poll_id=poll.id, position=position, label=label)
        for position, label in enumerate(labels, 1)
    )
    session.flush()
    session.execute(delete(PollOption).where(old, PollOption.position < 0))


def edit(actor: Actor, poll: Poll, question: str, labels: list[str], ends_on: date) -> None:
    """Correct a poll nobody answered yet."""
    if queries.count_ballots(poll):
        raise AlreadyAnswered
    if (question, labels) != (poll.question, queries.labels(poll)):
        offer(poll, labels)
    poll.question, poll.ends_on = question, ends_on
    note_edit(actor, poll)


def prolong(actor: Actor, poll: Poll, ends_on: date) -> None:
    """Let a poll run longer: all that may change once somebody voted."""
    if ends_on < poll.ends_on:
        raise BadInput(_("Der letzte Tag lässt sich nur noch nach hinten verschieben."))
    poll.ends_on = ends_on
    note_edit(actor, poll)


def note_edit(actor: Actor, poll: Poll) -> None:
    if not actor.is_me(poll.thread.author_id):
        audit.record(actor, "edit_poll", poll.place)


def hold_still(thread: Thread) -> None:
    """Let nobody close or merge the thread or vote until this transaction ends."""
    queries.lock(thread)


def votable(actor: Actor, thread: Thread) -> Poll:
    hold_still(thread)
    poll = queries.find_poll(thread)
    if poll is None or not policy.may_vote(actor, poll):
        raise PollClosed
    return poll


def vote(actor: Actor, thread: Thread, chosen: list[int]) -> None:
    """Cast a ballot, or put another choice on one's own. No log entry: it would tell."""
    poll = votable(actor, thread)
    wanted = set(chosen)
    if not wanted or wanted - queries.option_ids(poll):
        raise BadInput(_("Diese Antwort gibt es in der Umfrage nicht."))
    if len(wanted) > 1 and not poll.is_multiple:
        raise BadInput(_("Bitte wählen Sie nur eine Antwort."))
    key = key_of(actor, thread.id)
    take_back(key)
    voter = actor.account_id if poll.is_named else None
    session.execute(insert(Ballot).values(key=key, poll_id=poll.id, account_id=voter))
    rows = [{"ballot_key": key, "option_id": option} for option in sorted(wanted)]
    session.execute(insert(Choice), rows)


def withdraw(actor: Actor, thread: Thread) -> None:
    votable(actor, thread)
    take_back(key_of(actor, thread.id))


def take_back(key: str) -> None:
    session.execute(delete(Choice).where(Choice.ballot_key == key))
    session.execute(delete(Ballot).where(Ballot.key == key))


def remove(actor: Actor, poll: Poll) -> None:
    """Delete a poll with its ballots; once somebody voted, only moderators do."""
    hold_still(poll.thread)
    if discussions.may_moderate(actor, poll.place):
        audit.record(actor, "remove_poll", poll.place)
    elif queries.count_ballots(poll):
        raise DomainError(
            _("Es wurde schon abgestimmt. Löschen kann die Umfrage nur noch die Moderation.")
        )
    session.delete(poll)
