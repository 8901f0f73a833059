"""What moderators do: lock, hide, move, decide reports. The author is told, the log knows."""

from typing import Any

from inforo import audit
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.discussions import policy, queries
from inforo.discussions.actions import count_posts, unmark_answer
from inforo.discussions.models import Post, Report, ReportReason, Thread
from inforo.errors import DomainError, Forbidden
from inforo.groups.models import Group
from inforo.groups.queries import managers
from inforo.i18n import _
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices import queries as offices
from inforo.offices.actions import close_item, open_item
from inforo.offices.models import WorkKind


def lock_thread(actor: Actor, thread: Thread, reason: str) -> None:
    """Close the thread for new posts."""
    if thread.is_locked:
        return
    thread.locked_at, thread.locked_reason = now(), reason
    record(actor, "lock", thread, reason)
    close_item(actor, WorkKind.QUESTION, thread, _("geschlossen"))
    tell_author(actor, thread, _("Ihre Diskussion wurde geschlossen"), reason)


def unlock_thread(actor: Actor, thread: Thread, reason: str) -> None:
    if not thread.is_locked:
        return
    thread.locked_at, thread.locked_reason = None, ""
    record(actor, "unlock", thread, reason)
    tell_author(actor, thread, _("Ihre Diskussion ist wieder offen"), reason)


def hide_thread(actor: Actor, thread: Thread, reason: str) -> None:
    """Take the thread away from everybody but its author and the moderators."""
    if thread.is_hidden:
        return
    thread.hidden_at, thread.hidden_reason = now(), reason
    record(actor, "hide", thread, reason)
    close_item(actor, WorkKind.QUESTION, thread, _("verborgen"))
    tell_author(actor, thread, _("Ihre Diskussion wurde verborgen"), reason)


def restore_thread(actor: Actor, thread: Thread, reason: str) -> None:
    if not thread.is_hidden:
        return
    thread.hidden_at, thread.hidden_reason = None, ""
    record(actor, "restore", thread, reason)
    tell_author(actor, thread, _("Ihre Diskussion ist wieder sichtbar"), reason)


def hide_post(actor: Actor, post: Post, reason: str) -> None:
    """Put a place holder in the place of the words; author and moderators still read them."""
    if post.hidden_at is not None:
        return
    post.hidden_at, post.hidden_by_id, post.hidden_reason = now(), actor.account_id, reason
    if post.thread.answer_post_id == post.id:
        unmark_answer(actor, post.thread)
    session.flush()
    count_posts(post.thread)
    record(actor, "hide", post, reason)
    tell_author(actor, post, _("Ihr Beitrag wurde verborgen"), reason)
    settle_reports(actor, post, _("Der Beitrag wurde verborgen."), reason)


def restore_post(actor: Actor, post: Post, reason: str) -> None:
    if post.hidden_at is None:
        return
    post.hidden_at = post.hidden_by_id = None
    post.hidden_reason = ""
    session.flush()
    count_posts(post.thread)
    record(actor, "restore", post, reason)
    tell_author(actor, post, _("Ihr Beitrag ist wieder sichtbar"), reason)


def move_thread(actor: Actor, thread: Thread, target: Group, reason: str) -> None:
    """Move the thread to another group. Land, programme and readers follow the group.

    The scope is checked on what is stored and on what it becomes.
    """
    scope = queries.scope_in(target, thread.author.state_code if thread.author else None)
    allowed = policy.may_move_to(actor, thread, target, scope)
    if not policy.may_moderate(actor, thread) or not allowed:
        raise Forbidden(_("In diese Gruppe können Sie die Diskussion nicht verschieben."))
    record(actor, "move", thread, reason)
    thread.group = target
    thread.state_code, thread.programme_key = scope.state_code, scope.programme_key
    record(actor, "move_here", thread, reason)
    move_work(thread)
    title = _("Ihre Diskussion wurde in die Gruppe „%(name)s“ verschoben", name=target.name)
    tell_author(actor, thread, title, reason)


def move_work(thread: Thread) -> None:
    """Let what waits for an office follow the thread into its new scope."""
    reports = queries.open_reports_of(thread)
    subjects = [(WorkKind.QUESTION, thread), *((WorkKind.REPORT, report) for report in reports)]
    for report in reports:
        report.state_code, report.programme_key = thread.state_code, thread.programme_key
    for kind, content in subjects:
        item = offices.find_item(kind, audit.subject_of(content))
        if item is not None and item.closed_at is None:
            item.state_code, item.programme_key = thread.state_code, thread.programme_key
            if kind is WorkKind.REPORT:
                item.title = report_title(thread)


