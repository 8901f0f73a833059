"""Looking up who got which mail leaves a trace."""

from inforo import audit
from inforo.authz import Actor
from inforo.discussions.models import Thread


def look_up(actor: Actor, thread: Thread, reason: str) -> None:
    """Log that somebody of the staff looked at what became of the mails about a thread."""
    title = "" if thread.group.is_protected else thread.title
    audit.record(actor, "look_up_mails", thread, reason, title=title)
