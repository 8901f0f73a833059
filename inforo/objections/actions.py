"""Objecting, and what the second person decides. Nothing here commits."""

from collections.abc import Callable
from typing import Any

from inforo import audit
from inforo.accounts.models import Account
from inforo.audit import LogEntry
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.discussions import moderating
from inforo.discussions.models import Post, Thread
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.objections import policy, queries
from inforo.objections.models import Objection
from inforo.offices.actions import close_item, find_and_take, open_item
from inforo.offices.models import WorkKind
from inforo.offices.queries import coordinators_of_state
from inforo.oversight import actions as oversight

# What undoes a decision; what was moved is moved back by hand.
REVERSALS: dict[tuple[str, str], Callable[[Actor, Any, str], None]] = {
    ("posts", "hide"): moderating.restore_post,
    ("posts", "edit_marked"): moderating.take_back_edit,
    ("threads", "hide"): oversight.restore_thread,
    ("threads", "lock"): oversight.unlock_thread,
}


def thread_of(content: Post | Thread) -> Thread:
    return content.thread if isinstance(content, Post) else content


def object_to(actor: Actor, entry: LogEntry, text: str) -> Objection:
    """Contradict a decision once; the offices of the scope get work."""
    content = queries.content_of(entry)
    if content is None or not policy.may_object(actor, entry):
        raise Forbidden(_("Gegen diese Entscheidung ist kein Einspruch mehr möglich."))
    if queries.find_objection(entry) is not None:
        raise DomainError(_("Sie haben dieser Entscheidung schon widersprochen."))
    thread = thread_of(content)
    objection = Objection(
        entry=entry,
        author_id=actor.account_id,
        text=text,
        state_code=thread.state_code,
        programme_key=thread.programme_key,
    )
    session.add(objection)
    session.flush()
    ask_second_person(actor, objection, thread)
    return objection


def ask_second_person(actor: Actor, objection: Objection, thread: Thread) -> None:
    title = (
        _l("Einspruch in einer geschlossenen Gruppe")
        if thread.group.is_protected
        else _l("Einspruch: %(title)s", title=thread.title)
    )
    url = f"/arbeitskorb/einsprueche/{objection.id}"
    open_item(WorkKind.OBJECTION, objection, title=title, url=url, author_id=actor.account_id)
    for person in coordinators_of_state(objection.state_code):
        if person.id not in (objection.entry.actor_id, actor.account_id):
            notify(person, Event.WORK, key=f"objection:{objection.id}", title=title, url=url)


def decide(actor: Actor, objection: Objection, *, upheld: bool, reason: str) -> None:
    """Take the first decision back, or leave it; author and first person are told."""
    if objection.decided_at is not None:
        raise DomainError(_("Über diesen Einspruch hat inzwischen jemand entschieden."))
    if not policy.may_decide(actor, objection):
        raise Forbidden
    objection.decided_at, objection.decided_by_id = now(), actor.account_id
    objection.is_upheld, objection.reason = upheld, reason
    content = queries.content_of(objection.entry)
    if upheld and content is not None:
        reverse(actor, objection.entry, content, reason)
    action = "objection_upheld" if upheld else "objection_rejected"
    outcome = _l("Einspruch hatte Erfolg") if upheld else _l("Einspruch abgelehnt")
    audit.record(actor, action, objection, reason)
    if content is not None and policy.waits_for_move(objection):
        take_over(actor, objection, thread_of(content))
    else:
        close_item(actor, WorkKind.OBJECTION, objection, outcome)
    tell(actor, objection, outcome, reason)


def take_over(actor: Actor, objection: Objection, thread: Thread) -> None:
    """Leave the item in the basket of the second person, who moves things back."""
    title = (
        _l("Zurückverschieben in einer geschlossenen Gruppe")
        if thread.group.is_protected
        else _l("Zurückverschieben: %(title)s", title=thread.title)
    )
    url = f"/arbeitskorb/einsprueche/{objection.id}"
    open_item(
        WorkKind.OBJECTION, objection, title=title, url=url, author_id=objection.author_id
    )
    find_and_take(actor, WorkKind.OBJECTION, objection)


def note_moved_back(actor: Actor, objection: Objection) -> None:
    if not policy.waits_for_move(objection):
        raise DomainError(_("Hier ist nichts zurückzuverschieben."))
    close_item(actor, WorkKind.OBJECTION, objection, _l("zurückverschoben"))


def reverse(actor: Actor, entry: LogEntry, content: Post | Thread, reason: str) -> None:
    undo = REVERSALS.get((content.__tablename__, entry.action))
    if undo is not None:
        undo(actor, content, reason)


def tell(actor: Actor, objection: Objection, outcome: Any, reason: str) -> None:
    """Tell the author, and the person whose decision it was about."""
    entry = objection.entry
    first: Any = session.get(Account, entry.actor_id) if entry.actor_id else None
    words = _l("Begründung: %(reason)s", reason=reason)
    if policy.waits_for_move(objection):
        words = _l(
            "Wer über den Einspruch entschieden hat, verschiebt es von Hand zurück. "
            "Begründung: %(reason)s",
            reason=reason,
        )
    told = [(objection.author, Event.DECISION, f"/entscheidungen/{entry.id}")]
    if first is not None:
        told.append((first, Event.WORK, f"/arbeitskorb/einsprueche/{objection.id}"))
    for person, event, url in told:
        notify(
            person,
            event,
            key=f"objection-decided:{objection.id}",
            title=outcome,
            url=url,
            text=words,
            actor=actor,
        )
