"""Who may open which page of discussions: an open and a closed thread of Land A by Olga."""

from sqlalchemy import select

from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Post, ReportReason
from inforo.discussions.moderating import report_post


def closed(world):
    return {"thread_id": world.closed_thread.id}


def opened(world):
    return {"thread_id": world.thread.id}


def first_post(world):
    return {"post_id": post_of(world.thread).id}


def closed_post(world):
    return {"post_id": post_of(world.closed_thread).id}


def post_of(thread):
    return session.scalar(select(Post).where(Post.thread_id == thread.id))


def report(world):
    """Report the closed thread's post as its author could not: for the office to decide."""
    reporter = Actor(world.owner.id, world.owner.name, is_approved=True)
    made = report_post(reporter, post_of(world.closed_thread), ReportReason.OTHER, "")
    session.commit()
    return {"report_id": made.id}


def on_post(decision):
    return lambda world: first_post(world) | {"decision": decision}


NOBODY = (302, 404, 404, 404, 404, 404, 404, 404)
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
SENT = (302, 403, 303, 303, 303, 303, 303, 303)
UNFINISHED = (302, 403, 422, 422, 422, 422, 422, 422)
CLOSED_TO_ALL = (302, 403, 404, 404, 404, 404, 404, 404)
AUTHOR_ONLY = (302, 403, 403, 403, 403, 403, 403, 403)
MODERATORS = (302, 403, 403, 403, 200, 403, 403, 200)
MODERATED = (302, 403, 403, 403, 422, 403, 403, 422)

ACCESS = {
    ("GET", "discussions.index"): (200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "discussions.show"): NOBODY,
    ("GET", "discussions.post"): (302, 403, 302, 302, 302, 302, 302, 302),
    ("GET", "discussions.history"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("GET", "discussions.new"): MEMBERS,
    ("POST", "discussions.new"): UNFINISHED,
    ("POST", "discussions.reply"): CLOSED_TO_ALL,
    ("GET", "discussions.edit"): MODERATORS,
    ("POST", "discussions.edit"): MODERATED,
    ("GET", "discussions.edit_post"): AUTHOR_ONLY,
    ("POST", "discussions.edit_post"): AUTHOR_ONLY,
    ("POST", "discussions.delete_post"): AUTHOR_ONLY,
    ("POST", "discussions.mark_answer"): (302, 403, 403, 403, 409, 403, 403, 409),
    ("POST", "discussions.unmark_answer"): (302, 403, 403, 403, 303, 403, 403, 303),
    ("POST", "discussions.follow"): SENT,
    ("GET", "discussions.moderate"): MODERATORS,
    ("POST", "discussions.moderate"): MODERATED,
    ("GET", "discussions.moderate_post"): MODERATORS,
    ("POST", "discussions.moderate_post"): MODERATED,
    ("GET", "discussions.move"): MODERATORS,
    ("POST", "discussions.move"): MODERATED,
    ("GET", "discussions.report"): CLOSED_TO_ALL,
    ("POST", "discussions.report"): CLOSED_TO_ALL,
    ("GET", "discussions.review_report"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "discussions.review_report"): (302, 403, 404, 404, 422, 404, 404, 422),
}
ARGUMENTS = {
    "discussions.show": closed,
    "discussions.post": first_post,
    "discussions.history": first_post,
    "discussions.reply": closed,
    "discussions.edit": opened,
    "discussions.edit_post": first_post,
    "discussions.delete_post": first_post,
    "discussions.mark_answer": first_post,
    "discussions.unmark_answer": opened,
    "discussions.follow": opened,
    "discussions.moderate": lambda world: opened(world) | {"decision": "schliessen"},
    "discussions.moderate_post": on_post("verbergen"),
    "discussions.move": opened,
    "discussions.report": closed_post,
    "discussions.review_report": report,
}
