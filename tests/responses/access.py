"""Who may answer what Bernd's municipality in Land B was asked, and read the result."""

from inforo import clock
from inforo.db import session
from inforo.enquiries.links import token_of
from inforo.enquiries.states import Audience
from inforo.responses.jobs import finish_enquiries
from tests.enquiries.making import invitation_of, make_running
from tests.factories import make_account
from tests.reference import MUENSTER


def asked(world):
    """An enquiry of Olga's to Münster alone, where Bernd and Doris work."""
    return invitation_of(make_running(world.owner, target={"states": ["NW"]}), MUENSTER)


def invitation(world):
    return {"invitation_id": asked(world).id}


def token(world):
    make_account("Nora", municipality=MUENSTER)
    return {"token": token_of(asked(world))}


def ended(world, **values):
    enquiry = make_running(world.owner, target={"states": ["SH"]}, **values)
    enquiry.closed_at = clock.now()
    session.commit()
    finish_enquiries()
    return {"enquiry_id": enquiry.id}


def ended_for_members(world):
    return ended(world, audience=Audience.MEMBERS)


def ended_with_names(world):
    return ended(world, is_named=True)


ASKED_ONLY = (302, 403, 404, 200, 404, 200, 404, 404)
OFFICE_ONLY = (302, 403, 404, 404, 200, 404, 404, 200)
ACCESS = {
    ("GET", "responses.answer"): ASKED_ONLY,
    ("POST", "responses.answer"): (302, 403, 404, 422, 404, 422, 404, 404),
    ("GET", "responses.by_link"): (200, 200, 200, 303, 200, 303, 200, 200),
    ("POST", "responses.by_link"): (422, 422, 422, 422, 422, 422, 422, 422),
    ("POST", "responses.renew"): (302, 403, 404, 303, 404, 303, 404, 404),
    ("GET", "responses.result"): OFFICE_ONLY,
    ("GET", "responses.places"): OFFICE_ONLY,
    ("GET", "responses.table"): OFFICE_ONLY,
    ("GET", "responses.document"): (302, 403, 200, 200, 200, 200, 200, 200),
}
ARGUMENTS = {
    "responses.answer": invitation,
    "responses.by_link": token,
    "responses.renew": invitation,
    "responses.result": ended,
    "responses.places": ended_with_names,
    "responses.table": ended,
    "responses.document": ended_for_members,
}
