"""Every write on threads and posts. Nothing here commits; the caller does."""

from typing import Any

from flask import url_for
from sqlalchemy import func, select, update

from inforo import text, versions
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.discussions import policy, queries
from inforo.discussions.jobs import tell_followers, tell_newly_mentioned
from inforo.discussions.models import Follow, FollowLevel, Post, Thread
from inforo.errors import DomainError
from inforo.groups.models import Group
from inforo.i18n import _, _l, written
from inforo.offices.actions import close_item
from inforo.offices.models import WorkKind
from inforo.vocabularies.queries import terms_by_key

TOPICS = "field_of_action"


class ThreadLocked(DomainError):
    """Somebody answered a thread while a moderator was closing it."""

    def __init__(self) -> None:
        super().__init__(_("Diese Diskussion wurde inzwischen geschlossen."))


class TooMuchInIt(DomainError):
    """A text names more people or holds more links than one post may."""

    status = 422


def start_thread(actor: Actor, group: Group, values: dict[str, Any]) -> Thread:
    """Ask a question in a group; the author follows it, the group's followers are told."""
    scope = queries.scope_in(group, actor.state_code)
    thread = Thread(
        group=group,
        title=values["title"],
        author_id=actor.account_id,
        state_code=scope.state_code,
        programme_key=scope.programme_key,
        on_behalf_of_ags=actor.municipality_ags if values.get("on_behalf") else None,
        last_post_by_id=actor.account_id,
    )
    tag(thread, values)
    session.add(thread)
    add_post(actor, thread, values["body"], number=1)
    return thread


def tag(thread: Thread, values: dict[str, Any]) -> None:
    """Set topics, places and examples from their keys; unknown ones are left out."""
    thread.terms = terms_by_key(TOPICS, values.get("terms") or [])
    thread.municipalities = queries.municipalities(values.get("municipalities") or [])
    thread.examples = queries.examples_by_id(values.get("examples") or [])


def reply(actor: Actor, thread: Thread, body: str) -> Post:
    """Add a post; the number is given while nobody else can add one."""
    number = queries.lock_thread(thread)
    session.refresh(thread, ["locked_at", "hidden_at"])
    if not policy.may_reply(actor, thread):
        raise ThreadLocked
    post = add_post(actor, thread, body, number)
    if not actor.is_me(thread.author_id):
        close_item(actor, WorkKind.QUESTION, thread, _l("beantwortet"))
    return post


def add_post(actor: Actor, thread: Thread, body: str, number: int) -> Post:
    post = Post(
        thread=thread,
        number=number,
        author_id=actor.account_id,
        body=body,
        body_html=rendered(body, thread.group),
    )
    session.add(post)
    session.flush()
    count_posts(thread)
    if queries.find_follow(thread, actor.account_id) is None:
        set_follow(actor, thread, FollowLevel.FOLLOW)
    tell_followers.later(post_id=post.id)
    return post


def rendered(body: str, group: Group) -> str:
    """Return the HTML of a text, with the names of its readers as links."""
    names = text.mentions(body)
    html = text.render_markdown(body)
    refuse_excess(_("Erwähnungen"), len(names), settings.limit_mentions)
    refuse_excess(_("Links"), html.count("<a "), settings.limit_links)
    known = queries.people_named(names, group)
    return text.link_mentions(
        html,
        lambda name: url_for("people.show", account_id=known[name]) if name in known else None,
    )


def refuse_excess(what: str, count: int, limit: int) -> None:
    if count > limit:
        raise TooMuchInIt(
            _(
                "Der Text enthält %(count)s %(what)s, erlaubt sind %(limit)s.",
                count=count,
                what=what,
                limit=limit,
            )
        )


def count_posts(thread: Thread) -> None:
    """Keep number, time and author of the newest post; the one place that does.

    The thread's version stays: an answer is no conflict for somebody editing the title.
    """
    last = queries.last_visible_post(thread)
    number = select(func.count(Post.id)).where(Post.thread_id == thread.id).scalar_subquery()
    session.execute(
        update(Thread)
        .where(Thread.id == thread.id)
        .values(
            post_count=number,
            last_post_at=last.created_at if last else thread.created_at,
            last_post_by_id=last.author_id if last else thread.author_id,
        )
        .execution_options(synchronize_session=False)
    )
    session.refresh(thread, ["post_count", "last_post_at", "last_post_by_id"])


def set_follow(actor: Actor, thread: Thread, level: FollowLevel | None) -> None:
    """Follow, mute, or neither."""
    follow = queries.find_follow(thread, actor.account_id)
    if follow is not None and level is None:
        session.delete(follow)
    elif follow is not None and level is not None:
        follow.level = level
    elif level is not None:
        session.add(Follow(thread_id=thread.id, account_id=actor.account_id, level=level))


def edit_post(actor: Actor, post: Post, body: str) -> None:
    """Change the words; the history keeps the first version and each later one."""
    html = rendered(body, post.thread.group)
    if body == post.body:
        return
    if not versions.latest_number(post):
        keep_original(post)
    post.body, post.body_html = body, html
    post.renderer, post.edited_at = text.RENDERER, now()
    versions.record(actor, post, {"body": body})
    tell_newly_mentioned.later(post_id=post.id)


def keep_original(post: Post) -> None:
    """Begin the history of a post with what was written first."""
    session.add(
        versions.Version(
            subject=subject_of(post),
            number=1,
            author_id=post.author_id,
            fields={"body": post.body},
            created_at=post.created_at,
        )
    )
    session.flush()


def delete_post(actor: Actor, post: Post) -> None:
    """Take one's words back. A place holder stays; a question without answers goes."""
    thread = post.thread
    post.deleted_at = now()
    if thread.answer_post_id == post.id:
        unmark_answer(actor, thread)
    if post.number == 1:
        thread.hidden_at = now()
        thread.hidden_reason = written(_l("Zurückgezogen von der Person, die gefragt hat."))
        close_item(actor, WorkKind.QUESTION, thread, _l("zurückgezogen"))
    session.flush()
    count_posts(thread)


def edit_thread(actor: Actor, thread: Thread, values: dict[str, Any]) -> None:
    """Change title, topics and links; the history keeps title and topics."""
    if not versions.latest_number(thread):
        versions.record(
            actor, thread, fields_of(thread), written(_l("vor der ersten Änderung"))
        )
        session.flush()
    thread.title = values["title"]
    tag(thread, values)
    versions.record(actor, thread, fields_of(thread))


def fields_of(thread: Thread) -> dict[str, Any]:
    return {
        "title": thread.title,
        "terms": [term.key for term in thread.terms],
        "municipalities": [place.ags for place in thread.municipalities],
        "examples": [example.id for example in thread.examples],
    }


def mark_answer(actor: Actor, thread: Thread, post: Post) -> None:
    """Note which post answers the question."""
    if post.thread_id != thread.id or post.number == 1 or not post.is_visible:
        raise DomainError(_("Dieser Beitrag kann nicht als Antwort gelten."))
    thread.answer_post_id, thread.answered_at = post.id, now()
    close_item(actor, WorkKind.QUESTION, thread, _l("beantwortet"))


def unmark_answer(actor: Actor, thread: Thread) -> None:
    thread.answer_post_id = thread.answered_at = None
