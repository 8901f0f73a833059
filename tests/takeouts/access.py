"""Everybody with an account takes along what is about them; there is no address for others."""

from inforo.db import session
from inforo.takeouts.models import Takeout

SIGNED_IN = (302, 200, 200, 200, 200, 200, 200, 200)


def of_owner(world):
    takeout = Takeout(account_id=world.owner.id)
    session.add(takeout)
    session.flush()
    return {"takeout_id": takeout.id}


ACCESS = {
    ("GET", "takeouts.show"): SIGNED_IN,
    ("POST", "takeouts.order"): (302, 303, 303, 303, 303, 303, 303, 303),
    ("GET", "takeouts.load"): (302, 404, 404, 404, 404, 404, 404, 404),
}
ARGUMENTS = {"takeouts.load": of_owner}