def record(actor: Actor, action: str, content: Thread | Post, reason: str) -> None:
    """Log the decision; titles of protected groups do not get into the log."""
    thread = content.thread if isinstance(content, Post) else content
    title = "" if thread.group.is_protected else thread.title
    audit.record(actor, action, content, reason, title=title)


def tell_author(actor: Actor, content: Thread | Post, title: str, reason: str) -> None:
    """Tell the author what was done with their words, and why."""
    if content.author_id is None or actor.is_me(content.author_id):
        return
    author = session.get(Account, content.author_id)
    if author is not None:
        thread = content.thread if isinstance(content, Post) else content
        notify(
            author,
            Event.MODERATION,
            key=f"moderation:{audit.subject_of(content)}:{now().timestamp():.3f}",
            title=f"{title}: {thread.title}",
            url=f"/beitraege/{content.id}" if isinstance(content, Post) else thread.path,
            text=_("Begründung: %(reason)s", reason=reason),
            subject=audit.subject_of(thread),
            actor=actor,
        )


def report_post(actor: Actor, post: Post, reason: ReportReason, words: str) -> Report:
    """Report a post once; the office gets work, the managers of the group hear of it."""
    known = queries.find_report(post, actor.account_id)
    if known is not None:
        return known
    thread = post.thread
    report = Report(
        post=post,
        reporter_id=actor.account_id,
        reason=reason,
        text=words,
        state_code=thread.state_code,
        programme_key=thread.programme_key,
    )
    session.add(report)
    session.flush()
    open_item(
        WorkKind.REPORT,
        report,
        title=report_title(thread),
        url=f"/arbeitskorb/meldungen/{report.id}",
        author_id=actor.account_id,
    )
    tell_offices(report, thread)
    for manager in managers(thread.group):
        if manager.id != actor.account_id and manager.id != post.author_id:
            notify(
                manager,
                Event.GROUP,
                key=f"report:{report.id}",
                title=_("Ein Beitrag in Ihrer Gruppe wurde gemeldet"),
                url=f"/beitraege/{post.id}",
                text=str(reason.label),
            )
    return report


def tell_offices(report: Report, thread: Thread) -> None:
    """Tell the coordinators of the Land that a report waits."""
    for coordinator in offices.coordinators_of_state(report.state_code):
        if coordinator.id not in (report.reporter_id, report.post.author_id):
            notify(
                coordinator,
                Event.WORK,
                key=f"report:{report.id}",
                title=report_title(thread),
                url=f"/arbeitskorb/meldungen/{report.id}",
                text=str(report.reason.label),
            )


def report_title(thread: Thread) -> str:
    """Return what the work basket shows; protected groups are not even named."""
    if thread.group.is_protected:
        return str(_("Meldung in einer geschlossenen Gruppe"))
    return str(_("Meldung: %(title)s", title=thread.title))


def decide_report(actor: Actor, report: Report, *, hide: bool, reason: str) -> None:
    """Hide the reported post, or leave it; both sides are told."""
    if report.decided_at is not None:
        raise DomainError(_("Über diese Meldung hat inzwischen jemand anderes entschieden."))
    if not policy.may_decide_report(actor, report):
        raise Forbidden
    if hide and report.post.hidden_at is None:
        hide_post(actor, report.post, reason)
        return
    record(actor, "keep", report.post, reason)
    title = _("Ihr Beitrag wurde gemeldet und bleibt stehen")
    tell_author(actor, report.post, title, reason)
    settle_reports(actor, report.post, _("Der Beitrag bleibt stehen."), reason)


def settle_reports(actor: Actor, post: Post, outcome: str, reason: str) -> None:
    """Close all open reports of a post and tell who made them."""
    for report in queries.open_reports(post):
        report.decided_at, report.decided_by_id = now(), actor.account_id
        report.outcome = f"{outcome} {reason}"
        close_item(actor, WorkKind.REPORT, report, outcome)
        tell_reporter(actor, report, outcome, reason)


def tell_reporter(actor: Actor, report: Report, outcome: str, reason: str) -> None:
    reporter: Any = session.get(Account, report.reporter_id) if report.reporter_id else None
    if reporter is not None:
        notify(
            reporter,
            Event.DECISION,
            key=f"report-outcome:{report.id}",
            title=_("Ihre Meldung ist entschieden"),
            url=f"/beitraege/{report.post_id}",
            text=f"{outcome} {_('Begründung: %(reason)s', reason=reason)}",
            actor=actor,
        )
