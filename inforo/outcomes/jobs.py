"""Asking after three and nine months what came of a question, once each.

Each thread is one transaction; a worker that dies asks nobody twice.
"""

import logging

from huey import crontab

from inforo import clock
from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.i18n import _l
from inforo.jobs import sweep
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.workdays import is_working_day
from inforo.outcomes import policy, queries
from inforo.outcomes.models import OutcomeQuestion
from inforo.people.queries import actor_of

log = logging.getLogger(__name__)
BATCH = 200


@sweep(crontab(minute="12", hour="8"))
def ask_what_became() -> None:
    """Ask on working days only, batch after batch."""
    if not is_working_day(clock.today()):
        return
    for step in (queries.SECOND, queries.FIRST):
        ask_all(step)


def ask_all(step: int) -> None:
    after = 0
    while threads := queries.due(step, after, BATCH):
        after = threads[-1].id
        ids = [thread.id for thread in threads]
        session.commit()
        for thread_id in ids:
            attempt(thread_id, step)


def attempt(thread_id: int, step: int) -> None:
    try:
        ask(thread_id, step)
        session.commit()
    except Exception:  # one broken thread must not silence all behind it
        session.rollback()
        log.exception("nobody could be asked what came of thread %s", thread_id)


def ask(thread_id: int, step: int) -> None:
    """Ask who started a thread, if they may still read and write there."""
    thread = queries.lock_thread(thread_id)
    author = session.get(Account, thread.author_id) if thread and thread.author_id else None
    if thread is None or author is None or queries.was_asked(thread, step):
        return
    if not policy.may_tell(actor_of(author), thread):
        return
    question = OutcomeQuestion(thread_id=thread.id, account_id=author.id, step=step)
    session.add(question)
    session.flush()
    tell(question, thread, author)


def tell(question: OutcomeQuestion, thread: Thread, author: Account) -> None:
    notify(
        author,
        Event.AFTERMATH,
        key=f"outcome:{thread.id}:{question.step}",
        title=_l("Was wurde daraus? %(title)s", title=thread.title),
        url=f"/diskussionen/{thread.id}/ergebnis",
        text=_l(
            "Sie haben das vor einiger Zeit gefragt. Zwei Sätze genügen: Was haben Sie "
            "gemacht, und was kam dabei heraus? Auch „nichts geworden“ hilft anderen."
        ),
        subject=subject_of(thread),
    )
