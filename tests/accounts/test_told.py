"""Mails about what happens to one's own account."""

import re

from sqlalchemy import select

from inforo.accounts import actions
from inforo.authz import Actor
from inforo.db import session
from inforo.mail import Mail
from tests import factories


def mails_to(address: str) -> list[Mail]:
    found = session.scalars(select(Mail).where(Mail.address == address).order_by(Mail.id))
    return list(found)


def test_signing_in_with_an_unknown_browser_is_told_by_mail(browser, new_browser):
    anna = factories.make_anna()
    browser.sign_in(anna)
    new_browser().sign_in(anna)

    told = mails_to(anna.email)

    assert [mail.subject for mail in told] == ["Anmeldung auf einem neuen Gerät"]
    assert re.search(r"http://localhost(/\S+)", told[0].text)[1] == "/konto/sicherheit"


def test_known_browser_is_not_told_again(browser):
    anna = factories.make_anna()
    page = browser.sign_in(anna).open("/")
    token = page.html.select_one(".menu [name=csrf_token]")["value"]
    browser.client.post("/konto/abmelden", data={"csrf_token": token})
    browser.sign_in(anna)

    assert not mails_to(anna.email)


def test_closing_an_account_is_told_to_its_last_address():
    anna = factories.make_anna()
    address = anna.email
    actions.close(Actor(name="Kommandozeile"), anna)
    session.commit()

    assert [mail.subject for mail in mails_to(address)] == ["Ihr Konto ist geschlossen"]
