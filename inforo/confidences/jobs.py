"""Telling who asked and the office, without telling anybody else; forgetting what is over."""

from datetime import timedelta
from typing import Any

from huey import crontab

from inforo import clock
from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import GUEST
from inforo.confidences import queries
from inforo.confidences.models import Confidence
from inforo.config import settings
from inforo.db import session
from inforo.discussions.models import Post
from inforo.discussions.places import NEW_POST
from inforo.i18n import _l
from inforo.jobs import sweep
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices import queries as offices
from inforo.offices import standing_in
from inforo.offices.actions import close_item
from inforo.offices.models import WorkItem, WorkKind
from inforo.people.queries import actor_of

BATCH = 100


def tell_asker(question: Confidence, title: Any, *, key: str, event: Event) -> None:
    """Tell the person. Subject and address are those of the confidence, never of the thread.

    What is kept with a thread can be looked up by offices; words of it stand nowhere here.
    """
    asker = question.asker
    if asker is not None:
        notify(
            asker,
            event,
            key=f"confidence:{question.id}:{key}",
            title=title,
            url=question.path,
            subject=subject_of(question),
        )


def tell_office(question: Confidence, item: WorkItem, title: Any, *, key: str) -> None:
    """Tell who handles it or stands in; if nobody does yet, the staff of the office."""
    for person in handlers(question, item):
        notify(
            person,
            Event.WORK,
            key=f"confidence:{question.id}:{key}",
            title=title,
            url=f"/arbeitskorb/vorgaenge/{item.id}",
            subject=subject_of(item),
        )


def handlers(question: Confidence, item: WorkItem) -> list[Account]:
    taken = session.get(Account, item.taken_by_id) if item.taken_by_id else None
    if taken is not None:
        return [standing_in.stand_in_for(taken, clock.today())]
    return [one for one in offices.staff_of(question.office) if one.id != question.asker_id]


@NEW_POST.then
def tell_about_answer(post: Post) -> None:
    """Tell who asked of a new answer, as long as they may read it."""
    if post.number == 1 or post.relayed_by_id is not None:
        return
    question = queries.find_by_thread(post.thread_id)
    if question is None or question.asker is None or post.author_id == question.asker_id:
        return
    if may_hear(question.asker, post):
        tell_asker(
            question,
            _l("Neue Antwort auf Ihre vertrauliche Frage"),
            key=f"post:{post.id}",
            event=Event.ANSWER,
        )


def may_hear(asker: Account, post: Post) -> bool:
    return queries.sees_thread(actor_of(asker), post.thread)


@sweep(crontab(minute="41", hour="2"))
def forget_confidences() -> None:
    """Close what nobody waits for any more; delete what ended unpublished long ago."""
    for question in queries.unfinished(BATCH):
        question.end(by_office=False)
        close_item(GUEST, WorkKind.CONFIDENCE, question, _l("zurückgezogen"))
    until = clock.now() - timedelta(days=settings.keep_confidences_days)
    for question in queries.ended_before(until, BATCH):
        item = offices.find_item(WorkKind.CONFIDENCE, subject_of(question))
        if item is not None:
            session.delete(item)
        session.delete(question)
    session.commit()
