"""Every SELECT on drafts. Who asks comes first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from inforo import clock, sessions
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.drafts import policy
from inforo.drafts.models import Draft
from inforo.errors import NotFound
from inforo.web import IdempotencyKey, given_id

LARGEST_REVISION = 2**31 - 1


def get_draft(actor: Actor, draft_id: int) -> Draft:
    mine = policy.visible_to(actor)
    draft = session.scalar(select(Draft).where(Draft.id == draft_id, mine))
    if draft is None:
        raise NotFound
    return draft


def drafts_for(actor: Actor, target: str) -> list[Draft]:
    """Return what the person typed for a target and did not send, the newest first."""
    statement = (
        select(Draft)
        .where(policy.visible_to(actor), Draft.target == target)
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
    )
    return list(session.scalars(statement))


def list_drafts(actor: Actor, page: int) -> Sequence[Draft]:
    statement = (
        select(Draft)
        .where(policy.visible_to(actor))
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
        .limit(settings.page_size)
        .offset((page - 1) * settings.page_size)
    )
    return session.scalars(statement).all()


def count_drafts(actor: Actor) -> int:
    statement = select(func.count(Draft.id)).where(policy.visible_to(actor))
    return session.scalar(statement) or 0


def find_own(actor: Actor, target: str, writer: str) -> Draft | None:
    """Return the draft of one open page, locked: its saves come one after the other."""
    return session.scalar(
        select(Draft)
        .where(policy.visible_to(actor), Draft.target == target, Draft.writer == writer)
        .with_for_update()
    )


def find_base(actor: Actor, target: str, base: str) -> Draft | None:
    """Return the draft a page began with, unless somebody saved it since."""
    draft_id, revision = map(given_id, base.partition(":")[::2])
    if draft_id is None or revision is None or revision > LARGEST_REVISION:
        return None
    return session.scalar(
        select(Draft)
        .where(
            policy.visible_to(actor),
            Draft.id == draft_id,
            Draft.revision == revision,
            Draft.target == target,
        )
        .with_for_update()
    )


def find_waiting(secret: str) -> Draft | None:
    """Return the draft that waits for its owner to sign in, from the key of the browser."""
    since = clock.now() - timedelta(hours=settings.waiting_form_hours)
    return session.scalar(
        select(Draft).where(
            Draft.key_hash == sessions.digest(secret),
            Draft.send_to != "",
            Draft.saved_at > since,
        )
    )


def is_carried_out(actor: Actor, key: str) -> bool:
    """Tell whether a create form with this key was carried out: its draft came too late."""
    known = select(IdempotencyKey.key).where(
        IdempotencyKey.key == key[:64], IdempotencyKey.account_id == actor.account_id
    )
    return bool(key) and session.scalar(known) is not None


def ending_before(moment: datetime, limit: int) -> list[tuple[Draft, Account]]:
    """Return drafts not touched since, whose owner was not told yet that they end."""
    statement = (
        select(Draft, Account)
        .join(Account, Account.id == Draft.account_id)
        .where(Draft.saved_at < moment, Draft.warned_at.is_(None))
        .order_by(Draft.account_id, Draft.id)
        .limit(limit)
    )
    return [(draft, account) for draft, account in session.execute(statement)]
