"""Every write on drafts. Nothing here commits; the caller does."""

import secrets
from dataclasses import dataclass, field

from inforo import clock, sessions
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.drafts import queries
from inforo.drafts.models import Draft
from inforo.errors import DomainError
from inforo.i18n import _

LARGEST = 200_000  # characters of one draft; a text has at most a tenth of it


class TooMuchToKeep(DomainError):
    """More drafts, or a longer one, than the platform keeps for one person."""

    status = 422


@dataclass(frozen=True)
class Typed:
    """A form as it was typed: what it is for, where it stands, which page sent it."""

    target: str
    writer: str
    path: str
    base: str = ""
    label: str = ""
    number: int = 0
    fields: dict[str, list[str]] = field(default_factory=dict)


def save(actor: Actor, typed: Typed) -> Draft:
    """Keep what was typed: in the row of this page, in the one it began with, or a new one."""
    if sum(len(text) for values in typed.fields.values() for text in values) > LARGEST:
        raise TooMuchToKeep(_("Dieser Text ist zu lang für einen Entwurf."))
    draft = queries.find_own(actor, typed.target, typed.writer)
    if draft is not None and typed.number and typed.number <= draft.number:
        return draft
    draft = draft or queries.find_base(actor, typed.target, typed.base) or begin(actor, typed)
    draft.writer, draft.number = typed.writer, typed.number
    draft.fields, draft.label, draft.path = typed.fields, typed.label, typed.path
    draft.saved_at, draft.warned_at = clock.now(), None
    draft.revision += 1
    session.flush()
    return draft


def begin(actor: Actor, typed: Typed) -> Draft:
    if queries.count_drafts(actor) >= settings.drafts_per_account:
        raise TooMuchToKeep(
            _(
                "Sie haben schon %(count)s Entwürfe. Bitte löschen Sie unter „Entwürfe“ "
                "welche, die Sie nicht mehr brauchen.",
                count=settings.drafts_per_account,
            )
        )
    draft = Draft(
        account_id=actor.account_id,
        target=typed.target,
        writer=typed.writer,
        path=typed.path,
        revision=0,
    )
    session.add(draft)
    return draft


def wait_for_owner(actor: Actor, typed: Typed, send_to: str) -> tuple[Draft, str]:
    """Keep a form that came too late for its session; return the key that releases it."""
    draft, secret = save(actor, typed), secrets.token_urlsafe(32)
    draft.send_to, draft.key_hash = send_to, sessions.digest(secret)
    return draft, secret


def stop_waiting(draft: Draft) -> None:
    """Let a form be an ordinary draft again: it was sent once, whatever came of it."""
    draft.send_to, draft.key_hash = "", None


def forget_sent(actor: Actor, target: str, writer: str, base: str) -> None:
    """Delete the draft of a page whose form was carried out; those of other pages stay."""
    for draft in (
        queries.find_own(actor, target, writer),
        queries.find_base(actor, target, base),
    ):
        if draft is not None:
            session.delete(draft)
    session.flush()


def discard(draft: Draft) -> None:
    session.delete(draft)
