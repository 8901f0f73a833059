"""Every write on reports of pages: the office gets work, decides, and both sides are told."""

from typing import Any

from inforo import audit
from inforo.authz import Actor
from inforo.errors import Forbidden
from inforo.groups.member_queries import managers
from inforo.i18n import _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices import queries as offices
from inforo.reports import policy, queries
from inforo.reports.handling import check_open, close, hand_in, tell
from inforo.reports.models import PageReport, ReportReason
from inforo.wiki import actions as wiki
from inforo.wiki.models import WikiPage


def report_page(actor: Actor, page: WikiPage, reason: ReportReason, words: str) -> PageReport:
    """Report a page once; the office gets work, the managers of the group hear of it."""
    known = queries.find_by(PageReport, PageReport.page_id == page.id, actor.account_id)
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
    title = report_title(page)
    hand_in(actor, report, title)
    office = offices.coordinators_of_state(report.state_code)
    tell(office, Event.WORK, report, title, report.address)
    title = _l("Eine Seite Ihrer Gruppe wurde gemeldet")
    tell(managers(page.group), Event.GROUP, report, title, page.path)
    return report


def report_title(page: WikiPage) -> Any:
    """Return what the work basket shows; protected groups are not even named."""
    if page.group.is_protected:
        return _l("Meldung in einer geschlossenen Gruppe")
    return _l("Meldung: %(title)s", title=page.title)


def decide(actor: Actor, report: PageReport, *, delete: bool, reason: str) -> None:
    """Delete the reported page, or leave it; both sides are told."""
    check_open(report)
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
    for each in queries.undecided(PageReport, PageReport.page_id == page.id):
        close(actor, each, outcome, reason, pages_of(page))


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


def pages_of(page: WikiPage) -> str:
    return f"/gruppen/{page.group.slug}/seiten/"
