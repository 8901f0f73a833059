"""Who may open which page of discussions: an open and a closed thread of Land A by Olga."""

from sqlalchemy import select

from inforo.db import session
from inforo.discussions.models import Post


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


NOBODY = (302, 404, 404, 404, 404, 404, 404, 404)
SENT = (302, 403, 303, 303, 303, 303, 303, 303)
CLOSED_TO_ALL = (302, 403, 404, 404, 404, 404, 404, 404)
AUTHOR_ONLY = (302, 403, 403, 403, 403, 403, 403, 403)

ACCESS = {
    ("GET", "discussions.index"): (200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "discussions.show"): NOBODY,
    ("GET", "discussions.post"): (302, 403, 302, 302, 302, 302, 302, 302),
    ("GET", "discussions.history"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("POST", "discussions.reply"): CLOSED_TO_ALL,
    ("GET", "discussions.edit_post"): AUTHOR_ONLY,
    ("POST", "discussions.edit_post"): AUTHOR_ONLY,
    ("POST", "discussions.delete_post"): AUTHOR_ONLY,
    ("POST", "discussions.mark_answer"): (302, 403, 403, 403, 409, 403, 403, 409),
    ("POST", "discussions.unmark_answer"): (302, 403, 403, 403, 303, 403, 403, 303),
    ("POST", "discussions.follow"): SENT,
}
ARGUMENTS = {
    "discussions.show": closed,
    "discussions.post": first_post,
    "discussions.history": first_post,
    "discussions.reply": closed,
    "discussions.edit_post": first_post,
    "discussions.delete_post": first_post,
    "discussions.mark_answer": first_post,
    "discussions.unmark_answer": opened,
    "discussions.follow": opened,
}
