"""Who may choose whom to hear from: every member, for themselves."""

from tests.contacts.making import make_block
from tests.factories import make_account


def olga(world):
    return {"account_id": world.owner.id}


def blocked_by_olga(world):
    return {"block_id": make_block(world.owner, make_account("Otto")).id}


MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
ACCESS = {
    ("GET", "contacts.edit"): MEMBERS,
    ("POST", "contacts.edit"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("GET", "contacts.block"): MEMBERS,
    ("POST", "contacts.block"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("POST", "contacts.unblock"): (302, 403, 404, 404, 404, 404, 404, 404),
}
ARGUMENTS = {"contacts.block": olga, "contacts.unblock": blocked_by_olga}
