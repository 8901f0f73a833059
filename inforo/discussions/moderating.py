"""What happens to words that moderators judge: the author is told, the log knows.

The posts themselves; threads are moderated in `oversight`, reports decided in `reports`.
"""

from typing import Any

from sqlalchemy import func, select

from inforo import audit, versions
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.discussions.actions import count_posts, unmark_answer
from inforo.discussions.actions import edit_post as change_words
from inforo.discussions.models import Post, Thread
from inforo.i18n import _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.uploads import actions as uploads
from inforo.uploads.actions import NO_CHANGE, Change


def hide_post(actor: Actor, post: Post, reason: str) -> None:
    """Put a place holder in the place of the words; author and moderators still read them."""
    if post.hidden_at is not None:
        return
    post.hidden_at, post.hidden_by_id, post.hidden_reason = now(), actor.account_id, reason
    if post.thread.answer_post_id == post.id:
        unmark_answer(actor, post.thread)
    if post.thread.outcome_post_id == post.id:
        post.thread.forget_outcome()
    session.flush()
    count_posts(post.thread)
    record(actor, "hide", post, reason)
    tell_author(actor, post, _l("Ihr Beitrag wurde verborgen"), reason)


def restore_post(actor: Actor, post: Post, reason: str) -> None:
    if post.hidden_at is None:
        return
    post.hidden_at = post.hidden_by_id = None
    post.hidden_reason = ""
    session.flush()
    count_posts(post.thread)
    record(actor, "restore", post, reason)
    tell_author(actor, post, _l("Ihr Beitrag ist wieder sichtbar"), reason)


def edit_post(
    actor: Actor, post: Post, body: str, reason: str, files: Change = NO_CHANGE
) -> None:
    """Change somebody's words; the post says so, and why. The history is cut off there."""
    began = now()  # what is removed with these words comes back with the old ones
    change_words(actor, post, body, files)
    post.moderated_at, post.moderated_reason = began, reason
    record(actor, "edit_marked", post, reason)
    tell_author(actor, post, _l("Ihr Beitrag wurde von der Moderation bearbeitet"), reason)


def take_back_edit(actor: Actor, post: Post, reason: str) -> None:
    """Give a post its own words again, as they were before moderators changed them."""
    if post.moderated_at is None:
        return
    before = next(
        entry
        for entry in versions.history(post)
        if entry.author_id == post.author_id and entry.created_at < post.moderated_at
    )
    uploads.bring_back(post.id, post.moderated_at)
    change_words(actor, post, before.fields["body"])
    post.moderated_at, post.moderated_reason = None, ""
    record(actor, "restore", post, reason)
    tell_author(actor, post, _l("Ihr Beitrag hat wieder Ihre Worte"), reason)


def record(actor: Actor, action: str, content: Thread | Post, reason: str) -> None:
    """Log the decision; titles of protected groups do not get into the log."""
    thread = content.thread if isinstance(content, Post) else content
    title = "" if thread.group.is_protected else thread.title
    audit.record(actor, action, content, reason, title=title)


def tell_author(actor: Actor, content: Thread | Post, title: Any, reason: str) -> None:
    """Tell the author what was done with their words, and why."""
    if content.author_id is None or actor.is_me(content.author_id):
        return
    author = session.get(Account, content.author_id)
    if author is not None:
        thread = content.thread if isinstance(content, Post) else content
        notify(
            author,
            Event.MODERATION,
            key=f"moderation:{audit.subject_of(content)}:{now().timestamp():.3f}",
            title=f"{title}: {thread.title}",
            url=decision_path(content),
            text=_l("Begründung: %(reason)s", reason=reason),
            subject=audit.subject_of(thread),
            actor=actor,
        )


def decision_path(content: Thread | Post) -> str:
    """Return where the author reads what was decided last, and may object to it."""
    session.flush()
    entry_id = session.scalar(
        select(func.max(audit.LogEntry.id)).where(
            audit.LogEntry.subject == audit.subject_of(content)
        )
    )
    return f"/entscheidungen/{entry_id}"
