"""The review of applications: questions, decisions, moving to another place."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock, jobs
from inforo.accounts.models import Account, Organisation
from inforo.applications.jobs import forget_registrations
from inforo.applications.models import Application, ApplicationMessage, ApplicationState
from inforo.db import session
from inforo.offices.models import WorkItem
from tests import factories
from tests.mailings.sending import wait_for_mails
from tests.reference import MANNHEIM, MUENSTER
from tests.registration.steps import TYPED, confirm, mails_to, register


def test_new_organisation_comes_into_being_with_the_approval(browser, new_browser):
    clara = factories.make_clara()
    register(
        browser,
        municipality_query="",
        place="organisation",
        organisation="neu",
        organisation_name="Familienbund Neckar",
        organisation_kind="verband",
        organisation_state="BW",
    )
    confirm(browser)
    application = session.scalar(select(Application))
    assert not session.scalars(select(Organisation)).all()

    page = new_browser().sign_in(clara).open(f"/arbeitskorb/anmeldungen/{application.id}")
    page.submit("approve")

    account = session.get(Account, application.account_id, populate_existing=True)
    assert account.organisation.name == "Familienbund Neckar"


@pytest.fixture
def application(browser):
    register(browser)
    confirm(browser)
    return session.scalar(select(Application))


def test_question_and_answer_stay_with_the_application(browser, new_browser, application):
    office = new_browser().sign_in(factories.make_clara())
    page = office.open(f"/arbeitskorb/anmeldungen/{application.id}")
    page.submit("ask-back", **{"question-text": "Für welches Amt arbeiten Sie?"})

    page = browser.open("/konto/antrag")
    assert "Für welches Amt" in page.main
    page.submit("answer", text="Für das Jugendamt.")
    jobs.work_all()

    page = office.open(f"/arbeitskorb/anmeldungen/{application.id}")
    assert "Für das Jugendamt." in page.main
    assert page.has_form("approve")


def test_declined_person_reads_the_reason_and_may_do_nothing(browser, new_browser, application):
    office = new_browser().sign_in(factories.make_clara())
    page = office.open(f"/arbeitskorb/anmeldungen/{application.id}")

    page = page.submit("decline", **{"decline-reason": "Wir kennen Sie leider nicht."})

    assert not page.has_form("approve")
    assert "Wir kennen Sie leider nicht." in browser.open("/konto/antrag").main
    assert browser.client.get("/personen/").status_code == 403
    assert "Wir kennen Sie" in mails_to(TYPED["email"])[-1].text


def test_office_of_another_land_sees_nothing(new_browser, application):
    new_browser().sign_in(factories.make_doris()).open(
        f"/arbeitskorb/anmeldungen/{application.id}", status=404
    )


def test_office_that_was_handed_the_application_decides(new_browser, application):
    clara, doris = factories.make_clara(), factories.make_doris()
    address, other_office = doris.email, new_browser().sign_in(doris)
    nrw, item = factories.make_office("NW"), f"/arbeitskorb/anmeldungen/{application.id}"
    page = new_browser().sign_in(clara).open(item)
    token = page.html.select_one("#hand-over [name=csrf_token]")["value"]
    page.browser.client.post(
        f"{item}/abgeben",
        data={"csrf_token": token, "office": str(nrw.id), "note": "Bitte übernehmen."},
    )
    jobs.work_all()

    page.browser.open(item, status=404)
    page = other_office.open(item)

    assert "Bitte übernehmen." in page.main
    assert page.has_form("approve")
    wait_for_mails()
    assert "abgegeben" in mails_to(address)[-1].text


def test_applicant_may_withdraw(browser, application):
    page = browser.open("/konto/antrag").submit("withdraw")

    assert "zurückgezogen" in page.main
    assert not page.has_form("withdraw")


def test_nobody_decides_about_their_own_application(browser):
    clara = factories.make_clara()
    browser.sign_in(clara)
    page = browser.open("/konto/wechsel")
    page.submit("move", municipality_query="Bruchsal", reason="Ich wechsle nach Bruchsal.")
    application = session.scalar(select(Application))

    page = browser.open(f"/arbeitskorb/anmeldungen/{application.id}")
    assert "jemand anderes" in page.main
    token = page.html.select_one("[name=csrf_token]")["value"]
    address = f"/arbeitskorb/anmeldungen/{application.id}/freigeben"
    answer = browser.client.post(address, data={"csrf_token": token})

    assert answer.status_code == 403
    assert session.scalar(select(Application.state)) is ApplicationState.OPEN


def test_member_keeps_everything_until_the_move_is_agreed(browser, new_browser):
    gustav = factories.make_profile_editor(MANNHEIM)
    gustav_id = gustav.id
    browser.sign_in(gustav)
    doris = new_browser().sign_in(factories.make_doris())
    page = browser.open("/konto/profil").follow("Ich arbeite jetzt woanders")
    page.submit("move", municipality_query="Münster", reason="Neue Stelle.")
    application = session.scalar(select(Application))
    before = factories.actor(session.get(Account, gustav_id))
    assert before.municipality_ags == MANNHEIM
    assert before.edited_municipalities == {MANNHEIM}

    doris.open(f"/arbeitskorb/anmeldungen/{application.id}").submit("approve")

    account = session.get(Account, gustav_id, populate_existing=True)
    after = factories.actor(account)
    assert (after.municipality_ags, after.state_code) == (MUENSTER, "NW")
    assert after.edited_municipalities == frozenset()


def test_private_mailbox_and_namesakes_are_pointed_out(browser, new_browser):
    factories.make_account("Petra  Neumann")
    office = new_browser().sign_in(factories.make_clara())
    register(browser, email="petra.neumann@gmx.de")
    confirm(browser, "petra.neumann@gmx.de")
    application = session.scalar(select(Application))

    page = office.open(f"/arbeitskorb/anmeldungen/{application.id}")

    assert "privates Postfach" in page.main
    assert "schon ein Konto mit diesem Namen" in page.main


def test_declined_applications_are_forgotten_with_their_account(new_browser, application):
    office = new_browser().sign_in(factories.make_clara())
    page = office.open(f"/arbeitskorb/anmeldungen/{application.id}")
    page.submit("decline", **{"decline-reason": "Nein."})
    clock.shift(timedelta(days=31))

    forget_registrations()

    left = session.scalars(select(Account.name)).all()
    assert left == ["Clara"]
    assert not session.scalars(select(WorkItem)).all()


def test_review_costs_the_same_with_many_messages(count_queries, new_browser, application):
    office = new_browser().sign_in(factories.make_clara())
    address = f"/arbeitskorb/anmeldungen/{application.id}"
    few = count_queries(lambda: office.open(address))
    for number in range(20):
        author = factories.make_account(f"Schreiberin {number}")
        factories.save(
            ApplicationMessage(application_id=application.id, author_id=author.id, text="Hm.")
        )

    assert count_queries(lambda: office.open(address)) == few
