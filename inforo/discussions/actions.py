"""Every write on threads and posts. Nothing here commits; the caller does."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update

from inforo import audit, text, versions
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.discussions import mentioning, policy, queries
from inforo.discussions.jobs import tell_answered, tell_followers, tell_newly_mentioned
from inforo.discussions.models import Post, Thread
from inforo.errors import DomainError
from inforo.groups.models import Group
from inforo.i18n import _, _l, written
from inforo.offices.actions import close_item
from inforo.offices.models import CoordinationOffice, WorkKind
from inforo.positions import actions as positions
from inforo.positions import queries as positions_read
from inforo.uploads import actions as uploads
from inforo.uploads.actions import NO_CHANGE, Change
from inforo.uploads.queries import descriptions
from inforo.vocabularies.queries import terms_by_key
from inforo.watching import actions as watching
from inforo.watching.models import Level, Target

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
    files = values.get("files") or ()
    add_post(actor, thread, values["body"], 1, quiet=bool(values.get("quiet")), files=files)
    return thread


def relay_question(
    actor: Actor, office: CoordinationOffice, group: Group, values: dict[str, Any]
) -> Post:
    """Ask for somebody the office does not name: no row of it leads to a person."""
    scope = queries.scope_in(group, actor.state_code)
    thread = Thread(
        group=group,
        title=values["title"],
        relayed_by_id=office.id,
        state_code=scope.state_code,
        programme_key=scope.programme_key,
    )
    session.add(thread)
    return add_post(actor, thread, values["body"], 1, office=office)


def relay_reply(actor: Actor, office: CoordinationOffice, thread: Thread, body: str) -> Post:
    """Add what who asked has to say; the question stays as open as it was."""
    number = queries.lock_thread(thread)
    session.refresh(thread, ["locked_at", "hidden_at"])
    if not policy.may_reply(actor, thread):
        raise ThreadLocked
    return add_post(actor, thread, body, number, office=office)


def name_author(posts: Sequence[Post], author_id: int | None) -> None:
    """Put a name on words an office has passed on; that cannot be taken back."""
    for post in posts:
        post.author_id, post.relayed_by_id = author_id, None
        if post.number == 1:
            post.thread.author_id, post.thread.relayed_by_id = author_id, None
    session.flush()
    for thread in {post.thread_id: post.thread for post in posts}.values():
        count_posts(thread)


def tag(thread: Thread, values: dict[str, Any]) -> None:
    """Set topics, places and examples from their keys; unknown ones are left out."""
    thread.terms = terms_by_key(TOPICS, values.get("terms") or [])
    thread.municipalities = queries.municipalities(values.get("municipalities") or [])
    thread.examples = queries.examples_by_id(values.get("examples") or [])


def reply(  # noqa: PLR0913 (what an answer consists of)
    actor: Actor,
    thread: Thread,
    body: str,
    *,
    quiet: bool = False,
    on_behalf: bool = False,
    files: Sequence[int] = (),
) -> Post:
    """Add a post; the number is given while nobody else can add one. `quiet`: tell nobody."""
    number = queries.lock_thread(thread)
    session.refresh(thread, ["locked_at", "hidden_at"])
    if not policy.may_reply(actor, thread):
        raise ThreadLocked
    post = add_post(actor, thread, body, number, quiet=quiet, files=files)
    post.on_behalf_of_ags = actor.municipality_ags if on_behalf else None
    if not actor.is_me(thread.author_id):
        close_item(actor, WorkKind.QUESTION, thread, _l("beantwortet"))
    return post


def add_post(  # noqa: PLR0913 (what a post consists of)
    actor: Actor,
    thread: Thread,
    body: str,
    number: int,
    *,
    quiet: bool = False,
    files: Sequence[int] = (),
    office: CoordinationOffice | None = None,
) -> Post:
    author_id = actor.account_id if office is None else None
    post = Post(
        thread=thread,
        number=number,
        author_id=author_id,
        relayed_by=office,
        body=body,
        body_html=rendered(author_id, body, thread.group),
    )
    session.add(post)
    session.flush()
    uploads.attach(actor.account_id, post.id, thread.group_id, files, body)
    count_posts(thread)
    note_own(actor, thread, number)
    if quiet and policy.may_publish_quietly(actor):
        audit.record(actor, "publish_quietly", post)
    else:
        tell_followers.later(post_id=post.id)
    return post


def note_own(actor: Actor, thread: Thread, number: int) -> None:
    """Follow what one asked or, if wanted, answered; one's own words are nothing new."""
    if number == 1:
        watching.choose_unless_chosen(actor, Target.THREAD, thread.id, Level.FOLLOW)
    else:
        watching.follow_by_answering(actor, thread.id)
    if positions_read.number_read(actor, thread.id) == number - 1:
        positions.read_up_to(actor, thread.id, number)


def rendered(author_id: int | None, body: str, group: Group) -> str:
    """Return the HTML of a text, with the names of its readers and their groups as links."""
    names = text.mentions(body)
    html = text.render_markdown(body)
    refuse_excess(_("Erwähnungen"), len(names), settings.limit_mentions)
    refuse_excess(_("Links"), html.count("<a "), settings.limit_links)
    html = with_descriptions(author_id, html)
    found = mentioning.find(author_id, names, group)
    refuse_excess(
        _("erwähnte Personen"),
        mentioning.count_told(author_id, found, group),
        settings.limit_mentioned_people,
    )
    return text.link_mentions(html, found.address_of)


def with_descriptions(author_id: int | None, html: str) -> str:
    """Let pictures in a text say what they show, as its author noted it with their files.

    Only their own: the words about a file of somebody else are no less protected than it.
    """
    wanted = text.undescribed_files(html)
    if not wanted:
        return html
    return text.describe_files(html, descriptions(author_id, wanted))


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


def edit_post(actor: Actor, post: Post, body: str, files: Change = NO_CHANGE) -> None:
    """Change words and files; the history keeps the first version and each later one."""
    before = uploads.names_of(post.id)
    has_other_files = uploads.change(actor, post.id, post.thread.group_id, files, body)
    html = rendered(post.author_id, body, post.thread.group)
    if body == post.body and not has_other_files:
        return
    if not versions.latest_number(post):
        keep_original(post, before)
    post.body, post.body_html = body, html
    post.renderer, post.edited_at = text.RENDERER, now()
    versions.record(actor, post, {"body": body, "files": uploads.names_of(post.id)})
    tell_newly_mentioned.later(post_id=post.id)


def keep_original(post: Post, files: list[str]) -> None:
    """Begin the history of a post with what was written first."""
    session.add(
        versions.Version(
            subject=subject_of(post),
            number=1,
            author_id=post.author_id,
            fields={"body": post.body, "files": files},
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
    if thread.outcome_post_id == post.id:
        thread.forget_outcome()
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
    thread.answer_marked_by_id = actor.account_id
    log_marking(actor, "mark_answer", thread)
    tell_answered.later(thread_id=thread.id, post_id=post.id, actor_id=actor.account_id)
    close_item(actor, WorkKind.QUESTION, thread, _l("beantwortet"))


def unmark_answer(actor: Actor, thread: Thread) -> None:
    if thread.answer_post_id is not None:
        log_marking(actor, "unmark_answer", thread)
    thread.answer_post_id = thread.answered_at = thread.answer_marked_by_id = None


def log_marking(actor: Actor, action: str, thread: Thread) -> None:
    """Log what moderators decide instead of the person who asked, known here or not."""
    if actor.is_signed_in and not actor.is_me(thread.author_id):
        title = "" if thread.group.is_protected else thread.title
        audit.record(actor, action, thread, title=title)
