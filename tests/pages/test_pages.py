"""Legal texts in both languages, and what only operators see."""

import pytest
from sqlalchemy import select

from inforo.db import session
from inforo.mail import Mail
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.pages.views import TITLES
from tests.factories import make_anna, make_frieda


@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_legal_page_speaks_both_languages(browser, name, language):
    browser.client.set_cookie("language", language)

    page = browser.open(f"/{name}")

    assert page.html.html["lang"] == language
    assert page.html.select("main h2")
    assert "{{" not in page.text
    assert "Fassung:" not in page.text


def test_imprint_names_the_sources_of_the_data(browser):
    page = browser.open("/impressum")

    assert "Statistisches Bundesamt" in page.main
    assert page.html.select("a[href='https://www.govdata.de/dl-de/by-2-0']")
    assert page.html.select("a[href='https://www.bkg.bund.de']")


def test_admin_sees_that_mails_went_out_but_not_what_they_say(browser):
    notify(make_anna(), Event.DECISION, key="a:1", title="Vertraulicher Betreff", url="/")
    session.commit()

    page = browser.sign_in(make_frieda()).open("/betrieb/postausgang")

    assert session.scalars(select(Mail)).one().address in page.main
    assert "Vertraulicher Betreff" not in page.main


def test_operation_page_shows_queues_and_disk(browser):
    page = browser.sign_in(make_frieda()).open("/betrieb/")

    assert "wartende E-Mails" in page.main
    assert "MB frei" in page.main


def test_building_blocks_explain_refused_fields(browser):
    page = browser.sign_in(make_frieda()).open("/betrieb/bausteine")

    assert page.html.select("form")
