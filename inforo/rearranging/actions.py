"""Moving posts between threads, and moving them back. Nothing here commits."""

from inforo import audit
from inforo.accounts.models import Account
from inforo.approvals.actions import move_held
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.discussions.actions import count_posts, unmark_answer
from inforo.discussions.models import Post, Thread
from inforo.discussions.moderating import decision_path, record
from inforo.discussions.queries import lock_thread
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _, _l, written
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.actions import close_item
from inforo.offices.models import WorkKind
from inforo.rearranging import following, policy, queries
from inforo.rearranging.models import Kind, MovedPost, Rearrangement
from inforo.reports.actions import move_reports

LOGGED = {Kind.MOVE: "move_posts", Kind.SPLIT: "split_thread", Kind.MERGE: "merge_thread"}


class PostsGone(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Einer der Beiträge wurde inzwischen verschoben. Es wurde nichts geändert.")
        )


def split(actor: Actor, source: Thread, ids: list[int], title: str, reason: str) -> Thread:
    """Make a thread of its own from some answers; the oldest becomes its question."""
    posts = chosen_posts(actor, source, ids)
    first = posts[0]
    target = Thread(
        group=source.group,
        title=title,
        author_id=first.author_id,
        relayed_by_id=first.relayed_by_id,
        state_code=source.state_code,
        programme_key=source.programme_key,
        created_at=first.created_at,
        last_post_at=first.created_at,
    )
    session.add(target)
    session.flush()
    carry_out(actor, Kind.SPLIT, source, target, posts, reason)
    return target


def move(actor: Actor, source: Thread, target: Thread, ids: list[int], reason: str) -> None:
    """Move some answers into another thread, behind what is there."""
    queries.lock(source, target)
    require_target(actor, source, target)
    carry_out(actor, Kind.MOVE, source, target, chosen_posts(actor, source, ids), reason)


def merge(actor: Actor, source: Thread, target: Thread, reason: str) -> None:
    """Move all of a thread into another; its addresses lead there from now on."""
    queries.lock(source, target)
    require_target(actor, source, target)
    done = carry_out(actor, Kind.MERGE, source, target, queries.posts_of(source), reason)
    done.was_hidden = source.is_hidden
    close_item(actor, WorkKind.QUESTION, source, _l("zusammengelegt"))
    lead_on(source, target)


def require_target(actor: Actor, source: Thread, target: Thread) -> None:
    """Ask both threads as they are now, not as they were when the page was opened."""
    if not policy.may_rearrange(actor, source) or not policy.may_receive(actor, source, target):
        raise Forbidden(_("In diese Diskussion können Sie nichts verschieben."))


def chosen_posts(actor: Actor, source: Thread, ids: list[int]) -> list[Post]:
    """Return the chosen answers, locked in their thread; the question stays."""
    queries.lock(source)
    posts = queries.posts_of(source, ids)
    if not policy.may_rearrange(actor, source):
        raise Forbidden
    if len(posts) != len(set(ids)) or any(post.number == 1 for post in posts) or not posts:
        raise PostsGone
    return posts


def carry_out(  # noqa: PLR0913 (what such a decision consists of)
    actor: Actor, kind: Kind, source: Thread, target: Thread, posts: list[Post], reason: str
) -> Rearrangement:
    done = Rearrangement(
        kind=kind,
        source=source,
        target=target,
        actor_id=actor.account_id,
        reason=reason,
        answer_post_id=source.answer_post_id,
    )
    session.add(done)
    session.flush()
    if source.answer_post_id in {post.id for post in posts}:
        unmark_answer(actor, source)
    moved = carry(posts, source, target, done)
    session.add_all(moved)
    if kind is Kind.SPLIT:
        following.read_along(source, target, [entry.number for entry in moved])
    done.followers = following.follow_along(source, target)
    settle(source, target)
    record(actor, LOGGED[kind], source, reason)
    record(actor, LOGGED[kind], target, reason)
    tell_authors(actor, kind, posts, reason)
    return done


def carry(
    posts: list[Post], source: Thread, target: Thread, done: Rearrangement
) -> list[MovedPost]:
    """Give the posts the next numbers of the target; leave place holders if some posts stay."""
    number = lock_thread(target)
    moved = [
        MovedPost(rearrangement_id=done.id, post=post, number=post.number) for post in posts
    ]
    for offset, post in enumerate(posts):
        post.thread, post.number = target, number + offset
    session.flush()
    if done.kind is not Kind.MERGE:
        for entry in moved:
            entry.holder = hold_place(source, entry.number, entry.post)
    return moved


