"""Who may propose to open something, answer, and close it again. Pure rules."""

from sqlalchemy import ColumnElement, and_, or_

from inforo.authz import Actor
from inforo.discussions.models import Post, Thread
from inforo.groups import policy as groups
from inforo.groups.models import Group
from inforo.openings.models import Opening, OpeningConsent, Thing


def leads(actor: Actor, group: Group) -> bool:
    return group.id in actor.managed_group_ids and groups.may_read(actor, group)


def may_propose(actor: Actor, thing: Thing) -> bool:
    """Only who leads a protected group; offices may not: they do not read it."""
    is_alive = groups.may_write(actor, thing.group) and thing.group.is_protected
    if isinstance(thing, Thread):
        is_there = not thing.is_hidden and thing.merged_into_id is None
    else:
        is_there = not thing.is_deleted and thing.opened_to is None
    return is_there and is_alive and leads(actor, thing.group)


def may_read_thread(actor: Actor, opening: Opening) -> bool:
    """Read the copies of a thread; what happened to it since then counts."""
    thread = opening.thread
    if thread is None or not opening.is_open or thread.group_id != opening.group_id:
        return False
    is_there = not thread.is_hidden and thread.merged_into_id is None
    reads = groups.is_open_to(actor, opening.audience) or groups.may_read(actor, thread.group)
    return is_there and reads


def is_still_shown() -> ColumnElement[bool]:
    """Return the condition on `OpenedPost`, `Post` and `Opening`: nobody took the post out.

    Its author may have changed it: others read what was agreed. What moderators changed,
    hid or moved, they do not read.
    """
    untouched = or_(Post.moderated_at.is_(None), Post.moderated_at < Opening.created_at)
    return and_(
        Post.hidden_at.is_(None),
        Post.deleted_at.is_(None),
        Post.moved_to_id.is_(None),
        Post.thread_id == Opening.thread_id,
        untouched,
    )


def may_answer(actor: Actor, consent: OpeningConsent) -> bool:
    """Authors, each for themselves, as long as it is not over: also to change their mind."""
    return actor.is_me(consent.account_id) and consent.opening.ended_at is None


def may_see(actor: Actor, opening: Opening, consent: OpeningConsent | None) -> bool:
    return leads(actor, opening.group) or (
        consent is not None and actor.is_me(consent.account_id)
    )


def may_see_as_manager(actor: Actor, opening: Opening) -> bool:
    """Hear by mail how it goes: who leads the group now."""
    return leads(actor, opening.group)


def may_see_names(actor: Actor, opening: Opening) -> bool:
    """Who has agreed, and who has not, is told to those who lead the group."""
    return leads(actor, opening.group)


def may_close(actor: Actor, opening: Opening) -> bool:
    """Take it back at once: who leads the group; the office, once others can read it."""
    if opening.ended_at is not None:
        return False
    return leads(actor, opening.group) or (opening.is_open and actor.moderates(opening.group))
