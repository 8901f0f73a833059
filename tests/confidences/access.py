"""Olga of Land A has asked in confidence; Clara's office has it, nobody has taken it."""

from inforo.authz import Role
from tests.confidences.making import make_confidence, make_published
from tests.discussions.access import post_of
from tests.factories import grant, make_account, make_office

# Guest, applicant, members; the staff of the office see that there is something to take.
OFFICE = (302, 403, 404, 404, 403, 404, 404, 404)


def asked(world):
    staffed()
    return {"number": make_confidence(world.owner, group=world.open_group).id}


def staffed():
    """Give the office of Land A somebody besides the people of the table."""
    carla = make_account("Carla")
    grant(carla, Role.COORDINATOR, office=make_office("BW"))
    return carla


def with_message(world):
    return asked(world) | {"message_id": 1}


def published(world):
    question = make_published(world.owner, staffed(), group=world.open_group)
    return {"number": question.id, "post_id": post_of(question.thread).id}


ACCESS = {
    ("GET", "confidences.index"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("GET", "confidences.show"): OFFICE,
    ("POST", "confidences.write"): OFFICE,
    ("GET", "confidences.propose"): OFFICE,
    ("POST", "confidences.propose"): OFFICE,
    ("POST", "confidences.release"): OFFICE,
    ("POST", "confidences.publish"): OFFICE,
    ("POST", "confidences.relay"): OFFICE,
    ("POST", "confidences.end"): OFFICE,
    ("POST", "confidences.offer"): OFFICE,
    ("POST", "confidences.agree"): OFFICE,
    ("POST", "confidences.accept"): OFFICE,
    ("GET", "confidences.reveal"): OFFICE,
    ("POST", "confidences.reveal"): OFFICE,
}
ARGUMENTS = {
    name: asked
    for _method, name in ACCESS
    if name not in {"confidences.index", "confidences.relay", "confidences.accept"}
} | {"confidences.relay": with_message, "confidences.accept": published}