def hold_place(thread: Thread, number: int, post: Post) -> Post:
    """Leave a place holder where a post was, without its words and without its author."""
    holder = Post(
        thread=thread,
        number=number,
        body="",
        body_html="",
        created_at=post.created_at,
        deleted_at=now(),
        moved_to_id=post.id,
    )
    session.add(holder)
    return holder


def lead_on(source: Thread, target: Thread) -> None:
    """Let the addresses of an emptied thread lead to another; it is in no list any more."""
    source.merged_into_id = target.id
    source.hidden_at = source.hidden_at or now()
    source.hidden_reason = source.hidden_reason or written(_l("Zusammengelegt"))
    move_held(source.id, target.id, target.group, target.scope)


def settle(*threads: Thread) -> None:
    """Count anew, and let open reports follow their posts."""
    session.flush()
    for thread in threads:
        count_posts(thread)
        move_reports(thread)


def tell_authors(actor: Actor, kind: Kind, posts: list[Post], reason: str) -> None:
    """Tell each author once where the posts are now, and why.

    Posts that left their thread are a decision about them, which their author may contradict.
    """
    authors: dict[int, tuple[Account, Post]] = {}
    for post in posts:
        if post.author is not None and not actor.is_me(post.author_id):
            authors.setdefault(post.author.id, (post.author, post))
    for author, post in authors.values():
        url = f"/beitraege/{post.id}"
        if kind is not Kind.MERGE:
            record(actor, "move_post", post, reason)
            url = decision_path(post)
        tell(actor, author, post, url, reason)


def tell(actor: Actor, author: Account, post: Post, url: str, reason: str) -> None:
    target = post.thread
    notify(
        author,
        Event.MODERATION,
        key=f"rearranged:{post.id}:{now().timestamp():.3f}",
        title=_l("Beiträge von Ihnen wurden verschoben: %(title)s", title=target.title),
        url=url,
        text=_l("Begründung: %(reason)s", reason=reason),
        subject=audit.subject_of(target),
        actor=actor,
    )


# Taking it back


def undo(actor: Actor, done: Rearrangement) -> None:
    """Move everything back to where it was; what was written meanwhile goes or stays with it.

    New posts in a thread that was split off follow the others; those in a thread others were
    moved into stay there. Place holders keep the numbers of what was written after them.
    """
    source, target = done.source, done.target
    queries.lock(source, target)
    if not policy.may_undo(actor, done):
        raise DomainError(_("Das lässt sich nicht mehr zurücknehmen."))
    put_back(done, source, target)
    if done.kind is Kind.SPLIT:
        empty_into(target, source)
    if done.kind is Kind.MERGE:
        source.merged_into_id = None
        if not done.was_hidden:
            source.hidden_at, source.hidden_reason = None, ""
    if source.answer_post_id is None and done.answer_post_id is not None:
        source.answer_post_id, source.answered_at = done.answer_post_id, now()
    following.unfollow(target, done.followers)
    done.undone_at, done.undone_by_id = now(), actor.account_id
    settle(source, target)
    record(actor, "undo_rearranging", source, done.reason)
    record(actor, "undo_rearranging", target, done.reason)


def put_back(done: Rearrangement, source: Thread, target: Thread) -> None:
    """Give posts that are still in the target their old numbers."""
    entries = queries.moved_by(done)
    moved = [entry for entry in entries if entry.post.thread_id == target.id]
    if done.kind is Kind.MERGE and len(moved) < len(entries):
        raise PostsGone
    back = {entry.post_id for entry in moved}
    rest = [post.number for post in queries.posts_of(target) if post.id not in back]
    left = [(entry.post, entry.post.number) for entry in moved]
    for entry in moved:
        if entry.holder is not None:
            holder, entry.holder = entry.holder, None
            session.delete(holder)
    session.flush()
    for entry in moved:
        entry.post.thread, entry.post.number = source, entry.number
    session.flush()
    for post, number in left:
        if number < max(rest, default=0):
            hold_place(target, number, post)


def empty_into(target: Thread, source: Thread) -> None:
    """Let what was written in a thread that was split off follow the rest."""
    number = lock_thread(source)
    session.flush()
    later = [post for post in queries.posts_of(target) if post.moved_to_id is None]
    for offset, post in enumerate(later):
        post.thread, post.number = source, number + offset
    lead_on(target, source)
