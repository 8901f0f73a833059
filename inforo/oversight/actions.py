"""What moderators do with threads: lock, hide, move. Hiding a post settles its reports."""

from inforo.approvals.actions import move_held
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.clock import now
from inforo.discussions import moderating
from inforo.discussions.models import Post, Thread
from inforo.discussions.moderating import record, tell_author
from inforo.discussions.policy import may_moderate
from inforo.discussions.queries import scope_in
from inforo.errors import Forbidden
from inforo.groups.models import Group
from inforo.i18n import _, _l
from inforo.offices.actions import close_item
from inforo.offices.models import WorkKind
from inforo.offices.queries import find_item
from inforo.oversight import policy
from inforo.reports.actions import move_reports, settle_hidden


def lock_thread(actor: Actor, thread: Thread, reason: str) -> None:
    """Close the thread for new posts."""
    if thread.is_locked:
        return
    thread.locked_at, thread.locked_reason = now(), reason
    record(actor, "lock", thread, reason)
    close_item(actor, WorkKind.QUESTION, thread, _l("geschlossen"))
    tell_author(actor, thread, _l("Ihre Diskussion wurde geschlossen"), reason)


def unlock_thread(actor: Actor, thread: Thread, reason: str) -> None:
    if not thread.is_locked:
        return
    thread.locked_at, thread.locked_reason = None, ""
    record(actor, "unlock", thread, reason)
    tell_author(actor, thread, _l("Ihre Diskussion ist wieder offen"), reason)


def hide_thread(actor: Actor, thread: Thread, reason: str) -> None:
    """Take the thread away from everybody but its author and the moderators."""
    if thread.is_hidden:
        return
    thread.hidden_at, thread.hidden_reason = now(), reason
    record(actor, "hide", thread, reason)
    close_item(actor, WorkKind.QUESTION, thread, _l("verborgen"))
    tell_author(actor, thread, _l("Ihre Diskussion wurde verborgen"), reason)


def restore_thread(actor: Actor, thread: Thread, reason: str) -> None:
    if not thread.is_hidden:
        return
    thread.hidden_at, thread.hidden_reason = None, ""
    record(actor, "restore", thread, reason)
    tell_author(actor, thread, _l("Ihre Diskussion ist wieder sichtbar"), reason)


def hide_post(actor: Actor, post: Post, reason: str) -> None:
    """Hide the post and tell everybody who had reported it."""
    if post.hidden_at is None:
        moderating.hide_post(actor, post, reason)
        settle_hidden(actor, post, reason)


def move_thread(actor: Actor, thread: Thread, target: Group, reason: str) -> None:
    """Move the thread to another group. Land, programme and readers follow the group.

    The scope is checked on what is stored and on what it becomes.
    """
    scope = scope_in(target, thread.author.state_code if thread.author else None)
    allowed = policy.may_move_to(actor, thread, target, scope)
    if not may_moderate(actor, thread) or not allowed:
        raise Forbidden(_("In diese Gruppe können Sie die Diskussion nicht verschieben."))
    record(actor, "move", thread, reason)
    thread.group = target
    thread.state_code, thread.programme_key = scope.state_code, scope.programme_key
    record(actor, "move_here", thread, reason)
    move_work(thread)
    title = _l("Ihre Diskussion wurde in die Gruppe „%(name)s“ verschoben", name=target.name)
    tell_author(actor, thread, title, reason)


def move_work(thread: Thread) -> None:
    """Let what waits for an office follow the thread into its new scope."""
    item = find_item(WorkKind.QUESTION, subject_of(thread))
    if item is not None and item.closed_at is None:
        item.state_code, item.programme_key = thread.state_code, thread.programme_key
    move_reports(thread)
    move_held(thread.id, thread.id, thread.group, thread.scope)
