"""Every SELECT on enquiries. Who asks comes first."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, exists, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from inforo.agenda.queries import also, point
from inforo.authz import Actor
from inforo.clock import today
from inforo.config import settings
from inforo.db import session
from inforo.enquiries import policy
from inforo.enquiries.models import (
    Enquiry,
    EnquiryAnswer,
    EnquiryInvitation,
    EnquiryQuestion,
    EnquiryResult,
)
from inforo.enquiries.states import Outcome
from inforo.errors import NotFound
from inforo.municipalities.models import Municipality

WITH_ASKER = (joinedload(Enquiry.author), joinedload(Enquiry.municipality))
WITH_ALL = (*WITH_ASKER, selectinload(Enquiry.questions))
MONTH = timedelta(days=30)


def get_enquiry(actor: Actor, enquiry_id: int, *, to_change: bool = False) -> Enquiry:
    """Return an enquiry this person may see with its questions, locked if `to_change`."""
    statement = select(Enquiry).where(Enquiry.id == enquiry_id, policy.visible_to(actor))
    if to_change:
        statement = statement.with_for_update(of=Enquiry)
        statement = statement.execution_options(populate_existing=True)
    enquiry = session.scalar(statement.options(*WITH_ALL))
    if enquiry is None:
        raise NotFound
    return enquiry


def get_question(enquiry: Enquiry, question_id: int) -> EnquiryQuestion:
    found = next((one for one in enquiry.questions if one.id == question_id), None)
    if found is None:
        raise NotFound
    return found


# Lists ----------------------------------------------------------------------------------


def is_running() -> ColumnElement[bool]:
    return and_(
        Enquiry.approved_at.is_not(None),
        Enquiry.withdrawn_at.is_(None),
        Enquiry.closed_at.is_(None),
        Enquiry.ends_on >= today(),
    )


def paged(statement: Any, page: int) -> Any:
    """Return one page; one row more than it shows."""
    size = settings.page_size
    return statement.limit(size + 1).offset((page - 1) * size)


def asked_of(actor: Actor) -> Any:
    """Select what municipalities the person works for were asked, with their answer."""
    return (
        select(
            Enquiry,
            EnquiryInvitation.id.label("invitation_id"),
            Municipality.display_name.label("place"),
            EnquiryAnswer.saved_at,
            EnquiryAnswer.submitted_at,
        )
        .join(EnquiryInvitation, EnquiryInvitation.enquiry_id == Enquiry.id)
        .join(Municipality, Municipality.ags == EnquiryInvitation.ags)
        .outerjoin(EnquiryAnswer, EnquiryAnswer.invitation_id == EnquiryInvitation.id)
        .where(EnquiryInvitation.ags.in_(policy.places_of(actor)))
        .options(*WITH_ASKER)
    )


def list_open(actor: Actor, page: int) -> Sequence[Any]:
    """Return running enquiries to the person's municipality, the earliest end first."""
    statement = asked_of(actor).where(is_running())
    ordered = statement.order_by(Enquiry.ends_on, Enquiry.id, EnquiryInvitation.id)
    return session.execute(paged(ordered, page)).all()


@also
def open_points(actor: Actor, most: int) -> Any:
    """Select what waits for an answer of the person's municipality, for the agenda."""
    answered = exists().where(
        EnquiryAnswer.invitation_id == EnquiryInvitation.id,
        EnquiryAnswer.submitted_at.is_not(None),
    )
    return (
        point(
            "enquiry",
            EnquiryInvitation.id,
            Enquiry.title,
            literal("", Text),
            Municipality.display_name,
            EnquiryInvitation.created_at,
            Enquiry.ends_on,
        )
        .select_from(EnquiryInvitation)
        .join(Enquiry, Enquiry.id == EnquiryInvitation.enquiry_id)
        .join(Municipality, Municipality.ags == EnquiryInvitation.ags)
        .where(is_running(), EnquiryInvitation.ags.in_(policy.places_of(actor)), ~answered)
        .order_by(Enquiry.ends_on, EnquiryInvitation.id)
        .limit(most)
    )


def list_mine(actor: Actor, page: int, *, archived: bool = False) -> Sequence[Enquiry]:
    kept = Enquiry.archived_at.is_not(None) if archived else Enquiry.archived_at.is_(None)
    statement = (
        select(Enquiry)
        .where(Enquiry.author_id == actor.account_id, kept)
        .options(*WITH_ASKER)
        .order_by(Enquiry.created_at.desc(), Enquiry.id.desc())
    )
    return session.scalars(paged(statement, page)).all()


def list_all(actor: Actor, page: int, *, is_over: bool) -> Sequence[Enquiry]:
    """Return what went out and the person may see: what runs, or what has ended."""
    wanted = policy.result_readable_by(actor) if is_over else is_running()
    statement = (
        select(Enquiry)
        .where(policy.visible_to(actor), Enquiry.approved_at.is_not(None), wanted)
        .options(*WITH_ASKER)
        .order_by(Enquiry.ends_on.desc() if is_over else Enquiry.ends_on, Enquiry.id.desc())
    )
    return session.scalars(paged(statement, page)).all()


