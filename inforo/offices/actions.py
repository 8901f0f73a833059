"""Opening and closing what waits in the work basket; giving and taking roles.

Lower and higher slices order work here: `open_item()` when something needs an office,
`close_item()` when it was decided. Both are idempotent per kind and subject.
"""

from typing import Any

from inforo.audit import subject_of
from inforo.authz import Actor, Scope
from inforo.clock import now
from inforo.db import session
from inforo.offices import queries
from inforo.offices.models import WorkItem, WorkKind, WorkNote


def open_item(
    kind: WorkKind,
    content: Any,
    *,
    title: str,
    url: str,
    scope: Scope | None = None,
    author_id: int | None = None,
) -> WorkItem:
    """Put a thing into the basket of the offices of its scope, or open it there again."""
    scope = scope or content.scope
    item = queries.find_item(kind, subject_of(content))
    if item is None:
        item = WorkItem(kind=kind, subject=subject_of(content))
        session.add(item)
    item.title, item.url, item.author_id = title, url, author_id
    item.state_code, item.programme_key = scope.state_code, scope.programme_key
    item.closed_at, item.outcome, item.waits_for_author_since = None, "", None
    return item


def close_item(actor: Actor, kind: WorkKind, content: Any, outcome: str) -> None:
    """Take a decided thing out of the basket."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None and item.closed_at is None:
        item.closed_at, item.closed_by_id = now(), actor.account_id
        item.outcome = outcome


def wait_for_author(kind: WorkKind, content: Any) -> None:
    """Note that the office asked back and the author is next."""
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.waits_for_author_since = now()


def author_answered(kind: WorkKind, content: Any) -> None:
    item = queries.find_item(kind, subject_of(content))
    if item is not None:
        item.waits_for_author_since = None


def add_note(actor: Actor, item: WorkItem, text: str) -> WorkNote:
    """Leave a note for colleagues; authors never see it."""
    note = WorkNote(item_id=item.id, author_id=actor.account_id, text=text)
    session.add(note)
    return note
