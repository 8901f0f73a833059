"""How much one person may write to others: little at first, then as much as anybody needs.

New is who came within the last week, and, as with first posts, who has not yet published as
many posts as that takes. Staff, profile editors and other holders of a role are known.
"""

from datetime import timedelta

from inforo import clock, security
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.discussions import holding
from inforo.discussions import queries as discussions

WEEK = timedelta(days=7)


def is_new(actor: Actor) -> bool:
    account = session.get(Account, actor.account_id)
    if account is None or actor.grants:
        return False
    if clock.now() - (account.approved_at or clock.now()) < WEEK:
        return True
    wanted = settings.first_posts
    published = discussions.count_published(actor.account_id, wanted)
    return holding.is_new(actor) and published < wanted


def seconds_to_wait(actor: Actor, *, begins: bool) -> int:
    """Count a message against the limits; return how long to wait, 0 for go on."""
    new, key = is_new(actor), str(actor.account_id)
    if begins:
        limit = settings.limit_conversations_new if new else settings.limit_conversations
        wait = security.take(limit, "conversations", key)
        if wait:
            return wait
    limit = settings.limit_messages_new if new else settings.limit_messages
    return security.take(limit, "messages", key)
