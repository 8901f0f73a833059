"""Who may make an example of Olga's discussion, and see the consents she waits for."""

from tests.discussions.access import opened
from tests.factories import make_account, make_post
from tests.harvesting.making import link_to, make_harvest


def answered(world):
    make_post(world.thread)
    return opened(world)


def waiting(world):
    make_post(world.thread, author=make_account("Bert"))
    example = make_harvest(world.owner, world.thread)
    return {"example_id": example.id}


def quote(world):
    return waiting(world) | {"quote_id": 1}


def mailed(world):
    bert = make_account("Bert")
    make_post(world.thread, author=bert)
    make_harvest(world.owner, world.thread)
    return {"secret": link_to(bert).split("/")[-1]}


NOT_THERE = (302, 403, 404, 404, 404, 404, 404, 404)
ACCESS = {
    ("GET", "harvesting.harvest"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "harvesting.harvest"): (302, 403, 403, 403, 422, 403, 403, 422),
    ("GET", "harvesting.quotes"): NOT_THERE,
    ("POST", "harvesting.ask_again"): NOT_THERE,
    ("POST", "harvesting.drop"): NOT_THERE,
    ("GET", "harvesting.consent"): (200,) * 8,
    ("POST", "harvesting.consent"): (303,) * 8,
    ("GET", "harvesting.thanks"): (200,) * 8,
}
ARGUMENTS = {
    "harvesting.harvest": answered,
    "harvesting.quotes": waiting,
    "harvesting.ask_again": quote,
    "harvesting.drop": quote,
    "harvesting.consent": mailed,
}
