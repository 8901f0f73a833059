"""Every write on reports of pages: the office gets work, decides, and both sides are told."""

from typing import Any

from inforo import audit
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError, Forbidden
from inforo.groups.queries import managers
from inforo.i18n import _, _l, written
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices import queries as offices
from inforo.offices.actions import close_item, open_item
from inforo.offices.models import WorkKind
from inforo.reports import policy, queries
from inforo.reports.models import PageReport, ReportReason
from inforo.wiki import actions as wiki
from inforo.wiki.models import WikiPage


def report_page(actor: Actor, page: WikiPage, reason: ReportReason, words: str) -> PageReport:
    """Report a page once; the office gets work, the managers of the group hear of it."""
    known = queries.find_page_report(page, actor.account_id)
    if known is not None:
        return known
    report = PageReport(
        page=page,
        reporter_id=actor.account_id,
        reason=reason,
        text=words,
        state_code=page.scope.state_code,
        programme_key=page.scope.programme_key,
    )
    session.add(report)
    session.flush()
    title, url = report_title(page), f"/arbeitskorb/seitenmeldungen/{report.id}"
    open_item(WorkKind.REPORT, report, title=title, url=url, author_id=actor.account_id)
    told = {actor.account_id, page.edited_by_id}
    for coordinator in offices.coordinators_of_state(report.state_code):
        if coordinator.id not in told:
            tell(coordinator, Event.WORK, report, title, url)
    for manager in managers(page.group):
        if manager.id not in told:
            title = _l("Eine Seite Ihrer Gruppe wurde gemeldet")
            tell(manager, Event.GROUP, report, title, page.path)
    return report


def tell(person: Account, event: Event, report: PageReport, title: Any, url: str) -> None:
    key = f"page-report:{report.id}"
    notify(person, event, key=key, title=title, url=url, text=report.reason.label)


def report_title(page: WikiPage) -> Any:
    """Return what the work basket shows; protected groups are not even named."""
    if page.group.is_protected:
        return _l("Meldung in einer geschlossenen Gruppe")
    return _l("Meldung: %(title)s", title=page.title)


def decide(actor: Actor, report: PageReport, *, delete: bool, reason: str) -> None:
    """Delete the reported page, or leave it; both sides are told."""
    if report.decided_at is not None:
        raise DomainError(_("Über diese Meldung hat inzwischen jemand anderes entschieden."))
    if not policy.may_decide_on_page(actor, report):
        raise Forbidden
    page = report.page
    if delete and not page.is_deleted:
        wiki.delete_page(actor, page, reason)
        title = _l("Eine Seite, an der Sie schrieben, wurde nach einer Meldung gelöscht")
        outcome = _l("Die Seite wurde gelöscht.")
    else:
        wiki.record(actor, "keep_page", page, reason)
        title = _l("Eine Seite, an der Sie schrieben, wurde gemeldet und bleibt stehen")
        outcome = _l("Die Seite bleibt stehen.")
    tell_writer(actor, report, title, reason)
    for each in queries.open_page_reports(page):
        each.decided_at, each.decided_by_id = now(), actor.account_id
        each.outcome = f"{written(outcome)} {reason}"
        close_item(actor, WorkKind.REPORT, each, outcome)
        tell_reporter(actor, each, outcome, reason)


def tell_writer(actor: Actor, report: PageReport, title: Any, reason: str) -> None:
    """Tell who wrote what stands there, with a place where the page is or was."""
    page = report.page
    if page.edited_by is not None and not actor.is_me(page.edited_by_id):
        notify(
            page.edited_by,
            Event.MODERATION,
            key=f"page-report-decided:{report.id}",
            title=f"{title}: {page.title}",
            url=pages_of(page),
            text=_l("Begründung: %(reason)s", reason=reason),
            subject=audit.subject_of(page),
            actor=actor,
        )


def tell_reporter(actor: Actor, report: PageReport, outcome: Any, reason: str) -> None:
    reporter = session.get(Account, report.reporter_id) if report.reporter_id else None
    if reporter is not None:
        notify(
            reporter,
            Event.DECISION,
            key=f"page-report-outcome:{report.id}",
            title=_l("Ihre Meldung ist entschieden"),
            url=pages_of(report.page),
            text=_l("%(outcome)s Begründung: %(reason)s", outcome=outcome, reason=reason),
            actor=actor,
        )


def pages_of(page: WikiPage) -> str:
    return f"/gruppen/{page.group.slug}/seiten/"
