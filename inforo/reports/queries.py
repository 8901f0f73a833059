"""Every SELECT on reports."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.errors import NotFound
from inforo.reports.models import PageReport, Report
from inforo.wiki.models import WikiPage


def find_report(post: Post, reporter_id: int | None) -> Report | None:
    return session.scalar(
        select(Report).where(Report.post_id == post.id, Report.reporter_id == reporter_id)
    )


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


def open_reports(post: Post) -> list[Report]:
    statement = select(Report).where(Report.post_id == post.id, Report.decided_at.is_(None))
    return list(session.scalars(statement.order_by(Report.id)))


def open_reports_of(thread: Thread) -> list[Report]:
    statement = (
        select(Report)
        .join(Post, Post.id == Report.post_id)
        .where(Post.thread_id == thread.id, Report.decided_at.is_(None))
    )
    return list(session.scalars(statement))


def find_page_report(page: WikiPage, reporter_id: int | None) -> PageReport | None:
    return session.scalar(
        select(PageReport).where(
            PageReport.page_id == page.id, PageReport.reporter_id == reporter_id
        )
    )


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


def open_page_reports(page: WikiPage) -> list[PageReport]:
    statement = select(PageReport).where(
        PageReport.page_id == page.id, PageReport.decided_at.is_(None)
    )
    return list(session.scalars(statement.order_by(PageReport.id)))
