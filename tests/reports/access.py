"""Who may report a post of a closed group, and read what was reported there."""

from inforo.authz import Actor
from inforo.db import session
from inforo.reports.actions import report_post
from inforo.reports.models import ReportReason
from inforo.reports.of_pages import report_page as report_that_page
from tests.discussions.access import CLOSED_TO_ALL, closed_post, post_of
from tests.factories import make_account
from tests.wiki.making import make_page


def report(world):
    """Report the closed thread's post as its author could not: for the office to decide."""
    reporter = Actor(world.owner.id, world.owner.name, is_approved=True)
    made = report_post(reporter, post_of(world.closed_thread), ReportReason.OTHER, "")
    session.commit()
    return {"report_id": made.id}


def closed_page(world):
    made = make_page(world.closed_group, author=world.owner)
    return {"slug": world.closed_group.slug, "page_id": made.id}


def page_report(world):
    page = make_page(world.closed_group, author=make_account("Schreiber"))
    reporter = Actor(world.owner.id, world.owner.name, is_approved=True)
    made = report_that_page(reporter, page, ReportReason.OTHER, "")
    session.commit()
    return {"report_id": made.id}


ACCESS = {
    ("GET", "reports.report"): CLOSED_TO_ALL,
    ("POST", "reports.report"): CLOSED_TO_ALL,
    ("GET", "reports.review"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "reports.review"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("GET", "reports.report_page"): CLOSED_TO_ALL,
    ("POST", "reports.report_page"): CLOSED_TO_ALL,
    ("GET", "reports.review_page"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "reports.review_page"): (302, 403, 404, 404, 422, 404, 404, 422),
}
ARGUMENTS = {
    "reports.report": closed_post,
    "reports.review": report,
    "reports.report_page": closed_page,
    "reports.review_page": page_report,
}
