"""Members add files; those of a text of Olga that is not sent are nobody else's."""

from tests.uploads.making import make_pending

NOBODY = (302, 403, 404, 404, 404, 404, 404, 404)


def of_owner(world):
    return {"attachment_id": make_pending(world.owner, "question").id}


ACCESS = {
    ("POST", "uploads.upload"): (302, 403, 400, 400, 400, 400, 400, 400),
    ("POST", "uploads.describe"): NOBODY,
    ("POST", "uploads.remove"): NOBODY,
}
ARGUMENTS = {"uploads.describe": of_owner, "uploads.remove": of_owner}
