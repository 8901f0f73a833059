"""The first five steps: remembered for members, carried in the address for guests."""

from sqlalchemy import func, select

from inforo.db import session
from inforo.learning.models import NewcomerStep
from tests import factories


def test_guest_goes_through_five_steps_and_is_invited_to_register(browser):
    page = browser.open("/").follow("Neu hier?")

    for number in range(1, 6):
        assert f"Schritt {number} von 5" in page.main
        if number < 5:
            page = page.follow("Erledigt, weiter")

    assert page.main.count("(erledigt)") == 4
    assert page.html.select("a[href='/konto/registrieren']")
    assert session.scalar(select(func.count()).select_from(NewcomerStep)) == 0


def test_member_finds_the_next_open_step_again(browser):
    browser.sign_in(factories.make_anna())
    browser.open("/neu-hier/2").submit("done")

    page = browser.open("/neu-hier")

    assert "Schritt 1 von 5" in page.main
    assert page.main.count("(erledigt)") == 1
    for _number in (1, 3, 4):
        page = page.submit("done")
    page = page.submit("done")
    assert "Alle fünf Schritte geschafft" in page.text


def test_a_sixth_step_is_not_there(browser):
    browser.open("/neu-hier/6", status=404)
