"""Inviting people by mail, into a role."""

import re
from datetime import timedelta

from sqlalchemy import delete, select

from inforo import clock
from inforo.accounts.models import Account
from inforo.db import session
from inforo.mail import Mail
from inforo.offices.models import RoleAssignment
from tests import factories
from tests.reference import MANNHEIM

GUEST_MAIL = "nina.neu@mannheim.example"


def invite(browser, status=200, **values):
    typed = {"name": "Nina Neu", "email": GUEST_MAIL, "municipality_query": "Mannheim"}
    return browser.open("/konto/einladen").submit("invite", status=status, **(typed | values))


def link() -> str:
    mail = session.scalar(select(Mail).where(Mail.address == GUEST_MAIL).order_by(Mail.id))
    return re.search(r"http://localhost(/\S+)", mail.text)[1]


def accept(browser, **values):
    typed = {"function": "Planung", "password": factories.PASSWORD, "terms": "y"}
    return browser.open(link()).submit("accept", **(typed | values))


def test_coordinator_invites_somebody_into_a_role(browser, new_browser):
    browser.sign_in(factories.make_clara())
    assert "unterwegs" in invite(browser, role="profile_editor").text

    guest = new_browser()
    accept(guest)

    account = session.scalar(select(Account).where(Account.email == GUEST_MAIL))
    assert account.is_approved
    assert factories.actor(account).edited_municipalities == {MANNHEIM}
    assert guest.client.get("/personen/").status_code == 200
    new_browser().open(link(), status=404)


def test_profile_editor_invites_into_the_own_municipality_only(browser, new_browser):
    browser.sign_in(factories.make_profile_editor(MANNHEIM))

    assert "unterwegs" in invite(browser, municipality_query="").text
    page = invite(browser, status=422, municipality="05515000", municipality_query="Münster")

    assert "können Sie nicht einladen" in page.main


def test_coordinator_invites_nobody_into_another_land(browser):
    browser.sign_in(factories.make_clara())

    page = invite(browser, status=422, municipality_query="Münster")

    assert "können Sie nicht einladen" in page.main


def test_members_do_not_invite(browser):
    browser.sign_in(factories.make_anna()).open("/konto/einladen", status=403)


def test_invitation_dies_when_it_is_revoked(browser, new_browser):
    browser.sign_in(factories.make_clara())
    page = invite(browser)
    form = page.html.select_one("form[action*='einladungen']")
    token = form.select_one("[name=csrf_token]")["value"]

    browser.client.post(form["action"], data={"csrf_token": token})

    new_browser().open(link(), status=404)


def test_invitation_dies_with_the_right_of_its_sender(browser, new_browser):
    clara = factories.make_clara()
    browser.sign_in(clara)
    invite(browser)

    session.execute(delete(RoleAssignment).where(RoleAssignment.account_id == clara.id))
    session.commit()

    new_browser().open(link(), status=404)


def test_invitation_dies_after_two_weeks(browser, new_browser):
    browser.sign_in(factories.make_clara())
    invite(browser)

    clock.shift(timedelta(days=15))

    new_browser().open(link(), status=404)


def test_member_accepts_a_role_after_signing_in(browser, new_browser):
    anna = factories.make_anna(email=GUEST_MAIL)
    anna_id = anna.id
    member = new_browser().sign_in(anna)
    browser.sign_in(factories.make_clara())
    invite(browser, role="profile_editor")

    page = new_browser().open(link())
    assert not page.has_form("accept")
    member.open(link()).submit("accept")

    account = session.get(Account, anna_id, populate_existing=True)
    assert factories.actor(account).edited_municipalities == {MANNHEIM}


def test_nobody_invites_themselves_into_a_role(browser):
    clara = factories.make_clara(email=GUEST_MAIL)
    browser.sign_in(clara)

    page = invite(browser, status=409, role="profile_editor")

    assert "Sich selbst" in page.main


def test_accepting_page_tells_no_other_site_its_address(browser, new_browser):
    browser.sign_in(factories.make_clara())
    invite(browser)

    page = new_browser().open(link())

    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_unconfirmed_registration_does_not_stand_in_the_way(browser, new_browser):
    factories.make_account(email=GUEST_MAIL, approved_at=None, email_confirmed_at=None)
    browser.sign_in(factories.make_clara())
    invite(browser)

    accept(new_browser())

    [account] = session.scalars(select(Account).where(Account.email == GUEST_MAIL)).all()
    assert account.is_approved


def test_accepting_leaves_other_invitations_alone(browser, new_browser):
    browser.sign_in(factories.make_clara())
    invite(browser, email="otto@mannheim.example")
    invite(browser)
    accept(new_browser())

    other = session.scalar(select(Mail).where(Mail.address == "otto@mannheim.example"))
    address = re.search(r"http://localhost(/\S+)", other.text)[1]

    assert new_browser().open(address).has_form("accept")
