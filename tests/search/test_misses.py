"""Searches without a hit are counted in sum, and only with consent."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.search import misses
from inforo.search.misses import MissedSearch
from tests import factories

pytestmark = pytest.mark.usefixtures("word_lists")


def counted():
    return {row.words: row.count for row in session.scalars(select(MissedSearch))}


def agree(browser):
    return browser.open("/suche/einwilligung").submit("consent", button="agree")


def test_without_consent_nothing_is_counted_and_no_cookie_set(browser):
    page = browser.open("/suche/einwilligung")
    browser.open("/suche?q=Quantenchromodynamik")

    assert "Es wird nichts gezählt" in page.main
    assert counted() == {}
    assert browser.client.get_cookie("consent") is None


def test_with_consent_only_words_and_a_number_are_kept(browser):
    page = agree(browser)

    for _ in range(2):
        browser.open("/suche?q=Quantenchromodynamik")

    assert "Sie haben zugestimmt" in page.main
    assert counted() == {"quantenchromodynamik": 2}


def test_consent_can_be_taken_back(browser):
    agree(browser)
    agree(browser)
    browser.open("/suche?q=Quantenchromodynamik")

    assert browser.client.get_cookie("consent") is None
    assert counted() == {}


@pytest.mark.parametrize(
    "typed", ["max@muster.example", "0621 471147", "x", "https://a.example"]
)
def test_what_may_be_about_somebody_is_not_kept(browser, typed):
    agree(browser)

    browser.client.get("/suche", query_string={"q": typed})

    assert counted() == {}


def test_questions_with_hits_are_not_counted(browser):
    factories.make_example("Sprachpaten")
    agree(browser)

    browser.open("/suche?q=Sprachpaten")

    assert counted() == {}


def test_editors_see_what_was_searched_five_times(browser):
    for words, count in (("selten", 4), ("oft vergeblich", 5)):
        session.add(MissedSearch(words=words, count=count, last_at=clock.now()))
    session.commit()
    browser.sign_in(factories.make_emil())

    page = browser.open("/redaktion/suchen-ohne-treffer")

    assert "oft vergeblich" in page.main
    assert "selten" not in page.main


def test_words_are_forgotten_after_thirty_days(app):
    now = clock.now()
    session.add(MissedSearch(words="alt", count=9, last_at=now - timedelta(days=31)))
    session.add(MissedSearch(words="neu", count=9, last_at=now - timedelta(days=29)))
    session.commit()

    misses.forget_missed_searches()

    assert counted() == {"neu": 9}
