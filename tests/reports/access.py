"""Who may report a post of a closed group, and read what was reported there."""

from inforo.authz import Actor
from inforo.db import session
from inforo.reports.actions import report_post
from inforo.reports.models import ReportReason
from tests.discussions.access import CLOSED_TO_ALL, closed_post, post_of


def report(world):
    """Report the closed thread's post as its author could not: for the office to decide."""
    reporter = Actor(world.owner.id, world.owner.name, is_approved=True)
    made = report_post(reporter, post_of(world.closed_thread), ReportReason.OTHER, "")
    session.commit()
    return {"report_id": made.id}


ACCESS = {
    ("GET", "reports.report"): CLOSED_TO_ALL,
    ("POST", "reports.report"): CLOSED_TO_ALL,
    ("GET", "reports.review"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "reports.review"): (302, 403, 404, 404, 422, 404, 404, 422),
}
ARGUMENTS = {
    "reports.report": closed_post,
    "reports.review": report,
}
