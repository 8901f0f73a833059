"""Passwords, addresses, sessions and the second factor of one's own account."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from inforo import clock, jobs, passwords
from inforo.accounts.models import Account, Attempt
from inforo.db import session
from inforo.mail import Mail
from tests import factories

NEW = "Tinte Gletscher Uhu Waschbrett"


def enter(browser, account, password=factories.PASSWORD, status=200):
    page = browser.open("/konto/anmelden?next=/konto/sicherheit")
    return page.submit("sign-in", email=account.email, password=password, status=status)


def mails_to(address: str) -> list[Mail]:
    found = session.scalars(select(Mail).where(Mail.address == address).order_by(Mail.id))
    return list(found)


def subjects_to(address: str) -> list[str]:
    return [mail.subject for mail in mails_to(address)]


def reset_mails_to(address: str) -> list[Mail]:
    jobs.work_all()
    return mails_to(address)


def link_in(mail: Mail) -> str:
    return re.search(r"http://localhost(/\S+)", mail.text)[1]


@pytest.fixture
def limited(app, monkeypatch):
    """Count tries, as a platform in use does."""
    settings = replace(app.extensions["settings"], limits_enabled=True)
    monkeypatch.setitem(app.extensions, "settings", settings)


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(browser, new_browser):
    anna = factories.make_anna()
    other = new_browser()
    enter(other, anna)
    page = enter(browser, anna)

    page = page.submit("change-password", password="falsch", new_password=NEW, status=422)
    assert "nicht Ihr Passwort" in page.main
    page = page.submit("change-password", password=factories.PASSWORD, new_password=NEW)

    assert "Ihr neues Passwort gilt" in page.main
    assert other.client.get("/konto/sicherheit").status_code == 302
    assert "Ihr Passwort wurde geändert" in subjects_to(anna.email)
    enter(new_browser(), anna, NEW)


def test_reset_link_sets_a_new_password_once_and_ends_sessions(browser, new_browser):
    anna = factories.make_anna()
    enter(browser, anna)
    page = new_browser().open("/konto/passwort-vergessen").submit("forgot", email=anna.email)
    assert "Wenn es zu dieser Adresse ein Konto gibt" in page.main
    link = link_in(reset_mails_to(anna.email)[0])

    page = page.browser.open(link)
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    page.submit("reset", new_password=NEW)

    assert browser.client.get("/konto/sicherheit").status_code == 302
    new_browser().open(link, status=404)
    enter(new_browser(), anna, NEW)


def test_reset_answers_alike_for_strangers(browser):
    page = browser.open("/konto/passwort-vergessen")

    page = page.submit("forgot", email="niemand@stadt.example")

    assert "Wenn es zu dieser Adresse ein Konto gibt" in page.main
    jobs.work_all()
    assert not session.scalars(select(Mail)).all()


def test_reset_takes_no_longer_where_there_is_an_account(browser, count_queries):
    page = browser.open("/konto/passwort-vergessen")
    email = factories.make_anna().email

    known = count_queries(lambda: page.submit("forgot", email=email))
    unknown = count_queries(lambda: page.submit("forgot", email="niemand@stadt.example"))

    assert known == unknown
    assert not session.scalars(select(Mail)).all()


def test_reset_link_dies_after_an_hour(browser):
    anna = factories.make_anna()
    browser.open("/konto/passwort-vergessen").submit("forgot", email=anna.email)
    link = link_in(reset_mails_to(anna.email)[0])
    clock.shift(timedelta(minutes=61))

    browser.open(link, status=404)


def test_new_address_counts_once_it_is_confirmed(browser, new_browser):
    anna = factories.make_anna()
    old, new = anna.email, "anna.neu@mannheim.example"
    page = enter(browser, anna)

    page.submit("change-email", new_email=new, email_password=factories.PASSWORD)
    enter(new_browser(), anna)
    new_browser().open(link_in(mails_to(new)[0])).submit("confirm-email", status=200)

    account = session.get(Account, anna.id, populate_existing=True)
    assert (account.email, account.email_key) == (new, new)
    notices = {"Ihre E-Mail-Adresse soll geändert werden", "Ihre E-Mail-Adresse wurde geändert"}
    assert notices <= set(subjects_to(old))


def test_address_of_somebody_else_is_not_taken_over(browser):
    anna, bernd = factories.make_anna(), factories.make_bernd()
    page = enter(browser, anna)

    page = page.submit("change-email", new_email=bernd.email, email_password=factories.PASSWORD)

    assert "neue Postfach" in page.main
    assert "hat schon ein Konto" in mails_to(bernd.email)[0].subject


def test_other_browsers_can_be_signed_out(browser, new_browser):
    anna = factories.make_anna()
    other = new_browser()
    enter(other, anna)
    page = enter(browser, anna)
    form = page.html.select("form[action^='/konto/sicherheit/sitzungen/']")[0]
    token = form.select_one("[name=csrf_token]")["value"]

    browser.client.post(form["action"], data={"csrf_token": token})

    assert other.client.get("/konto/sicherheit").status_code == 302
    assert browser.client.get("/konto/sicherheit").status_code == 200


def set_up(browser, account) -> str:
    """Turn the second factor on; return its secret."""
    enter(browser, account)
    page = browser.open("/konto/sicherheit/zweiter-faktor")
    secret = re.search(r"Schlüssel: ([A-Z2-7 ]{39})", page.text)[1].replace(" ", "")
    code = pyotp.TOTP(secret).at(clock.now())
    page = page.submit("second-factor", code=code)
    assert "Ersatzcodes" in page.main
    browser.recovery = re.findall(r"[0-9a-f]{4}(?:-[0-9a-f]{4}){3}", page.main)
    return secret


def test_second_factor_is_asked_for_and_each_code_works_once(browser, new_browser):
    anna = factories.make_anna()
    secret = set_up(browser, anna)
    clock.shift(timedelta(minutes=2))
    code = pyotp.TOTP(secret).at(clock.now())

    page = enter(new_browser(), anna)
    page.submit("enter-code", code="000000", status=422)
    page = page.submit("enter-code", code=code)
    assert page.url == "/konto/sicherheit"

    again = enter(new_browser(), anna)
    again.submit("enter-code", code=code, status=422)


def test_recovery_code_works_once(browser, new_browser):
    anna = factories.make_anna()
    set_up(browser, anna)
    code = browser.recovery[0]

    page = enter(new_browser(), anna).submit("enter-code", code=code)

    assert "noch 9 Ersatzcodes" in page.main
    assert "Ein Ersatzcode wurde benutzt" in subjects_to(anna.email)
    enter(new_browser(), anna).submit("enter-code", code=code, status=422)


def test_password_alone_opens_nothing_with_a_second_factor(browser, new_browser):
    anna = factories.make_anna()
    set_up(browser, anna)
    other = new_browser()

    enter(other, anna)

    assert other.client.get("/konto/sicherheit").status_code == 302


def test_staff_without_second_factor_is_led_to_set_it_up(app, browser, monkeypatch):
    settings = replace(app.extensions["settings"], staff_needs_second_factor=True)
    monkeypatch.setitem(app.extensions, "settings", settings)
    clara = factories.make_clara()

    page = enter(browser, clara)

    assert page.url == "/konto/sicherheit/zweiter-faktor"
    assert not factories.actor(clara).is_staff
    answer = browser.client.get("/arbeitskorb/")
    assert answer.location == "/konto/sicherheit/zweiter-faktor"


def test_sensitive_step_asks_for_the_password_again(browser):
    anna = factories.make_anna()
    enter(browser, anna)
    clock.shift(timedelta(minutes=31))

    page = browser.open("/konto/sicherheit/zweiter-faktor")
    assert page.url == "/konto/noch-einmal"
    page = page.submit("confirm-identity", password=factories.PASSWORD)

    assert page.url == "/konto/sicherheit/zweiter-faktor"


def test_guessing_is_stopped_and_told_in_german(browser, limited):
    anna = factories.make_anna()
    for _number in range(10):
        enter(browser, anna, "falsch", status=422)

    page = enter(browser, anna, factories.PASSWORD, status=429)

    assert "zu viele Versuche" in page.main
    assert 0 < int(page.response.headers["Retry-After"]) <= 300
    assert anna.email not in {attempt.key for attempt in session.scalars(select(Attempt))}


def test_unknown_address_is_limited_like_a_known_one(browser, limited):
    stranger = Account(email="niemand@stadt.example")
    for _number in range(10):
        enter(browser, stranger, "falsch", status=422)

    enter(browser, stranger, "falsch", status=429)


def test_signing_in_forgets_earlier_failures(browser, new_browser, limited):
    anna = factories.make_anna()
    enter(new_browser(), anna, "falsch", status=422)

    enter(browser, anna)

    assert not session.scalars(select(Attempt).where(Attempt.kind == "login")).all()


def test_reset_mails_per_address_are_limited_without_telling(browser, limited):
    anna = factories.make_anna()
    for _number in range(3):
        page = browser.open("/konto/passwort-vergessen").submit("forgot", email=anna.email)
        assert "Wenn es zu dieser Adresse" in page.main

    assert len(reset_mails_to(anna.email)) == 2


def test_hashing_holds_no_lock(browser, monkeypatch):
    anna = factories.make_anna()
    seen = []

    original = passwords.verify_password

    def watched(hashed, password):
        seen.append(session.registry().in_transaction())
        return original(hashed, password)

    monkeypatch.setattr(passwords, "verify_password", watched)
    enter(browser, anna)

    assert seen == [False]


def test_strangers_who_guess_do_not_lock_out_a_known_browser(browser, new_browser, limited):
    anna = factories.make_anna()
    enter(browser, anna)
    browser.client.delete_cookie("sid")
    stranger = new_browser()
    for _number in range(10):
        enter(stranger, anna, "falsch", status=422)

    enter(stranger, anna, factories.PASSWORD, status=429)

    assert enter(browser, anna).url == "/konto/sicherheit"


def test_security_page_costs_the_same_with_many_sessions(count_queries, browser, new_browser):
    anna = factories.make_anna()
    anna_id = anna.id
    enter(browser, anna)
    few = count_queries(lambda: browser.open("/konto/sicherheit"))
    anna = session.get(Account, anna_id)
    for _number in range(5):
        enter(new_browser(), anna)

    assert count_queries(lambda: browser.open("/konto/sicherheit")) == few
    assert few <= 12
