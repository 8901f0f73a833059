"""The first posts of new members: who must wait, and what approval makes of them.

Somebody is new until two of their posts are published, or for a year at most. Staff, profile
editors and managers of the group are known already. In protected groups nothing waits: whoever
is in there was let in by its managers, and offices do not read along.
"""

from typing import Any

from inforo.accounts.models import Account
from inforo.approvals.actions import hold
from inforo.approvals.models import HeldKind, HeldPost
from inforo.approvals.publishing import publishes
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.discussions import policy, queries
from inforo.discussions.actions import ThreadLocked, rendered, reply, start_thread
from inforo.discussions.models import Thread
from inforo.errors import DomainError
from inforo.groups.models import Group
from inforo.i18n import _
from inforo.uploads import actions as uploads


def must_wait(actor: Actor, group: Group) -> bool:
    """Tell whether what this person writes in this group waits for approval."""
    if not group.holds_first_posts or group.is_protected or actor.grants:
        return False
    if group.id in actor.managed_group_ids or not is_new(actor):
        return False
    return (
        queries.count_published(actor.account_id, settings.first_posts) < settings.first_posts
    )


def is_new(actor: Actor) -> bool:
    account = session.get(Account, actor.account_id)
    age = now() - (account.approved_at or now()) if account else None
    return age is not None and age.days < settings.first_posts_days


def hold_question(actor: Actor, group: Group, values: dict[str, Any]) -> HeldPost:
    rendered(actor.account_id, values["body"], group)  # refuses what is too much for one post
    held = hold(
        actor,
        HeldKind.QUESTION,
        group,
        scope=queries.scope_in(group, actor.state_code),
        title=values["title"],
        values=values,
    )
    return with_files(held)


def hold_answer(actor: Actor, thread: Thread, values: dict[str, Any]) -> HeldPost:
    rendered(actor.account_id, values["body"], thread.group)
    held = hold(
        actor,
        HeldKind.ANSWER,
        thread.group,
        scope=thread.scope,
        title=thread.title,
        values=values,
        thread_id=thread.id,
    )
    return with_files(held)


def with_files(held: HeldPost) -> HeldPost:
    """Let its files wait with a post; they belong to it once it is published."""
    uploads.hold(held.author_id, held.id, held.values.get("files") or (), held.body)
    return held


@publishes(HeldKind.QUESTION)
def publish_question(author: Actor, held: HeldPost) -> str:
    if not policy.may_ask_in(author, held.group):
        raise DomainError(_("In dieser Gruppe kann die Person nicht mehr schreiben."))
    return start_thread(author, held.group, held.values | {"body": held.body}).path


@publishes(HeldKind.ANSWER)
def publish_answer(author: Actor, held: HeldPost) -> str:
    thread = session.get(Thread, held.thread_id)
    if thread is None or not policy.may_view(author, thread):
        raise ThreadLocked
    return reply(author, thread, **(held.values | {"body": held.body})).path
