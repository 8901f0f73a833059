"""Who may open which page of drafts: one of Olga's is nobody's business, staff included."""

from inforo.drafts.models import Draft
from tests.factories import save


def one_of_olga(world):
    draft = Draft(account_id=world.owner.id, target="reply:1", writer="w", path="/")
    return {"draft_id": save(draft).id}


SIGNED_IN = (302, 200, 200, 200, 200, 200, 200, 200)
NAMELESS = (302, 400, 400, 400, 400, 400, 400, 400)  # the request names no form
OTHERS = (302, 404, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "drafts.index"): SIGNED_IN,
    ("POST", "drafts.save"): NAMELESS,
    ("GET", "drafts.discard"): OTHERS,
    ("POST", "drafts.discard"): OTHERS,
}
ARGUMENTS = {"drafts.discard": one_of_olga}
