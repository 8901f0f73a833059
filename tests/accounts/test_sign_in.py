"""Signing in and out."""

from dataclasses import replace

import pytest

from inforo.demo.people import DemoAccount
from tests import factories


def test_signing_in_leads_where_one_wanted_to_go(browser):
    anna = factories.make_anna()
    page = browser.open("/konto/anmelden?next=/impressum")

    page = page.submit("sign-in", email=anna.email.upper(), password=factories.PASSWORD)

    assert page.url == "/impressum"
    assert "Anna" in page.text


def test_wrong_password_and_unknown_address_read_the_same(browser):
    anna = factories.make_anna()
    page = browser.open("/konto/anmelden")

    wrong = page.submit("sign-in", email=anna.email, password="falsch", status=422)
    unknown = page.submit("sign-in", email="niemand@x.example", password="x", status=422)

    assert "passen nicht zusammen" in wrong.main
    assert "passen nicht zusammen" in unknown.main
    assert "falsch" not in wrong.html.decode()


@pytest.mark.parametrize(
    "bad", ["//evil.example", "/\tevil.example", "https://evil.example", "/\\evil.example"]
)
def test_signing_in_never_leads_to_another_site(browser, bad):
    anna = factories.make_anna()
    token = browser.open("/konto/anmelden").html.select_one("[name=csrf_token]")["value"]
    data = {"email": anna.email, "password": factories.PASSWORD, "csrf_token": token}

    answer = browser.client.post("/konto/anmelden", data=data | {"next": bad})

    assert answer.location == "/"


def test_signing_out_ends_the_session_on_the_server(browser):
    anna = factories.make_anna()
    page = browser.open("/konto/anmelden?next=/impressum")
    page = page.submit("sign-in", email=anna.email, password=factories.PASSWORD)
    old = browser.client.get_cookie("sid").value
    token = page.html.select_one(".menu [name=csrf_token]")["value"]

    answer = browser.client.post("/konto/abmelden", data={"csrf_token": token})
    browser.client.set_cookie("sid", old)

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.client.get("/konto/sicherheit").status_code == 302


def test_applicants_are_led_to_their_application(browser):
    browser.sign_in(factories.make_applicant())

    assert "Mein Antrag" in browser.open("/konto/antrag").text


def test_demo_lists_who_may_sign_in(app, browser, monkeypatch):
    anna = factories.make_anna()
    shown = [DemoAccount("Mitglied", anna.email, factories.PASSWORD)]
    settings = replace(app.extensions["settings"], mode="demo")
    monkeypatch.setitem(app.extensions, "settings", settings)
    monkeypatch.setitem(app.jinja_env.globals, "demo", shown)

    page = browser.open("/konto/anmelden")

    assert anna.email in page.main
