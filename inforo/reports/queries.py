"""Every SELECT on reports."""

from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.errors import NotFound
from inforo.reports.models import PageReport, Report, Reported
from inforo.wiki.models import WikiPage

AnyReport = TypeVar("AnyReport", bound=Reported)


def find_by(
    kind: type[AnyReport], reported: ColumnElement[bool], reporter_id: int | None
) -> AnyReport | None:
    """Return what somebody reported already, e.g. `PageReport.page_id == page.id`."""
    return session.scalar(select(kind).where(reported, kind.reporter_id == reporter_id))


def undecided(kind: type[AnyReport], reported: ColumnElement[bool]) -> list[AnyReport]:
    statement = select(kind).where(reported, kind.decided_at.is_(None))
    return list(session.scalars(statement.order_by(kind.id)))


def get_report(report_id: int) -> Report:
    """Return a report with its post; who may see it, the work basket decides."""
    report = session.scalar(
        select(Report)
        .where(Report.id == report_id)
        .options(
            joinedload(Report.post).joinedload(Post.thread).joinedload(Thread.group),
            joinedload(Report.post).joinedload(Post.author),
            joinedload(Report.reporter),
        )
    )
    if report is None:
        raise NotFound
    return report


def open_reports_of(thread: Thread) -> list[Report]:
    statement = (
        select(Report)
        .join(Post, Post.id == Report.post_id)
        .where(Post.thread_id == thread.id, Report.decided_at.is_(None))
    )
    return list(session.scalars(statement))


def get_page_report(report_id: int) -> PageReport:
    """Return a report with its page; who may see it, the work basket decides."""
    report = session.scalar(
        select(PageReport)
        .where(PageReport.id == report_id)
        .options(
            joinedload(PageReport.page).joinedload(WikiPage.group),
            joinedload(PageReport.page).joinedload(WikiPage.edited_by),
            joinedload(PageReport.reporter),
        )
    )
    if report is None:
        raise NotFound
    return report
