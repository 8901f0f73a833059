"""Who gets which answer from the addresses of this slice."""

from inforo.applications.actions import submit
from inforo.applications.models import Application, ApplicationState
from tests import factories

# guest, applicant, anna, bernd, clara, doris, emil, frieda
# guest, applicant, anna, bernd, clara, doris, emil, frieda
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
BAD_FORM = (302, 403, 422, 422, 422, 422, 422, 422)
OFFICE = (302, 403, 404, 404, 200, 404, 404, 200)
OFFICE_FORM = (302, 403, 404, 404, 422, 404, 404, 422)
NO_APPLICATION = (302, 404, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "applications.show"): (302, 200, 200, 200, 200, 200, 200, 200),
    ("POST", "applications.answer"): NO_APPLICATION,
    ("POST", "applications.withdraw"): NO_APPLICATION,
    ("GET", "applications.review"): OFFICE,
    ("POST", "applications.approve"): (302, 403, 404, 404, 303, 404, 404, 303),
    ("POST", "applications.decline"): OFFICE_FORM,
    ("POST", "applications.ask_back"): OFFICE_FORM,
    ("POST", "applications.hand_over"): OFFICE_FORM,
    ("GET", "applications.move"): MEMBERS,
    ("POST", "applications.move"): BAD_FORM,
}


def application(_world) -> dict[str, int]:
    account = factories.make_account("Antonia", approved_at=None)
    made = factories.save(
        Application(
            account=account,
            state=ApplicationState.UNCONFIRMED,
            reason="Ich möchte mitmachen.",
            state_code="BW",
        )
    )
    submit(made)
    factories.save(made)
    return {"application_id": made.id}


ARGUMENTS = {
    "applications.review": application,
    "applications.approve": application,
    "applications.decline": application,
    "applications.ask_back": application,
    "applications.hand_over": application,
}
