"""Who may do what with the profile of a municipality. Pure rules: no request, no database.

A profile is kept by its profile editors and by the coordinators of its Land. National editors
do not edit profiles, but record the partnership status.
"""

from sqlalchemy import ColumnElement, or_, true

from inforo.authz import Actor, Role
from inforo.municipalities.models import Municipality
from inforo.partnership.models import HurdleAudience, MunicipalityProfile


def edits(actor: Actor, ags: str) -> bool:
    return any(
        grant.role is Role.PROFILE_EDITOR and grant.municipality_ags == ags
        for grant in actor.grants
    )


def may_edit(actor: Actor, municipality: Municipality) -> bool:
    """Tell whether the person keeps this profile, whether it exists yet or not."""
    return (
        actor.is_admin
        or edits(actor, municipality.ags)
        or municipality.state_code in actor.coordinated_states
    )


def may_set_status(actor: Actor, municipality: Municipality) -> bool:
    """Partnership is agreed with the coordination office, so no municipality sets its own."""
    return (
        actor.is_admin or actor.is_editor or municipality.state_code in actor.coordinated_states
    )


def may_view(actor: Actor, profile: MunicipalityProfile) -> bool:
    """Published profiles are public; drafts are for those who keep them."""
    return profile.published_at is not None or may_edit(actor, profile.municipality)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs joined to Municipality."""
    if actor.is_admin:
        return true()
    mine = [
        grant.municipality_ags
        for grant in actor.grants
        if grant.role is Role.PROFILE_EDITOR and grant.municipality_ags
    ]
    return or_(
        MunicipalityProfile.published_at.is_not(None),
        MunicipalityProfile.ags.in_(mine),
        Municipality.state_code.in_(sorted(actor.coordinated_states)),
    )


def may_read_hurdles(actor: Actor, profile: MunicipalityProfile) -> bool:
    """Everybody, members, or only colleagues in the municipality and who keeps the profile."""
    if profile.hurdles_audience is HurdleAudience.PUBLIC:
        return True
    if profile.hurdles_audience is HurdleAudience.MEMBERS:
        return actor.is_member
    is_colleague = actor.is_member and actor.municipality_ags == profile.ags
    return is_colleague or may_edit(actor, profile.municipality)


def may_read_contacts(actor: Actor, _profile: MunicipalityProfile) -> bool:
    """Names and offices are public, e-mail and telephone are for members."""
    return actor.is_member


def may_see_staff(actor: Actor, _: object = None) -> bool:
    return actor.is_member
