"""Files follow the rights of their post: here those of an open thread of Land A by Olga."""

from tests.discussions.access import post_of
from tests.uploads.making import make_attached, picture

MEMBERS = (302, 404, 200, 200, 200, 200, 200, 200)


def attached(world):
    post = post_of(world.thread)
    return {"attachment_id": make_attached(post, "Plan.png", picture(), "Ein Plan").id}


ACCESS = {
    ("GET", "attachments.show"): MEMBERS,
    ("GET", "attachments.preview"): MEMBERS,
}
ARGUMENTS = {"attachments.show": attached, "attachments.preview": attached}
