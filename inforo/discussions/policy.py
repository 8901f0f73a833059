"""Who may do what in discussions. Pure rules: no request, no database.

A group decides who reads its threads; offices moderate what they can read in their scope,
group managers inside their group.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from inforo.authz import Actor, coordinates_sql
from inforo.clock import now
from inforo.config import settings
from inforo.discussions.models import Post, Thread
from inforo.groups import policy as groups
from inforo.groups.models import Group


def may_view(actor: Actor, thread: Thread) -> bool:
    if not groups.may_read(actor, thread.group):
        return False
    return not thread.is_hidden or actor.is_me(thread.author_id) or oversees(actor, thread)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs on `Thread`. A test keeps the two equal.

    EXISTS lets the newest threads come from their index; IN made SQLite fetch and sort all.
    """
    in_group = select(Group.id).where(Group.id == Thread.group_id, groups.readable_by(actor))
    readable = in_group.correlate(Thread).exists()
    shown: ColumnElement[bool] = Thread.hidden_at.is_(None)
    if actor.is_member:
        shown = or_(shown, Thread.author_id == actor.account_id, overseen_by(actor))
    return and_(readable, shown)


def oversees(actor: Actor, thread: Thread) -> bool:
    return actor.moderates(thread) or thread.group_id in actor.managed_group_ids


def overseen_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `oversees`, for SELECTs on `Thread`."""
    if actor.is_admin:
        return true()
    managed = (
        Thread.group_id.in_(actor.managed_group_ids) if actor.managed_group_ids else false()
    )
    return or_(managed, coordinates_sql(actor, Thread.state_code, Thread.programme_key))


def may_start_thread(actor: Actor, _: object = None) -> bool:
    return actor.is_member and not actor.is_silenced


def may_ask_in(actor: Actor, group: Group) -> bool:
    return groups.may_write(actor, group)


def may_reply(actor: Actor, thread: Thread) -> bool:
    if not groups.may_write(actor, thread.group) or thread.is_hidden:
        return False
    return not thread.is_locked or oversees(actor, thread)


def may_publish_quietly(actor: Actor, _: object = None) -> bool:
    """Write without anybody being told, e.g. to move in old texts; that is logged."""
    return actor.is_staff


def may_follow(actor: Actor, thread: Thread) -> bool:
    return actor.is_member and may_view(actor, thread)


def may_moderate(actor: Actor, thread: Thread) -> bool:
    """Lock, hide, move: the offices of the scope and the managers of the group."""
    return may_view(actor, thread) and oversees(actor, thread)


def may_edit_thread(actor: Actor, thread: Thread) -> bool:
    """Title, topics and links: who asked, as long as nobody closed it, and the moderators."""
    if may_moderate(actor, thread):
        return True
    is_mine = actor.is_me(thread.author_id) and groups.may_write(actor, thread.group)
    return is_mine and not thread.is_locked and not thread.is_hidden


def may_mark_answer(actor: Actor, thread: Thread) -> bool:
    """Say which post answers the question: who asked, and the moderators."""
    is_mine = actor.is_me(thread.author_id) and groups.may_write(actor, thread.group)
    return (is_mine and not thread.is_hidden) or may_moderate(actor, thread)


def may_see_text(actor: Actor, post: Post) -> bool:
    """Tell whether the words are shown, or a place holder."""
    if post.deleted_at is not None:
        return False
    return (
        post.hidden_at is None
        or actor.is_me(post.author_id)
        or may_moderate(actor, post.thread)
    )


def may_edit(actor: Actor, post: Post) -> bool:
    """Only authors change their words, and only where they may still write."""
    thread = post.thread
    return (
        actor.is_me(post.author_id)
        and post.is_visible
        and not thread.is_locked
        and not thread.is_hidden
        and groups.may_write(actor, thread.group)
    )


def may_edit_marked(actor: Actor, post: Post) -> bool:
    """Moderators change words of others; the post says so.

    Not what an office passes on: who asked released exactly these words. It can be hidden.
    """
    is_own = actor.is_me(post.author_id) or post.relayed_by_id is not None
    return post.is_visible and not is_own and may_moderate(actor, post.thread)


def may_delete(actor: Actor, post: Post) -> bool:
    """A place holder stays; a question that was answered stays with its answers."""
    is_free = post.number > 1 or post.thread.post_count == 1
    age = now() - post.created_at
    in_time = age < timedelta(hours=settings.edit_window_hours)
    return is_free and in_time and may_edit(actor, post)


def may_hide(actor: Actor, post: Post) -> bool:
    return post.deleted_at is None and may_moderate(actor, post.thread)
