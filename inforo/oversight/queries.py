"""The groups a moderator may choose from."""

from sqlalchemy import select

from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.queries import scope_in
from inforo.groups.models import Group
from inforo.oversight import policy


def move_targets(actor: Actor, thread: Thread) -> list[Group]:
    """Return the groups a moderator may move the thread to."""
    statement = (
        select(Group).where(Group.id != thread.group_id, Group.archived_at.is_(None))
    ).order_by(Group.name_key)
    author_state = thread.author.state_code if thread.author else None
    return [
        group
        for group in session.scalars(statement)
        if policy.may_move_to(actor, thread, group, scope_in(group, author_state))
    ]
