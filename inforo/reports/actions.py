"""Every write on reports: the office gets work, decides, and both sides are told."""

from typing import Any

from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.discussions import moderating
from inforo.discussions.models import Post, Thread
from inforo.errors import Forbidden
from inforo.groups.member_queries import managers
from inforo.i18n import _l, written
from inforo.notifications.models import Event
from inforo.offices import queries as offices
from inforo.offices.models import WorkKind
from inforo.reports import policy, queries
from inforo.reports.handling import check_open, close, hand_in, tell
from inforo.reports.models import Report, ReportReason


def report_post(actor: Actor, post: Post, reason: ReportReason, words: str) -> Report:
    """Report a post once; the office gets work, the managers of the group hear of it."""
    known = queries.find_by(Report, Report.post_id == post.id, actor.account_id)
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
    title = report_title(thread)
    hand_in(actor, report, title)
    office = offices.coordinators_of_state(report.state_code)
    tell(office, Event.WORK, report, title, report.address)
    title = _l("Ein Beitrag in Ihrer Gruppe wurde gemeldet")
    tell(managers(thread.group), Event.GROUP, report, title, f"/beitraege/{post.id}")
    return report


def report_title(thread: Thread) -> Any:
    """Return what the work basket shows; protected groups are not even named."""
    if thread.group.is_protected:
        return _l("Meldung in einer geschlossenen Gruppe")
    return _l("Meldung: %(title)s", title=thread.title)


def decide(actor: Actor, report: Report, *, hide: bool, reason: str) -> None:
    """Hide the reported post, or leave it; both sides are told."""
    check_open(report)
    if not policy.may_decide(actor, report):
        raise Forbidden
    if hide and report.post.hidden_at is None:
        moderating.hide_post(actor, report.post, reason)
        settle_hidden(actor, report.post, reason)
        return
    moderating.record(actor, "keep", report.post, reason)
    title = _l("Ihr Beitrag wurde gemeldet und bleibt stehen")
    moderating.tell_author(actor, report.post, title, reason)
    settle(actor, report.post, _l("Der Beitrag bleibt stehen."), reason)


def settle_hidden(actor: Actor, post: Post, reason: str) -> None:
    """Close the open reports of a post that was hidden, whether or not because of them."""
    settle(actor, post, _l("Der Beitrag wurde verborgen."), reason)


def settle(actor: Actor, post: Post, outcome: Any, reason: str) -> None:
    """Close all open reports of a post and tell who made them."""
    for report in queries.undecided(Report, Report.post_id == post.id):
        close(actor, report, outcome, reason, f"/beitraege/{report.post_id}")


def move_reports(thread: Thread) -> None:
    """Let open reports follow their thread into its new scope, in the work basket too."""
    for report in queries.open_reports_of(thread):
        report.state_code, report.programme_key = thread.state_code, thread.programme_key
        item = offices.find_item(WorkKind.REPORT, subject_of(report))
        if item is not None and item.closed_at is None:
            item.state_code, item.programme_key = thread.state_code, thread.programme_key
            item.title = written(report_title(thread))
