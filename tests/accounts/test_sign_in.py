"""Signing in and out."""

import pytest

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
