"""Cookies somebody kept, planted or sent from elsewhere; links that follow a foreign host."""

import pytest
from sqlalchemy import select

from inforo import jobs
from inforo.db import session
from inforo.mail import Mail
from tests import factories


def sid(browser) -> str:
    return browser.client.get_cookie("sid").value


def is_inside(browser) -> bool:
    return browser.client.get("/personen/").status_code == 200


def test_a_cookie_kept_from_before_signing_out_opens_nothing(browser, new_browser):
    browser.sign_in(factories.make_anna())
    kept = sid(browser)
    browser.open("/hilfe").submit("sign-out")

    thief = new_browser()
    thief.client.set_cookie("sid", kept)

    assert not is_inside(thief)


def test_a_planted_cookie_is_replaced_at_signing_in(browser):
    browser.client.set_cookie("sid", "planted-by-somebody-else")

    browser.sign_in(factories.make_anna())

    assert sid(browser) != "planted-by-somebody-else"
    assert is_inside(browser)


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Forwarded-Server", "Forwarded"])
def test_headers_of_a_proxy_nobody_configured_change_no_link(browser, header):
    page = browser.client.get("/hilfe", headers={header: "host=evil.example"})

    assert "evil.example" not in page.text + str(page.headers)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:4444"])
def test_links_in_mails_follow_the_settings_not_the_request(browser, host):
    anna = factories.make_anna()
    address = anna.email
    page = browser.open("/konto/anmelden")
    page.submit("sign-in", email=address, password=factories.PASSWORD)
    token = browser.open("/konto/sicherheit").html.select_one("[name=csrf_token]")["value"]

    browser.client.set_cookie("sid", sid(browser), domain=host.partition(":")[0])
    browser.client.post(
        "/konto/sicherheit/adresse",
        base_url=f"http://{host}",
        data={
            "csrf_token": token,
            "new_email": "neu@stadt.example",
            "email_password": factories.PASSWORD,
        },
    )
    jobs.work_all()

    [mail] = session.scalars(select(Mail).where(Mail.address == "neu@stadt.example"))
    assert "http://localhost/konto/adresse/" in mail.text
    assert host not in mail.text.replace("http://localhost/", "")


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "https:evil.example",
        "/\t/e.example",
    ],
)
@pytest.mark.parametrize("address", ["/konto/anmelden", "/sprache", "/darstellung"])
def test_no_form_leads_to_another_place(browser, address, target):
    anna = factories.make_anna()
    token = browser.open("/konto/anmelden").html.select_one("[name=csrf_token]")["value"]

    answer = browser.client.post(
        address,
        data={
            "csrf_token": token,
            "email": anna.email,
            "password": factories.PASSWORD,
            "language": "de",
            "theme": "dark",
            "next": target,
        },
    )

    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert not answer.location.startswith(("//", "/\\", "/\t"))
