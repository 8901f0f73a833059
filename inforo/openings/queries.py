"""Every SELECT on openings. Who asks comes first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inforo import sessions
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.errors import NotFound
from inforo.groups import queries as groups
from inforo.groups.models import GroupAudience, GroupRole, Membership
from inforo.i18n import _
from inforo.libraries.models import GroupFile
from inforo.openings import policy
from inforo.openings.models import OpenedPost, Opening, OpeningConsent, Thing
from inforo.openings.things import is_about
from inforo.wiki.models import WikiPage

WITH_THING = (
    joinedload(Opening.group),
    joinedload(Opening.page).joinedload(WikiPage.group),
    joinedload(Opening.group_file).joinedload(GroupFile.group),
    joinedload(Opening.thread).joinedload(Thread.group),
)


def get_opening(actor: Actor, opening_id: int) -> tuple[Opening, OpeningConsent | None]:
    """Return an opening, and what the person has said to it as an author."""
    opening = find_opening(opening_id)
    consent = find_consent(opening, actor.account_id) if opening else None
    if opening is None or not policy.may_see(actor, opening, consent):
        raise NotFound
    return opening, consent


def find_opening(opening_id: int) -> Opening | None:
    return session.scalar(select(Opening).where(Opening.id == opening_id).options(*WITH_THING))


def get_opened_thread(actor: Actor, opening_id: int) -> Opening:
    """Return an opening of a thread to whoever may read its copies."""
    opening = find_opening(opening_id)
    if opening is None or not policy.may_read_thread(actor, opening):
        is_open = opening is not None and opening.is_open and opening.thread_id is not None
        for_members = opening is not None and opening.audience is GroupAudience.MEMBERS
        raise groups.refusal(actor, is_open and for_members)
    return opening


def opened_posts(opening: Opening) -> Sequence[Any]:
    """Return the copies nobody took out since they were made."""
    return session.execute(
        select(
            OpenedPost.number,
            OpenedPost.speaker,
            OpenedPost.body_html,
            OpenedPost.written_at,
        )
        .join(Opening, Opening.id == OpenedPost.opening_id)
        .join(Post, Post.id == OpenedPost.post_id)
        .where(Opening.id == opening.id, policy.is_still_shown())
        .order_by(OpenedPost.number)
    ).all()


def current(thing: Thing) -> Opening | None:
    """Return what is proposed or open for a thing now."""
    return session.scalar(
        select(Opening)
        .where(is_about(thing), Opening.ended_at.is_(None))
        .options(*WITH_THING)
        .order_by(Opening.id.desc())
        .limit(1)
    )


def lock(thing: Thing) -> None:
    """Let nobody propose, answer or write here until this transaction ends."""
    model = type(thing)
    session.scalar(select(model.id).where(model.id == thing.id).with_for_update())
    if not isinstance(thing, Thread):
        session.refresh(thing, ["opened_to"])


def find_consent(opening: Opening, account_id: int | None) -> OpeningConsent | None:
    return session.scalar(
        select(OpeningConsent).where(
            OpeningConsent.opening_id == opening.id,
            OpeningConsent.account_id == account_id,
            OpeningConsent.account_id.is_not(None),
        )
    )


def consents(opening: Opening) -> list[OpeningConsent]:
    return list(
        session.scalars(
            select(OpeningConsent)
            .where(OpeningConsent.opening_id == opening.id)
            .options(joinedload(OpeningConsent.account))
            .order_by(OpeningConsent.id)
        )
    )


def get_by_secret(secret: str) -> OpeningConsent:
    """Return what a link from a mail is about; a link of something that is over is none."""
    consent = session.scalar(
        select(OpeningConsent)
        .join(Opening, Opening.id == OpeningConsent.opening_id)
        .where(OpeningConsent.token_hash == sessions.digest(secret), Opening.ended_at.is_(None))
        .options(joinedload(OpeningConsent.account), joinedload(OpeningConsent.opening))
    )
    if consent is None or consent.account is None or not consent.account.is_active:
        raise NotFound(_("Dieser Link gilt nicht (mehr). Vielleicht ist alles schon beendet."))
    return consent


def accounts(ids: Sequence[int]) -> list[Account]:
    return list(
        session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.id))
    )


def managers(opening: Opening) -> list[Account]:
    return list(
        session.scalars(
            select(Account)
            .join(Membership, Membership.account_id == Account.id)
            .where(
                Membership.group_id == opening.group_id,
                Membership.role == GroupRole.MANAGER,
            )
        )
    )


def live_ids(after: int, limit: int) -> list[int]:
    """Return the next openings that wait or are open."""
    statement = select(Opening.id).where(Opening.ended_at.is_(None), Opening.id > after)
    return list(session.scalars(statement.order_by(Opening.id).limit(limit)))


def live_of_author(account_id: int) -> list[Opening]:
    mine = select(OpeningConsent.opening_id).where(OpeningConsent.account_id == account_id)
    return list(
        session.scalars(select(Opening).where(Opening.ended_at.is_(None), Opening.id.in_(mine)))
    )


def waiting_for(actor: Actor) -> Any:
    """Return the condition on `OpeningConsent` and `Opening`: the person has not answered."""
    return (
        (OpeningConsent.account_id == actor.account_id)
        & OpeningConsent.granted_at.is_(None)
        & OpeningConsent.refused_at.is_(None)
        & Opening.ended_at.is_(None)
    )


def count_people() -> int:
    """Return how many members could read what is opened to all members."""
    return (
        session.scalar(
            select(func.count(Account.id)).where(
                Account.approved_at.is_not(None),
                Account.suspended_at.is_(None),
                Account.closed_at.is_(None),
            )
        )
        or 0
    )
