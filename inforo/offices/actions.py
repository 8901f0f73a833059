"""Opening and closing what waits in the work basket.

Lower and higher slices order work here: `open_item()` when something needs an office,
`close_item()` when it was decided. Both are idempotent per kind and subject.
"""

from datetime import date
from typing import Any

from inforo import audit
from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import Actor, Scope
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l, written
from inforo.offices import queries
from inforo.offices.models import (
    CONFIDENTIAL,
    Absence,
    CoordinationOffice,
    WorkItem,
    WorkKind,
    WorkNote,
)


def open_item(
    kind: WorkKind,
    content: Any,
    *,
    title: Any,
    url: str,
    scope: Scope | None = None,
    author_id: int | None = None,
) -> WorkItem:
    """Put a thing into the basket of the offices of its scope, or open it there again."""
    scope = scope or content.scope
    item = queries.find_item(kind, subject_of(content))
    if item is None:
        item = WorkItem(kind=kind, subject=subject_of(content), opened_at=now())
        session.add(item)
    elif not item.is_open:
        item.opened_at, item.due_on = now(), None
    item.title, item.url, item.author_id = written(title), url, author_id
    item.state_code, item.programme_key = scope.state_code, scope.programme_key
    item.closed_at, item.closed_by_id, item.outcome = None, None, ""
    item.waits_for_author_since = None
    return item


def move_item(kind: WorkKind, content: Any) -> None:
    """Let an item follow its thing into another Land or programme."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.state_code, item.programme_key = (
            content.scope.state_code,
            content.scope.programme_key,
        )


def close_item(actor: Actor, kind: WorkKind, content: Any, outcome: Any) -> None:
    """Take a decided thing out of the basket."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None and item.closed_at is None:
        item.closed_at, item.closed_by_id = now(), actor.account_id
        item.outcome = written(outcome)


def wait_for_author(kind: WorkKind, content: Any) -> None:
    """Note that the office asked back and the author is next."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.waits_for_author_since = now()


def set_due(kind: WorkKind, content: Any, due_on: date | None) -> None:
    """Note by when who has the item should act; None: no deadline."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.due_on = due_on


def find_and_take(actor: Actor, kind: WorkKind, content: Any) -> None:
    """Note who works on a thing now, whoever had it before."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.taken_by_id, item.taken_at = actor.account_id, now()


def free_item(kind: WorkKind, content: Any) -> None:
    """Let others take the item, without a word about who had it."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.taken_by_id, item.taken_at = None, None


def note_absence(actor: Actor, starts_on: date, ends_on: date, deputy: Account) -> Absence:
    """Say when somebody is away and who stands in; the deputy hears of it by the page."""
    absence = Absence(
        account_id=actor.account_id, starts_on=starts_on, ends_on=ends_on, deputy=deputy
    )
    session.add(absence)
    return absence


def end_absence(actor: Actor, absence: Absence) -> None:
    session.delete(absence)


def author_answered(kind: WorkKind, content: Any) -> None:
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.waits_for_author_since = None


def add_note(actor: Actor, item: WorkItem, text: str) -> WorkNote:
    """Leave a note for colleagues; authors never see it."""
    note = WorkNote(item_id=item.id, author_id=actor.account_id, text=text)
    session.add(note)
    audit.record(actor, "note", item, title=item.title)
    return note


def take(actor: Actor, items: list[WorkItem], *, instead_of: int | None = None) -> None:
    """Take over items together, or none of them.

    `instead_of` is the colleague whose item is taken over on purpose; without it only items
    nobody works on can be taken.
    """
    for item in items:
        if not item.is_open:
            raise DomainError(_("„%(title)s“ ist schon erledigt.", title=item.title))
        if item.taken_by_id not in (None, instead_of, actor.account_id):
            raise DomainError(
                _(
                    "„%(title)s“ hat inzwischen jemand anderes übernommen. Es wurde nichts "
                    "geändert.",
                    title=item.title,
                )
            )
    for item in items:
        if item.taken_by_id != actor.account_id:
            item.taken_by_id, item.taken_at = actor.account_id, now()
            audit.record(actor, "take", item, title=item.title)


def give_back(actor: Actor, item: WorkItem) -> None:
    """Let colleagues take the item again."""
    item.taken_by_id, item.taken_at = None, None
    audit.record(actor, "give_back", item, title=item.title)


def hand_over(actor: Actor, item: WorkItem, office: CoordinationOffice, reason: str) -> None:
    """Make one office responsible for the item from now on; the reason stays as a note."""
    if not item.is_open:
        raise DomainError(_("Dieser Vorgang ist schon erledigt."))
    if item.kind in CONFIDENTIAL:
        raise DomainError(_("Das ist vertraulich: Nur mit Einverständnis geht es weiter."))
    if item.office_id == office.id:
        raise DomainError(_("Der Vorgang liegt schon bei dieser Stelle."))
    item.office_id = office.id
    item.taken_by_id, item.taken_at = None, None
    text = _l("Abgegeben an %(office)s: %(reason)s", office=office.name, reason=reason)
    session.add(WorkNote(item_id=item.id, author_id=actor.account_id, text=written(text)))
    audit.record(actor, "hand_over", item, f"{office.name}: {reason}", title=item.title)
