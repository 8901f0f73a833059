"""Every SELECT on sign-offs. Who asks comes first."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.sessions import digest
from inforo.signoffs.models import Signoff, SignoffLink
from inforo.signoffs.policy import may_view
from inforo.toolbox.models import Example

LONGEST_SECRET = 100


def get_signoff(actor: Actor, number: int, *, to_change: bool = False) -> Signoff:
    """Return one's own text, locked if it is `to_change`."""
    statement = (
        select(Signoff)
        .where(Signoff.id == number)
        .options(joinedload(Signoff.example), joinedload(Signoff.group))
    )
    if to_change:
        statement = statement.with_for_update(of=Signoff)
        statement = statement.execution_options(populate_existing=True)
    signoff = session.scalar(statement)
    if signoff is None or not may_view(actor, signoff):
        raise NotFound
    return signoff


def find_for_example(example: Example) -> Signoff | None:
    return session.scalar(select(Signoff).where(Signoff.example_id == example.id))


def signoffs_of(actor: Actor) -> Sequence[Signoff]:
    """Return one's own texts, the newest first."""
    statement = (
        select(Signoff)
        .where(Signoff.account_id == actor.account_id)
        .options(joinedload(Signoff.example), joinedload(Signoff.group))
        .order_by(Signoff.id.desc())
    )
    return session.scalars(statement).all()


def newest_links(signoffs: Sequence[Signoff]) -> dict[int, SignoffLink]:
    """Return the newest link of each text."""
    statement = (
        select(SignoffLink)
        .where(SignoffLink.signoff_id.in_([signoff.id for signoff in signoffs]))
        .options(joinedload(SignoffLink.signoff).joinedload(Signoff.example))
        .order_by(SignoffLink.id)
    )
    return {link.signoff_id: link for link in session.scalars(statement)}


def links_of(signoff: Signoff) -> Sequence[SignoffLink]:
    """Return the links sent for a text, the newest first."""
    statement = (
        select(SignoffLink)
        .where(SignoffLink.signoff_id == signoff.id)
        .options(joinedload(SignoffLink.signoff).joinedload(Signoff.example))
        .order_by(SignoffLink.id.desc())
    )
    return session.scalars(statement).all()


def get_link(signoff: Signoff, number: int) -> SignoffLink:
    for link in links_of(signoff):
        if link.id == number:
            return link
    raise NotFound


def get_open_link(secret: str) -> SignoffLink:
    """Return what a link opens; locked, so that of two answers one comes too late."""
    statement = (
        select(SignoffLink)
        .where(SignoffLink.token_hash == digest(secret))
        .options(joinedload(SignoffLink.signoff).joinedload(Signoff.account))
        .with_for_update(of=SignoffLink)
    )
    link = session.scalar(statement) if len(secret) <= LONGEST_SECRET else None
    if link is None or not link.is_open or not link.signoff.account.is_approved:
        raise NotFound(
            _(
                "Dieser Link gilt nicht (mehr). Vielleicht haben Sie schon geantwortet, oder "
                "der Text wurde inzwischen geändert. Fragen Sie die Person, die ihn geschickt "
                "hat."
            )
        )
    return link


def waiting_since(moment: datetime, limit: int) -> Sequence[SignoffLink]:
    """Return links nobody has answered that were sent before, and not reminded of."""
    statement = (
        select(SignoffLink)
        .where(
            SignoffLink.created_at < moment,
            SignoffLink.expires_at > now(),
            SignoffLink.reminded_at.is_(None),
            SignoffLink.withdrawn_at.is_(None),
            SignoffLink.approved_at.is_(None),
            SignoffLink.declined_at.is_(None),
            SignoffLink.email != "",
        )
        .options(joinedload(SignoffLink.signoff).joinedload(Signoff.account))
        .order_by(SignoffLink.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def over_before(moment: datetime, limit: int) -> Sequence[SignoffLink]:
    """Return links that were answered or ended before and still hold an address."""
    ended = or_(
        SignoffLink.approved_at < moment,
        SignoffLink.declined_at < moment,
        SignoffLink.withdrawn_at < moment,
        SignoffLink.expires_at < moment,
    )
    statement = select(SignoffLink).where(ended, SignoffLink.email != "")
    return session.scalars(statement.order_by(SignoffLink.id).limit(limit)).all()
