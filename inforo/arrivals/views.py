"""Noting what was read, going on from there, and telling open windows what came.

See docs/adr/0002-reading-positions.md for who writes when.
"""

from base64 import b64decode

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inforo import audit, web
from inforo.arrivals import queries
from inforo.arrivals.forms import ReadForm, UnreadForm
from inforo.authz import actor, require
from inforo.db import session
from inforo.discussions import queries as discussions
from inforo.discussions.models import Thread, post_path
from inforo.errors import BadInput
from inforo.groups import policy as groups_policy
from inforo.groups import queries as groups
from inforo.i18n import _
from inforo.notifications.actions import mark_subject_read
from inforo.positions import actions as positions

bp = Blueprint("arrivals", __name__)
EMPTY_GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def note_read(thread: Thread, number: int) -> None:
    """Note how far the person has read, and that they saw what they were told about it."""
    positions.read_up_to(actor(), thread.id, min(number, thread.post_count))
    mark_subject_read(actor(), audit.subject_of(thread))
    session.commit()


@bp.post("/diskussionen/<int:thread_id>/gelesen")
def read(thread_id: int) -> ResponseReturnValue:
    """Note what the script of the page saw being read."""
    thread, form = discussions.get_thread(actor(), thread_id), ReadForm()
    if not form.validate_on_submit():
        raise BadInput(_("Diesen Beitrag gibt es nicht."))
    note_read(thread, form.bis.data)
    return "", 204


@bp.get("/diskussionen/<int:thread_id>/gelesen.gif")
def read_without_script(thread_id: int) -> ResponseReturnValue:
    """Note that a page was shown to somebody without script, to its last post."""
    thread = discussions.get_thread(actor(), thread_id)
    number = web.given_id(request.args.get("bis", ""))
    if number:
        web.begin_writing()
        note_read(thread, number)
    return Response(EMPTY_GIF, mimetype="image/gif")


@bp.post("/diskussionen/<int:thread_id>/ungelesen")
def unread(thread_id: int) -> ResponseReturnValue:
    """Let a post and all after it count as new again; lead to where that shows."""
    thread, form = discussions.get_thread(actor(), thread_id), UnreadForm()
    if not form.validate_on_submit():
        raise BadInput(_("Diesen Beitrag gibt es nicht."))
    positions.unread_from(actor(), thread.id, min(form.ab.data, thread.post_count))
    session.commit()
    flash(_("Ab Beitrag %(number)s ist die Diskussion wieder ungelesen.", number=form.ab.data))
    return redirect(url_for("discussions.index", gruppe=thread.group.slug), 303)


@bp.post("/gruppen/<slug>/alles-gelesen")
def read_all(slug: str) -> ResponseReturnValue:
    """Note all threads of a group as read."""
    group = groups.get_group(actor(), slug)
    require(groups_policy.may_read, group)
    positions.read_all_of(queries.threads_to_read(actor(), group))
    session.commit()
    flash(_("Alle Diskussionen der Gruppe gelten als gelesen."), "success")
    return redirect(url_for("groups.show", slug=group.slug), 303)


@bp.get("/beitraege/<int:post_id>/weiterlesen")
def go_on(post_id: int) -> ResponseReturnValue:
    """Lead from the news of a post to the first one not read yet."""
    post = discussions.get_post(actor(), post_id)
    number = queries.next_unread(actor(), post)
    return redirect(post_path(post.thread_id, post.thread.title, number), 302)


@bp.get("/neues")
def news() -> ResponseReturnValue:
    """Tell an open window the numbers it shows; 304 as long as they are the same."""
    unread_count, talks, posts = queries.arrived(actor(), wanted_thread())
    answer = make_response(jsonify(unread=unread_count, messages=talks, posts=posts))
    answer.set_etag(f"{unread_count}-{talks}-{posts}", weak=True)
    return answer.make_conditional(request)


def wanted_thread() -> int | None:
    given = request.args.get("diskussion", "")
    return web.given_id(given) if given else None
