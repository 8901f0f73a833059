"""The groups a moderator may choose from."""

from sqlalchemy import func, select

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.queries import scope_in
from inforo.groups.member_queries import count_all_members
from inforo.groups.models import Group, Membership
from inforo.groups.queries import ACTIVE
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


def count_readers(group: Group) -> int:
    """Return how many people read what is written in a group."""
    if not group.is_protected:
        return count_all_members()
    statement = (
        select(func.count(Account.id))
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.group_id == group.id, *ACTIVE)
    )
    return session.scalar(statement) or 0
