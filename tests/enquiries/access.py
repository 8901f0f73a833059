"""Who may open enquiries of Olga's municipality in Land A."""

from inforo import clock
from tests.enquiries.making import QUESTIONS, make_enquiry, make_running

OWN_ONLY = (302, 403, 404, 404, 404, 404, 404, 404)


def draft(world):
    return {"enquiry_id": make_enquiry(world.owner).id}


def question(world):
    enquiry = make_enquiry(world.owner)
    return {"enquiry_id": enquiry.id, "question_id": enquiry.questions[0].id}


def waiting(world):
    return {"enquiry_id": make_enquiry(world.owner, submitted_at=clock.now()).id}


def running(world):
    target = {"states": ["SH"]}  # nobody of PEOPLE is asked
    return {"enquiry_id": make_running(world.owner, questions=QUESTIONS, target=target).id}


WAITING = (302, 403, 404, 404, 303, 404, 404, 303)
ACCESS = {
    ("GET", "enquiries.index"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("GET", "enquiries.new"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("POST", "enquiries.new"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("GET", "enquiries.edit"): OWN_ONLY,
    ("POST", "enquiries.edit"): OWN_ONLY,
    ("GET", "enquiries.questions"): OWN_ONLY,
    ("GET", "enquiries.new_question"): OWN_ONLY,
    ("POST", "enquiries.new_question"): OWN_ONLY,
    ("GET", "enquiries.edit_question"): OWN_ONLY,
    ("POST", "enquiries.edit_question"): OWN_ONLY,
    ("POST", "enquiries.move_question"): OWN_ONLY,
    ("POST", "enquiries.remove_question"): OWN_ONLY,
    ("GET", "enquiries.target"): OWN_ONLY,
    ("POST", "enquiries.target"): OWN_ONLY,
    ("POST", "enquiries.discard"): OWN_ONLY,
    ("GET", "enquiries.show"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "enquiries.hand_in"): OWN_ONLY,
    ("POST", "enquiries.approve"): WAITING,
    ("POST", "enquiries.send_back"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("POST", "enquiries.extend"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("POST", "enquiries.close"): WAITING,
    ("POST", "enquiries.withdraw"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("POST", "enquiries.archive"): (302, 403, 404, 404, 403, 404, 404, 403),
    ("GET", "enquiries.sending"): (302, 403, 404, 404, 200, 404, 404, 200),
}
ARGUMENTS = {
    "enquiries.edit": draft,
    "enquiries.questions": draft,
    "enquiries.new_question": draft,
    "enquiries.edit_question": question,
    "enquiries.move_question": question,
    "enquiries.remove_question": question,
    "enquiries.target": draft,
    "enquiries.discard": draft,
    "enquiries.show": waiting,
    "enquiries.hand_in": draft,
    "enquiries.approve": waiting,
    "enquiries.send_back": waiting,
    "enquiries.extend": running,
    "enquiries.close": running,
    "enquiries.withdraw": running,
    "enquiries.archive": running,
    "enquiries.sending": running,
}
