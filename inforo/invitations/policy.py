"""Who may invite whom. Pure rules."""

from inforo.authz import Actor, Role, Scope
from inforo.invitations.models import Invitation
from inforo.municipalities.models import Municipality

INVITABLE_ROLES = (None, Role.PROFILE_EDITOR)


def may_invite(actor: Actor, _: object = None) -> bool:
    return actor.is_admin or actor.is_coordinator or bool(actor.edited_municipalities)


def may_invite_into(actor: Actor, municipality: Municipality) -> bool:
    """Coordinators invite into their Land, profile editors into their municipality."""
    if actor.is_admin or municipality.ags in actor.edited_municipalities:
        return True
    scope = Scope(municipality.state_code)
    return any(grant.covers(scope) for grant in actor.coordinated)


def may_revoke(actor: Actor, invitation: Invitation) -> bool:
    return actor.is_me(invitation.invited_by_id) or actor.is_admin
