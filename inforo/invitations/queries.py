"""Every SELECT on invitations. Who asks comes first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.invitations import policy
from inforo.invitations.models import Invitation
from inforo.people.queries import actor_of


def invitations_of(actor: Actor) -> list[Invitation]:
    """Return what somebody sent, the newest first."""
    statement = (
        select(Invitation)
        .where(Invitation.invited_by_id == actor.account_id)
        .options(joinedload(Invitation.municipality), joinedload(Invitation.token))
        .order_by(Invitation.id.desc())
        .limit(100)
    )
    return list(session.scalars(statement))


def get_invitation(actor: Actor, invitation_id: int) -> Invitation:
    """Return an invitation for who sent it, and for admins."""
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or not policy.may_revoke(actor, invitation):
        raise NotFound
    return invitation


def find_invitation(token_id: int) -> Invitation | None:
    """Return what a token invites to, if it still stands."""
    invitation = session.scalar(
        select(Invitation)
        .where(Invitation.token_id == token_id)
        .options(joinedload(Invitation.municipality), joinedload(Invitation.invited_by))
    )
    return invitation if invitation is not None and stands(invitation) else None


def stands(invitation: Invitation) -> bool:
    """Tell whether nobody used or revoked it, and its sender still may invite there."""
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        return False
    return policy.may_invite_into(actor_of(invitation.invited_by), invitation.municipality)
