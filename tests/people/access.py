"""Who gets which answer from the addresses of this slice."""

from inforo.people.actions import submit
from inforo.people.models import Application, ApplicationState, Invitation
from tests import factories

OK = (200,) * 8
SECRET = (404,) * 8
# guest, applicant, anna, bernd, clara, doris, emil, frieda
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
BAD_FORM = (302, 403, 422, 422, 422, 422, 422, 422)
OFFICE = (302, 403, 404, 404, 200, 404, 404, 200)
OFFICE_FORM = (302, 403, 404, 404, 422, 404, 404, 422)
NO_APPLICATION = (302, 404, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "people.register"): OK,
    ("POST", "people.register"): (422,) * 8,
    ("GET", "people.check_mail"): OK,
    ("GET", "people.resend_confirmation"): OK,
    ("POST", "people.resend_confirmation"): (422,) * 8,
    ("GET", "people.confirm"): SECRET,
    ("POST", "people.confirm"): SECRET,
    ("GET", "people.application"): (302, 200, 200, 200, 200, 200, 200, 200),
    ("POST", "people.answer"): NO_APPLICATION,
    ("POST", "people.withdraw"): NO_APPLICATION,
    ("GET", "people.review_application"): OFFICE,
    ("POST", "people.approve"): (302, 403, 404, 404, 303, 404, 404, 303),
    ("POST", "people.decline"): OFFICE_FORM,
    ("POST", "people.ask_back"): OFFICE_FORM,
    ("POST", "people.hand_over"): OFFICE_FORM,
    ("GET", "people.index"): MEMBERS,
    ("GET", "people.show"): MEMBERS,
    ("POST", "people.suspend"): (302, 403, 403, 403, 422, 404, 403, 422),
    ("POST", "people.reactivate"): (302, 403, 403, 403, 303, 404, 403, 303),
    ("POST", "people.look_up_address"): (302, 403, 404, 404, 404, 404, 404, 422),
    ("GET", "people.edit_profile"): MEMBERS,
    ("POST", "people.edit_profile"): (302, 403, 409, 409, 409, 409, 409, 409),
    ("GET", "people.move"): MEMBERS,
    ("POST", "people.move"): BAD_FORM,
    ("GET", "people.invite"): (302, 403, 403, 403, 200, 200, 403, 200),
    ("POST", "people.invite"): (302, 403, 403, 403, 422, 422, 403, 422),
    ("POST", "people.revoke_invitation"): (302, 403, 404, 404, 404, 404, 404, 303),
    ("GET", "people.accept_invitation"): SECRET,
    ("POST", "people.accept_invitation"): SECRET,
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


def owner(world) -> dict[str, int]:
    return {"account_id": world.owner.id}


def invitation(world) -> dict[str, int]:
    made = Invitation(
        email="gast@mannheim.example",
        invited_by_id=world.owner.id,
        municipality_ags=factories.MANNHEIM,
    )
    return {"invitation_id": factories.save(made).id}


def secret(_world) -> dict[str, str]:
    return {"secret": "unbekannt"}


ARGUMENTS = {
    "people.confirm": secret,
    "people.accept_invitation": secret,
    "people.review_application": application,
    "people.approve": application,
    "people.decline": application,
    "people.ask_back": application,
    "people.hand_over": application,
    "people.show": owner,
    "people.suspend": owner,
    "people.reactivate": owner,
    "people.look_up_address": owner,
    "people.revoke_invitation": invitation,
}
