"""Who gets which answer from the addresses of this slice."""

from inforo.invitations.models import Invitation
from tests import factories

SECRET = (404,) * 8
# guest, applicant, anna, bernd, clara, doris, emil, frieda

ACCESS = {
    ("GET", "invitations.invite"): (302, 403, 403, 403, 200, 200, 403, 200),
    ("POST", "invitations.invite"): (302, 403, 403, 403, 422, 422, 403, 422),
    ("POST", "invitations.revoke"): (302, 403, 404, 404, 404, 404, 404, 303),
    ("GET", "invitations.accept"): SECRET,
    ("POST", "invitations.accept"): SECRET,
}


def invitation(world) -> dict[str, int]:
    made = Invitation(
        email="gast@mannheim.example",
        invited_by_id=world.owner.id,
        municipality_ags=factories.MANNHEIM,
    )
    return {"invitation_id": factories.save(made).id}


def secret(_world) -> dict[str, str]:
    return {"secret": "unbekannt"}


ARGUMENTS = {
    "invitations.accept": secret,
    "invitations.revoke": invitation,
}
