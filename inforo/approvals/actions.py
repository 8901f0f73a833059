"""Holding a post back, approving it, giving it back. Nothing here commits."""

from typing import Any

from inforo import audit, text
from inforo.approvals.models import HeldKind, HeldPost
from inforo.approvals.publishing import PUBLISHERS
from inforo.approvals.queries import waiting_in
from inforo.authz import Actor, Scope
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.groups.member_queries import managers
from inforo.groups.models import Group
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.actions import close_item, move_item, open_item
from inforo.offices.models import WorkKind
from inforo.offices.queries import coordinators_of_state
from inforo.people.queries import actor_of


def hold(  # noqa: PLR0913 (what a post consists of)
    actor: Actor,
    kind: HeldKind,
    group: Group,
    *,
    scope: Scope,
    title: str,
    values: dict[str, Any],
    thread_id: int | None = None,
) -> HeldPost:
    """Keep a post back until somebody approved it; office and managers hear of it."""
    held = HeldPost(
        kind=kind,
        author_id=actor.account_id,
        group=group,
        thread_id=thread_id,
        title=title,
        body=values["body"],
        body_html=text.render_markdown(values["body"]),
        values={name: value for name, value in values.items() if name != "body"},
        state_code=scope.state_code,
        programme_key=scope.programme_key,
    )
    session.add(held)
    session.flush()
    ask_for_approval(held)
    return held


def ask_for_approval(held: HeldPost) -> None:
    title = _l("Erster Beitrag: %(title)s", title=held.title)
    open_item(WorkKind.FIRST_POST, held, title=title, url=held.path, author_id=held.author_id)
    office = coordinators_of_state(held.state_code)
    for person in {one.id: one for one in (*office, *managers(held.group))}.values():
        if person.id != held.author_id:
            notify(
                person,
                Event.WORK,
                key=f"held:{held.id}:{held.sent_at.timestamp():.0f}",
                title=title,
                url=held.path,
                text=_l("Ein neues Mitglied hat geschrieben; der Beitrag wartet auf Freigabe."),
            )


def approve(actor: Actor, held: HeldPost) -> str:
    """Publish the post in its author's name, as if it was sent now; return its address."""
    author = actor_of(held.author)
    if not author.is_member or author.account_id is None:
        raise DomainError(
            _("Das Konto der Person ist gesperrt oder geschlossen. Bitte geben Sie zurück.")
        )
    if held.group.is_archived:
        raise DomainError(_("Die Gruppe ist inzwischen archiviert. Bitte geben Sie zurück."))
    path = PUBLISHERS[held.kind](author, held)
    held.approved_at = now()
    held.published_path = path
    decide(actor, held, "approve_post", _l("freigegeben"))
    tell(actor, held, _l("Ihr Beitrag ist freigegeben"), path, "")
    return path


def send_back(actor: Actor, held: HeldPost, reason: str) -> None:
    """Do not publish the post; its author gets it back with the reason and may change it."""
    held.reason = reason
    decide(actor, held, "return_post", _l("zurückgegeben"), reason)
    words = _l("Begründung: %(reason)s", reason=reason)
    tell(actor, held, _l("Ihr Beitrag wurde zurückgegeben"), held.path, words)


def decide(actor: Actor, held: HeldPost, action: str, outcome: Any, reason: str = "") -> None:
    held.decided_at, held.decided_by_id = now(), actor.account_id
    audit.record(actor, action, held, reason, title=held.title)
    close_item(actor, WorkKind.FIRST_POST, held, outcome)


def tell(actor: Actor, held: HeldPost, title: Any, url: str, words: Any) -> None:
    notify(
        held.author,
        Event.DECISION,
        key=f"held-decided:{held.id}:{now().timestamp():.0f}",
        title=f"{title}: {held.title}",
        url=url,
        text=words,
        actor=actor,
    )


def revise(actor: Actor, held: HeldPost, title: str, body: str) -> None:
    """Change the words of a post that is not published; what was returned waits again."""
    held.body, held.body_html = body, text.render_markdown(body)
    if held.kind is HeldKind.QUESTION:
        held.title = title
        held.values = held.values | {"title": title}
    if held.is_returned:
        held.sent_at = now()
        held.decided_at = held.decided_by_id = None
        held.reason = ""
    ask_for_approval(held)


def withdraw(actor: Actor, held: HeldPost) -> None:
    """Forget a post that is not published."""
    close_item(actor, WorkKind.FIRST_POST, held, _l("zurückgezogen"))
    session.delete(held)


def move_held(thread_id: int, target_id: int, group: Group, scope: Scope) -> None:
    """Let answers that wait follow their thread into another thread, group or Land."""
    for held in waiting_in(thread_id):
        held.thread_id, held.group = target_id, group
        held.state_code, held.programme_key = scope.state_code, scope.programme_key
        move_item(WorkKind.FIRST_POST, held)