def count_open_of(account_id: int | None) -> int:
    """Count the enquiries of a person that wait for approval or run."""
    waits = and_(
        Enquiry.submitted_at.is_not(None),
        Enquiry.approved_at.is_(None),
        Enquiry.returned_at.is_(None),
    )
    statement = select(func.count(Enquiry.id)).where(
        Enquiry.author_id == account_id, or_(waits, is_running())
    )
    return session.scalar(statement) or 0


# Who was asked --------------------------------------------------------------------------


def counts(enquiry: Enquiry) -> tuple[int, int]:
    """Return how many municipalities know of it, and how many have answered."""
    has_answered = exists().where(
        EnquiryAnswer.invitation_id == EnquiryInvitation.id,
        EnquiryAnswer.submitted_at.is_not(None),
    )
    asked = select(func.count(EnquiryInvitation.id)).where(
        EnquiryInvitation.enquiry_id == enquiry.id,
        or_(EnquiryInvitation.outcome == Outcome.SENT, has_answered),
    )
    answered = select(func.count(EnquiryAnswer.invitation_id)).where(
        EnquiryAnswer.enquiry_id == enquiry.id, EnquiryAnswer.submitted_at.is_not(None)
    )
    row = session.execute(select(asked.scalar_subquery(), answered.scalar_subquery())).one()
    return row[0], row[1]


def outcome_counts(enquiry: Enquiry) -> list[tuple[Outcome, int]]:
    statement = (
        select(EnquiryInvitation.outcome, func.count(EnquiryInvitation.id))
        .where(EnquiryInvitation.enquiry_id == enquiry.id)
        .group_by(EnquiryInvitation.outcome)
    )
    found = dict(iter(session.execute(statement)))
    return [(outcome, found.get(outcome, 0)) for outcome in Outcome]


def list_invitations(enquiry: Enquiry, outcome: Outcome | None, page: int) -> Sequence[Any]:
    """Return one page of municipalities with what became of the mail, by name."""
    statement = (
        select(
            Municipality.display_name,
            Municipality.state_code,
            EnquiryInvitation.outcome,
            EnquiryInvitation.reminded_at,
        )
        .join(Municipality, Municipality.ags == EnquiryInvitation.ags)
        .where(EnquiryInvitation.enquiry_id == enquiry.id)
        .order_by(Municipality.name_key, Municipality.ags)
    )
    if outcome is not None:
        statement = statement.where(EnquiryInvitation.outcome == outcome)
    return session.execute(paged(statement, page)).all()


WITH_PLACE = (
    joinedload(EnquiryInvitation.municipality),
    joinedload(EnquiryInvitation.enquiry).options(*WITH_ALL),
)


def own_invitations(actor: Actor, enquiry: Enquiry) -> Sequence[Any]:
    """Return the invitations of municipalities the person works for, with their answers."""
    statement = (
        select(EnquiryInvitation, EnquiryAnswer)
        .outerjoin(EnquiryAnswer, EnquiryAnswer.invitation_id == EnquiryInvitation.id)
        .where(
            EnquiryInvitation.enquiry_id == enquiry.id,
            EnquiryInvitation.ags.in_(policy.places_of(actor)),
        )
        .options(joinedload(EnquiryInvitation.municipality))
        .order_by(EnquiryInvitation.ags)
    )
    return session.execute(statement).all()


def get_invitation(actor: Actor, invitation_id: int) -> EnquiryInvitation:
    """Return the invitation of a municipality the person works for."""
    invitation = session.scalar(
        select(EnquiryInvitation)
        .where(
            EnquiryInvitation.id == invitation_id,
            EnquiryInvitation.ags.in_(policy.places_of(actor)),
        )
        .options(*WITH_PLACE)
    )
    if invitation is None or not actor.is_member:
        raise NotFound
    return invitation


def find_invitation(invitation_id: int) -> EnquiryInvitation | None:
    """Return an invitation for whoever holds its link."""
    return session.scalar(
        select(EnquiryInvitation)
        .where(EnquiryInvitation.id == invitation_id)
        .options(*WITH_PLACE)
    )


def find_answer(
    invitation: EnquiryInvitation, *, to_change: bool = False
) -> EnquiryAnswer | None:
    statement = (
        select(EnquiryAnswer)
        .where(EnquiryAnswer.invitation_id == invitation.id)
        .options(joinedload(EnquiryAnswer.saved_by))
    )
    if to_change:
        statement = statement.with_for_update(of=EnquiryAnswer)
        statement = statement.execution_options(populate_existing=True)
    return session.scalar(statement)


def find_result(enquiry: Enquiry) -> EnquiryResult | None:
    return session.get(EnquiryResult, enquiry.id)


def has_answered(actor: Actor, enquiry: Enquiry) -> bool:
    """Tell whether a municipality the person works for has answered."""
    statement = (
        select(EnquiryAnswer.invitation_id)
        .join(EnquiryInvitation, EnquiryInvitation.id == EnquiryAnswer.invitation_id)
        .where(
            EnquiryAnswer.enquiry_id == enquiry.id,
            EnquiryAnswer.submitted_at.is_not(None),
            EnquiryInvitation.ags.in_(policy.places_of(actor)),
        )
    )
    return session.scalar(statement.limit(1)) is not None
