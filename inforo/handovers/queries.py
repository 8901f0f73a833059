"""Every SELECT on offers to lead a group. Who asks comes first."""

from datetime import timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.groups.models import Group, GroupRole, Membership
from inforo.handovers import policy
from inforo.handovers.models import Handover
from inforo.i18n import _

GIVER, TAKER = aliased(Membership), aliased(Membership)


def standing() -> Select[Handover]:
    """Return what asks for open offers: the giver still leads, the taker still belongs."""
    oldest = now() - timedelta(days=settings.token_invitation_days)
    leads = exists().where(
        GIVER.group_id == Handover.group_id,
        GIVER.account_id == Handover.from_id,
        GIVER.role == GroupRole.MANAGER,
    )
    belongs = exists().where(
        TAKER.group_id == Handover.group_id, TAKER.account_id == Handover.to_id
    )
    return (
        select(Handover)
        .join(Group, Group.id == Handover.group_id)
        .where(Handover.answered_at.is_(None), Handover.created_at > oldest)
        .where(Group.archived_at.is_(None), leads, belongs)
        .options(
            contains_eager(Handover.group),
            joinedload(Handover.giver),
            joinedload(Handover.taker),
        )
        .order_by(Handover.id)
    )


def offered_to(actor: Actor) -> list[Handover]:
    return list(session.scalars(standing().where(Handover.to_id == actor.account_id)))


def offered_in(group: Group) -> list[Handover]:
    return list(session.scalars(standing().where(Handover.group_id == group.id)))


def get_handover(actor: Actor, handover_id: int, *, to_answer: bool = False) -> Handover:
    """Return an open offer to those it concerns; nobody else learns that there is one.

    Locked `to_answer`, so that of two answers at the same moment one comes too late.
    """
    statement = standing().where(Handover.id == handover_id)
    if to_answer:
        statement = statement.with_for_update(of=Handover)
    handover = session.scalar(statement)
    if handover is None or not policy.may_see(actor, handover):
        raise NotFound(_("Dieses Angebot steht nicht mehr."))
    return handover


def find_open(group: Group, account_id: int) -> Handover | None:
    """Return what is offered to somebody, also if it does not stand any more."""
    return session.scalar(
        select(Handover).where(
            Handover.group_id == group.id,
            Handover.to_id == account_id,
            Handover.answered_at.is_(None),
        )
    )
