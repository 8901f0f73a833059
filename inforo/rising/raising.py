"""Asking people who can help, handing a question on, and noting what came of it.

What the clock does; what people do by hand is in `actions`.
"""

from collections.abc import Iterable
from statistics import median
from typing import Any

from sqlalchemy import delete

from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.clock import now, today
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.queries import OPEN_AUDIENCES
from inforo.groups.member_queries import managers
from inforo.i18n import _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.actions import open_item, set_due
from inforo.offices.models import WorkKind
from inforo.people.queries import actors_of
from inforo.rising import finding, policy, queries
from inforo.rising.deadlines import answer_day
from inforo.rising.models import AnswerTime, HelpOutcome, HelpRequest, Rise


def rise_of(thread: Thread) -> Rise:
    rise = queries.find_rise(thread.id)
    if rise is None:
        rise = Rise(thread_id=thread.id, helpers=0)
        session.add(rise)
    return rise


def ask_helpers(thread: Thread, limit: int) -> None:
    """Ask those who fit best, once for each question; note if there was nobody."""
    rise = rise_of(thread)
    if rise.asked_at is not None:
        return
    people = allowed(thread, finding.helpers(thread, 4 * limit))[:limit]
    for person in people:
        ask(thread, person)
    rise.asked_at, rise.helpers = now(), len(people)


def allowed(thread: Thread, people: list[Account]) -> list[Account]:
    """Return those who may answer in the thread, by the rules for all pages."""
    actors = actors_of(people)
    return [person for person in people if policy.may_be_asked(actors[person.id], thread)]


def ask(thread: Thread, person: Account, by: Actor | None = None) -> HelpRequest:
    """Tell one person that they could help, and remember it."""
    request = HelpRequest(
        thread_id=thread.id,
        account_id=person.id,
        asked_by_id=by.account_id if by else None,
    )
    session.add(request)
    session.flush()
    told = _l("Ihr Profil sagt, dass Sie sich damit auskennen. Eine kurze Antwort genügt.")
    if by is not None:
        told = _l("%(name)s fragt, ob Sie hier helfen können.", name=by.name)
    notify(
        person,
        Event.HELP,
        key=f"help:{request.id}",
        title=_l("Können Sie helfen? %(title)s", title=thread.title),
        url=f"{thread.path}#weiter",
        text=told,
        subject=subject_of(thread),
        about=subject_of(request),
        actor=by,
    )
    return request


def settle(request: HelpRequest, outcome: HelpOutcome) -> None:
    request.outcome, request.settled_at = outcome, now()


def raise_question(thread: Thread) -> None:
    """Give a question to who looks after it: the office, or the managers of its group."""
    rise = rise_of(thread)
    if rise.raised_at is not None:
        return
    rise.raised_at = now()
    if thread.group.audience not in OPEN_AUDIENCES:
        if thread.created_at > now() - queries.RECENT:
            tell_managers(thread)
    elif not queries.was_in_basket(thread):
        put_into_basket(thread)


def put_into_basket(thread: Thread) -> None:
    open_item(
        WorkKind.QUESTION,
        thread,
        title=_l("Unbeantwortete Frage: %(title)s", title=thread.title),
        url=thread.path,
        author_id=thread.author_id,
    )
    session.flush()
    set_due(WorkKind.QUESTION, thread, answer_day(thread, today()))


def tell_managers(thread: Thread) -> None:
    """Offices do not read protected groups: their managers look after what is asked there."""
    for person in managers(thread.group):
        if person.id != thread.author_id:
            notify(
                person,
                Event.GROUP,
                key=f"rise:{thread.id}",
                title=_l("Noch ohne Antwort: %(title)s", title=thread.title),
                url=f"/diskussionen/{thread.id}/hilfe",
                text=_l("Bitte antworten Sie, oder fragen Sie jemanden aus der Gruppe."),
                subject=subject_of(thread),
            )


def note_answer_times(rows: Iterable[Any]) -> None:
    """Keep the median time to a first answer of each group, and of all open ones together."""
    spans: dict[int | None, list[float]] = {}
    for row in rows:
        seconds = (row.answered_at - row.created_at).total_seconds()
        scopes = [row.group_id, None] if row.audience in OPEN_AUDIENCES else [row.group_id]
        for scope in scopes:
            spans.setdefault(scope, []).append(seconds)
    session.execute(delete(AnswerTime))
    session.add_all(
        AnswerTime(group_id=scope, count=len(found), median_seconds=round(median(found)))
        for scope, found in spans.items()
    )
