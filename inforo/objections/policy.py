"""Who may object, and who decides: never the person whose decision it is about."""

from datetime import timedelta

from inforo.audit import LogEntry
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.discussions.models import Post, Thread
from inforo.objections.models import Objection

OBJECTABLE = frozenset({"hide", "lock", "edit_marked", "move_here", "move_post"})
BY_HAND = frozenset({"move_here", "move_post"})  # what whoever upholds it moves back


def may_read_decision(actor: Actor, content: Post | Thread | None) -> bool:
    """Only authors read on a page of their own what was decided about their words."""
    return content is not None and actor.is_me(content.author_id)


def may_object(actor: Actor, entry: LogEntry) -> bool:
    """Tell whether the decision can be contradicted; that it was not yet, the page knows."""
    is_recent = now() - entry.created_at < timedelta(days=settings.objection_days)
    return entry.action in OBJECTABLE and is_recent and not actor.is_me(entry.actor_id)


def waits_for_move(objection: Objection) -> bool:
    """Tell whether what was moved must be moved back by hand."""
    return objection.is_upheld and objection.entry.action in BY_HAND


def may_decide(actor: Actor, objection: Objection) -> bool:
    """The second person: neither who decided first, nor who objects."""
    is_first = actor.is_me(objection.entry.actor_id)
    is_open = objection.decided_at is None
    return is_open and not is_first and not actor.is_me(objection.author_id)
