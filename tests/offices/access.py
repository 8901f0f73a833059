"""Who gets which answer on the routes of this slice."""

from typing import Any

from inforo.authz import Role
from inforo.offices.models import RoleProposal
from tests.factories import grant, make_account, save
from tests.reference import MANNHEIM

STAFF_WITH_ROLES = (302, 403, 404, 404, 200, 200, 403, 200)

ACCESS = {
    ("GET", "offices.roles"): STAFF_WITH_ROLES,
    ("GET", "offices.grant"): STAFF_WITH_ROLES,
    ("POST", "offices.grant"): (302, 403, 404, 404, 422, 422, 403, 422),
    ("GET", "offices.revoke"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "offices.revoke"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("POST", "offices.confirm"): (302, 403, 404, 404, 404, 404, 404, 303),
    ("GET", "offices.absences"): (302, 403, 404, 404, 200, 200, 200, 200),
    ("POST", "offices.absences"): (302, 403, 404, 404, 422, 422, 422, 422),
    ("POST", "offices.end_absence"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("POST", "offices.withdraw"): (302, 403, 404, 404, 404, 404, 404, 303),
}


def role(_world: Any) -> dict[str, Any]:
    holder = make_account("Gustav")
    return {"assignment_id": grant(holder, Role.PROFILE_EDITOR, municipality=MANNHEIM).id}


def proposal(_world: Any) -> dict[str, Any]:
    proposer = make_account("Ferdinand")
    grant(proposer, Role.ADMIN)
    wanted = RoleProposal(
        account=make_account("Egon"), role=Role.EDITOR, proposed_by_id=proposer.id
    )
    return {"proposal_id": save(wanted).id}


ARGUMENTS = {
    "offices.end_absence": lambda _world: {"absence_id": 1},
    "offices.revoke": role,
    "offices.confirm": proposal,
    "offices.withdraw": proposal,
}
