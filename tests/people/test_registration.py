"""From the registration to the decision of the office."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock, jobs
from inforo.accounts.models import Account, Organisation
from inforo.db import session
from inforo.mail import Mail
from inforo.offices.models import WorkItem
from inforo.people.jobs import forget_registrations
from inforo.people.models import Application, ApplicationMessage, ApplicationState
from tests import factories
from tests.reference import MANNHEIM, MUENSTER

TYPED = {
    "name": "Petra Neumann",
    "email": "petra.neumann@mannheim.example",
    "function": "Netzwerkkoordination",
    "reason": "Ich baue unsere Präventionskette auf.",
    "password": factories.PASSWORD,
    "terms": "y",
    "municipality_query": "Mannheim",
}


def mails_to(address: str) -> list[Mail]:
    found = session.scalars(select(Mail).where(Mail.address == address).order_by(Mail.id))
    return list(found)


def link_in(mail: Mail) -> str:
    return re.search(r"http://localhost(/\S+)", mail.text)[1]


def register(browser, **typed):
    page = browser.open("/konto/registrieren")
    return page.submit("register", **(TYPED | typed))


def confirm(browser, address: str = TYPED["email"]):
    page = browser.open(link_in(mails_to(address)[-1]))
    return page.submit("confirm", password=factories.PASSWORD)


def test_registration_confirmation_and_approval_lead_to_full_access(browser, new_browser):
    clara = factories.make_clara()
    office_address = clara.email
    office = new_browser().sign_in(clara)
    assert "Postfach" in register(browser).main

    page = confirm(browser)
    assert "liegt bei der Koordinierungsstelle" in page.main
    assert "Koordinierungsstelle KGC BW" in page.main
    assert browser.client.get("/personen/").status_code == 403
    jobs.work_all()
    assert "Neue Anmeldung: Petra Neumann, Mannheim" in mails_to(office_address)[0].subject

    application = session.scalar(select(Application))
    page = office.open(f"/arbeitskorb/anmeldungen/{application.id}")
    assert "passt zum angegebenen Ort" in page.main
    page.submit("approve")

    assert browser.client.get("/personen/").status_code == 200
    assert "Willkommen bei inforo" in mails_to(TYPED["email"])[-1].subject
    account = session.scalar(select(Account).where(Account.name == TYPED["name"]))
    assert (account.municipality_ags, account.state_code) == (MANNHEIM, "BW")


def test_search_step_keeps_everything_typed_but_the_password(browser):
    page = browser.open("/konto/registrieren")

    page = page.submit(
        "register", button="municipality_search", **(TYPED | {"municipality_query": "uenster"})
    )

    form = page.html.select_one("#register")
    assert form.select_one("[name=name]")["value"] == TYPED["name"]
    assert TYPED["reason"] in form.select_one("[name=reason]").text
    assert "Münster" in page.main
    assert factories.PASSWORD not in page.html.decode()


def test_name_typed_over_a_choice_counts_not_the_choice(browser):
    page = browser.open("/konto/registrieren")
    page = page.submit("register", status=422, **(TYPED | {"reason": ""}))
    assert "Gewählt: Mannheim" in page.main

    page.submit(
        "register",
        municipality_query="Münster",
        reason="Umgezogen.",
        password=factories.PASSWORD,
    )

    assert session.scalar(select(Application)).municipality_ags == MUENSTER


def test_registration_without_municipality_explains_what_is_missing(browser):
    page = browser.open("/konto/registrieren")

    page = page.submit("register", status=422, **(TYPED | {"municipality_query": ""}))

    assert "suchen Sie Ihre Kommune" in page.main
    assert not session.scalars(select(Account)).all()


def test_weak_password_is_refused_with_the_reason(browser):
    page = browser.open("/konto/registrieren")

    page = page.submit(
        "register", status=422, **(TYPED | {"password": "Mannheim-Mannheim-2026"})
    )

    assert "zuerst versuchen würde" in page.main


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


def test_known_address_gets_the_same_answer_and_another_mail(browser):
    anna = factories.make_anna()

    page = register(browser, email=anna.email)

    assert "Postfach" in page.main
    assert "schon ein Konto" in mails_to(anna.email)[0].subject
    assert len(session.scalars(select(Account)).all()) == 1


def test_nobody_confirms_what_a_stranger_registered(browser):
    register(browser)
    page = browser.open(link_in(mails_to(TYPED["email"])[0]))

    page = page.submit("confirm", password="ein anderes Passwort", status=422)

    assert "nicht das Passwort" in page.main
    assert session.scalar(select(Application.state)) is ApplicationState.UNCONFIRMED
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_confirmation_link_works_once_and_only_the_newest(browser, new_browser):
    register(browser)
    register(new_browser())
    first, second = (link_in(mail) for mail in mails_to(TYPED["email"]))

    browser.open(first, status=404)
    browser.open(second).submit("confirm", password=factories.PASSWORD)

    new_browser().open(second, status=404)


def test_robots_in_the_hidden_field_are_thanked_and_forgotten(browser):
    page = register(browser, website="https://spam.example")

    assert "Postfach" in page.main
    assert not session.scalars(select(Account)).all()


def test_resending_answers_alike_for_strangers(browser):
    register(browser)
    for address in (TYPED["email"], "niemand@mannheim.example"):
        page = browser.open("/konto/bestaetigung").submit("resend", email=address)
        assert "Postfach" in page.main

    assert len(mails_to(TYPED["email"])) == 2
    assert not mails_to("niemand@mannheim.example")


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
    nrw = factories.make_office("NW")
    page = new_browser().sign_in(clara).open(f"/arbeitskorb/anmeldungen/{application.id}")
    token = page.html.select_one("#hand-over [name=csrf_token]")["value"]
    page.browser.client.post(
        f"/arbeitskorb/anmeldungen/{application.id}/abgeben",
        data={"csrf_token": token, "office": str(nrw.id), "note": "Bitte übernehmen."},
    )
    jobs.work_all()

    page.browser.open(f"/arbeitskorb/anmeldungen/{application.id}", status=404)
    page = other_office.open(f"/arbeitskorb/anmeldungen/{application.id}")

    assert "Bitte übernehmen." in page.main
    assert page.has_form("approve")
    assert "abgegeben" in mails_to(address)[-1].subject


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


def test_flood_of_registrations_from_one_address_stops(app, browser, monkeypatch):
    settings = replace(app.extensions["settings"], limits_enabled=True)
    monkeypatch.setitem(app.extensions, "settings", settings)
    for number in range(5):
        register(browser, email=f"petra{number}@mannheim.example")

    page = browser.open("/konto/registrieren").submit("register", status=429, **TYPED)

    assert int(page.response.headers["Retry-After"]) > 0


def test_form_sent_faster_than_people_type_is_given_back(app, browser, monkeypatch):
    settings = replace(app.extensions["settings"], form_min_seconds=3)
    monkeypatch.setitem(app.extensions, "settings", settings)
    page = browser.open("/konto/registrieren")

    page = page.submit("register", status=422, **TYPED)
    assert "sehr schnell" in page.main
    clock.shift(timedelta(seconds=5))
    page = page.submit("register", password=TYPED["password"])

    assert "Postfach" in page.main


def test_registrations_nobody_confirms_are_forgotten(browser):
    register(browser)
    clock.shift(timedelta(days=8))

    forget_registrations()

    assert not session.scalars(select(Account)).all()


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
