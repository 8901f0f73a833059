"""The steps from a draft to a published text, and back.

Drafts are nobody's business: the log knows of a text only once it was submitted.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from inforo import audit, versions
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.editorial import policy, queries
from inforo.editorial.models import Attachment, PublicationState, Submission
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event as Occasion
from inforo.offices.actions import close_item, move_item, open_item


def written(value: Any) -> Any:
    """Return a value as the history keeps it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(getattr(value, "value", value) or "")


def snapshot(content: Submission) -> dict[str, Any]:
    """Return what the history keeps of an article or event."""
    return {name: written(getattr(content, name)) for name in content.kept_fields}


def create(actor: Actor, content: Submission, values: Mapping[str, Any]) -> None:
    """Keep a new draft of this person."""
    author = queries.get_account(actor)
    content.author, content.author_place = author, author.place
    fill(content, values)
    session.add(content)
    session.flush()
    versions.record(actor, content, snapshot(content))


def edit(actor: Actor, content: Submission, values: Mapping[str, Any], version: Any) -> None:
    """Save a text; a changed Land takes what waits along to its office."""
    versions.check(content, version)
    before = content.state_code
    fill(content, values)
    if content.state_code != before and not policy.may_move(actor, content):
        raise Forbidden(_("Dieses Land gehört nicht zu Ihrem Zuständigkeitsbereich."))
    content.changed_at = now()
    session.flush()
    versions.record(actor, content, snapshot(content))
    if content.state is not PublicationState.DRAFT:
        audit.record(actor, "edit", content, title=content.title)
        move_item(content.work_kind, content)


def fill(content: Submission, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(content, name, value)


def submit(actor: Actor, content: Submission) -> None:
    """Put a draft into the basket of the office of its Land, or of the editors."""
    content.state, content.submitted_at = PublicationState.SUBMITTED, now()
    content.return_reason = ""
    audit.record(actor, "submit", content, title=content.title)
    open_item(
        content.work_kind,
        content,
        title=content.title,
        url=content.address,
        author_id=content.author_id,
    )


def delete(actor: Actor, content: Submission) -> None:
    """Delete a draft for good, with its files and its history."""
    versions.forget(content)
    session.delete(content)


def check(actor: Actor, content: Submission) -> None:
    """Note that a submission was read and is fine; publishing may follow later."""
    refuse_own(actor, content)
    content.state, content.checked_at = PublicationState.CHECKED, now()
    audit.record(actor, "check", content, title=content.title)


def publish(actor: Actor, content: Submission) -> None:
    """Let everybody read it whom it is for, and tell the author."""
    refuse_own(actor, content)
    content.state, content.published_at = PublicationState.PUBLISHED, now()
    content.checked_at = content.checked_at or now()
    audit.record(actor, "publish", content, title=content.title)
    close_item(actor, content.work_kind, content, _l("veröffentlicht"))
    tell_author(actor, content, _l("Veröffentlicht: %(title)s", title=content.title))


def give_back(actor: Actor, content: Submission, reason: str) -> None:
    """Make it a draft of its author again, with the reason."""
    refuse_own(actor, content)
    content.state, content.return_reason = PublicationState.DRAFT, reason
    content.checked_at = None
    audit.record(actor, "return", content, reason, title=content.title)
    close_item(actor, content.work_kind, content, _l("zurückgegeben"))
    title = _l("Bitte noch einmal ansehen: %(title)s", title=content.title)
    tell_author(actor, content, title, reason)


def archive(actor: Actor, content: Submission) -> None:
    """Take it out of lists, feeds and search; its address stays."""
    content.state, content.archived_at = PublicationState.ARCHIVED, now()
    audit.record(actor, "archive_news", content, title=content.title)


def restore(actor: Actor, content: Submission) -> None:
    content.state, content.archived_at = PublicationState.PUBLISHED, None
    audit.record(actor, "restore", content, title=content.title)


def refuse_own(actor: Actor, content: Submission) -> None:
    reason = policy.conflict(actor, content)
    if reason:
        raise DomainError(str(reason))


def tell_author(actor: Actor, content: Submission, title: Any, text: str = "") -> None:
    if content.author is not None:
        notify(
            content.author,
            Occasion.DECISION,
            key=f"{subject_of(content)}:{content.state.value}:{now().isoformat()}",
            title=title,
            text=text,
            url=content.address,
            subject=subject_of(content),
            actor=actor,
        )


def detach(actor: Actor, content: Any, attached: Attachment) -> None:
    """Take a file away; its content is deleted with the unused ones."""
    content.files.remove(attached)
    content.changed_at = now()
