"""Every SELECT for the worker: what is to be sent, reminded of, ended and compiled."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from inforo.clock import now, today
from inforo.config import settings
from inforo.db import session
from inforo.enquiries.models import (
    Enquiry,
    EnquiryAnswer,
    EnquiryInvitation,
)
from inforo.enquiries.queries import MONTH, WITH_ALL, is_running
from inforo.enquiries.states import Outcome
from inforo.municipalities.models import Municipality, State


def lock_enquiry(enquiry_id: int) -> Enquiry | None:
    """Return an enquiry as it is now, and let nobody change it until the commit."""
    return session.scalar(
        select(Enquiry)
        .where(Enquiry.id == enquiry_id)
        .options(*WITH_ALL)
        .with_for_update(of=Enquiry)
        .execution_options(populate_existing=True)
    )


def last_asked(enquiry: Enquiry) -> str:
    """Return the key up to which municipalities were asked already, empty at the start."""
    statement = select(func.max(EnquiryInvitation.ags)).where(
        EnquiryInvitation.enquiry_id == enquiry.id
    )
    return session.scalar(statement) or ""


def asked_often(keys: Sequence[str]) -> set[str]:
    """Return those that got as many enquiries in a month as the platform allows."""
    statement = (
        select(EnquiryInvitation.ags)
        .where(
            EnquiryInvitation.ags.in_(keys),
            EnquiryInvitation.outcome == Outcome.SENT,
            EnquiryInvitation.created_at > now() - MONTH,
        )
        .group_by(EnquiryInvitation.ags)
        .having(func.count(EnquiryInvitation.id) >= settings.enquiries_per_month)
    )
    return set(session.scalars(statement))


def unsent_ids() -> list[int]:
    """Return the enquiries whose mails are not all written."""
    statement = select(Enquiry.id).where(is_running(), Enquiry.sent_at.is_(None))
    return list(session.scalars(statement.order_by(Enquiry.id)))


def ending_until(day: Any) -> list[int]:
    """Return running enquiries that end until a day and nobody was reminded of."""
    statement = select(Enquiry.id).where(
        is_running(),
        Enquiry.sent_at.is_not(None),
        Enquiry.reminded_at.is_(None),
        Enquiry.ends_on <= day,
    )
    return list(session.scalars(statement.order_by(Enquiry.id)))


def unreminded(enquiry: Enquiry, limit: int) -> list[EnquiryInvitation]:
    """Return who got the mail, has not answered and was not reminded."""
    answered = exists().where(
        EnquiryAnswer.invitation_id == EnquiryInvitation.id,
        EnquiryAnswer.submitted_at.is_not(None),
    )
    statement = (
        select(EnquiryInvitation)
        .where(
            EnquiryInvitation.enquiry_id == enquiry.id,
            EnquiryInvitation.outcome == Outcome.SENT,
            EnquiryInvitation.reminded_at.is_(None),
            ~answered,
        )
        .options(
            joinedload(EnquiryInvitation.account), joinedload(EnquiryInvitation.municipality)
        )
        .order_by(EnquiryInvitation.ags)
        .limit(limit)
    )
    return list(session.scalars(statement))


def asked_people(enquiry: Enquiry, after: int, limit: int) -> list[EnquiryInvitation]:
    """Return the next of those who got the mail."""
    statement = (
        select(EnquiryInvitation)
        .where(
            EnquiryInvitation.enquiry_id == enquiry.id,
            EnquiryInvitation.outcome == Outcome.SENT,
            EnquiryInvitation.id > after,
        )
        .options(joinedload(EnquiryInvitation.account))
        .order_by(EnquiryInvitation.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def over_ids() -> list[int]:
    """Return ended enquiries whose result nobody was told of."""
    statement = select(Enquiry.id).where(
        Enquiry.approved_at.is_not(None),
        Enquiry.withdrawn_at.is_(None),
        Enquiry.announced_at.is_(None),
        or_(Enquiry.closed_at.is_not(None), Enquiry.ends_on < today()),
    )
    return list(session.scalars(statement.order_by(Enquiry.id)))


def answers_with_places(enquiry: Enquiry) -> Sequence[Any]:
    """Return every answer that counts with the municipality it is of, by name."""
    statement = (
        select(
            EnquiryAnswer.values.label("given"),
            Municipality.ags,
            Municipality.display_name,
            State.name.label("state"),
            Municipality.kind,
            Municipality.size_class,
        )
        .join(EnquiryInvitation, EnquiryInvitation.id == EnquiryAnswer.invitation_id)
        .join(Municipality, Municipality.ags == EnquiryInvitation.ags)
        .join(State, State.code == Municipality.state_code)
        .where(EnquiryAnswer.enquiry_id == enquiry.id, EnquiryAnswer.submitted_at.is_not(None))
        .order_by(Municipality.name_key, Municipality.ags)
    )
    return session.execute(statement).all()


def invitees(enquiry: Enquiry, after: int, limit: int) -> list[EnquiryInvitation]:
    """Return the next invitations whose answer counts, to tell of the result."""
    answered = exists().where(
        EnquiryAnswer.invitation_id == EnquiryInvitation.id,
        EnquiryAnswer.submitted_at.is_not(None),
    )
    statement = (
        select(EnquiryInvitation)
        .where(
            EnquiryInvitation.enquiry_id == enquiry.id, EnquiryInvitation.id > after, answered
        )
        .options(joinedload(EnquiryInvitation.account))
        .order_by(EnquiryInvitation.id)
        .limit(limit)
    )
    return list(session.scalars(statement))
