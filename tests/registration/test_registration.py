"""From the registration to the confirmed address, and to membership."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from inforo import clock, jobs
from inforo.accounts.models import Account
from inforo.applications.jobs import forget_registrations
from inforo.applications.models import Application, ApplicationState
from inforo.db import session
from tests import factories
from tests.mailings.sending import wait_for_mails
from tests.reference import MANNHEIM, MUENSTER
from tests.registration.steps import TYPED, confirm, link_in, mails_to, register


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
    wait_for_mails()
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
