"""Filters with counts: OR within a facet, AND between, and only what the asker may see."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.authz import GUEST
from inforo.db import session
from inforo.search import queries, ranking
from inforo.search.results import Filters
from inforo.toolbox.states import MeasureStatus, Tier
from inforo.vocabularies.models import Term
from tests import factories
from tests.reference import BRUCHSAL, MUENSTER

pytestmark = pytest.mark.usefixtures("word_lists")


def term(vocabulary, position):
    statement = select(Term).where(Term.vocabulary == vocabulary).order_by(Term.position)
    return session.scalars(statement).all()[position]


def counts(page, name):
    """Return label → number of one facet of the page."""
    boxes = page.html.select(f"form#filter input[name={name}]")
    found = [box.find_parent("label") for box in boxes]
    return {label.select_one("span").text: int(label.b.text) for label in found}


def titles(page):
    return {title.get_text() for title in page.html.select(".result__title")}


@pytest.fixture
def examples():
    first, second = (term("age_phase", place) for place in (0, 1))
    factories.make_example("Lesepaten A", municipality=BRUCHSAL, terms=[first])
    factories.make_example("Lesepaten B", municipality=MUENSTER, terms=[first, second])
    factories.make_example(
        "Lesepaten C",
        municipality=MUENSTER,
        terms=[second],
        tier=Tier.GOOD_PRACTICE,
        measure_status=MeasureStatus.RUNNING,
    )
    return first, second


def test_facets_count_what_each_choice_would_leave(browser, examples):
    first, second = examples

    page = browser.open("/suche?q=Lesepaten")

    assert counts(page, "land") == {"Baden-Württemberg": 1, "Nordrhein-Westfalen": 2}
    assert counts(page, "phase") == {first.label: 2, second.label: 2}


def test_what_is_written_after_the_clock_was_set_back_is_counted(browser, examples):
    clock.shift(timedelta(hours=1))
    browser.open("/suche?q=Lesepaten")
    clock.shift(timedelta())
    factories.make_example("Lesepaten D", municipality=BRUCHSAL)

    page = browser.open("/suche?q=Lesepaten")

    assert counts(page, "land") == {"Baden-Württemberg": 2, "Nordrhein-Westfalen": 2}


def test_values_of_one_facet_are_alternatives_and_facets_add_up(browser, examples):
    first, _second = examples

    both = browser.open("/suche?q=Lesepaten&land=BW&land=NW")
    narrowed = browser.open(f"/suche?q=Lesepaten&land=NW&phase={first.key}")

    assert titles(both) == {"Lesepaten A", "Lesepaten B", "Lesepaten C"}
    assert titles(narrowed) == {"Lesepaten B"}


def test_a_facet_counts_without_its_own_choice(browser, examples):
    page = browser.open("/suche?q=Lesepaten&land=NW")

    assert counts(page, "land") == {"Baden-Württemberg": 1, "Nordrhein-Westfalen": 2}
    assert "2 Treffer" in page.main


def test_form_of_filters_keeps_the_question_and_makes_an_address(browser, examples):
    page = browser.open("/suche?q=Lesepaten").submit("filter", land=["BW"])

    assert titles(page) == {"Lesepaten A"}
    assert page.response.request.args["q"] == "Lesepaten"


def test_counts_follow_a_change_at_once(browser, examples):
    browser.open("/suche?q=Lesepaten")

    factories.make_example("Lesepaten D", municipality=BRUCHSAL)

    assert counts(browser.open("/suche?q=Lesepaten"), "land")["Baden-Württemberg"] == 2


def test_threads_and_examples_are_counted_together(browser, examples):
    group = factories.make_group(audience="public")
    factories.make_thread("Lesepaten?", group=group, posts=("Wer?", "Lesepaten!"))

    page = browser.open("/suche?q=Lesepaten")

    assert counts(page, "art") == {"Beispiele": 3, "Diskussionen": 1}


def test_many_matches_are_counted_without_being_weighed(browser, examples, monkeypatch):
    exact = counts(browser.open("/suche?q=Lesepaten"), "land")
    monkeypatch.setattr(ranking, "WEIGHED", 1)
    monkeypatch.setattr(ranking, "WEIGHED_TITLES", 1)

    page = browser.open("/suche?q=Lesepaten")

    assert counts(page, "land") == exact
    assert len(titles(page)) == 3


def test_words_of_the_question_are_offered_as_filters(browser, examples):
    for number in range(10):
        factories.make_example(f"{number} wie in Baden-Württemberg", municipality=MUENSTER)
    page = browser.open("/suche?q=Baden-Württemberg")

    narrowed = page.follow("Nur Baden-Württemberg zeigen (1)")

    assert titles(narrowed) == {"Lesepaten A"}


def test_good_practice_stands_above_what_fits_as_well(browser):
    for tier in (Tier.PUBLISHED, Tier.GOOD_PRACTICE, Tier.PUBLISHED):
        factories.make_example("Lesepaten", summary=tier.value, tier=tier)

    results = queries.find(GUEST, "Lesepaten", Filters())

    assert "good" in str(results.results[0].snippet).lower()


def test_what_is_near_to_the_asker_comes_first():
    for number in range(3):
        factories.make_example(f"Die Lesepaten {number}", municipality=MUENSTER)
    near = factories.make_example("Die Lesepaten 9", municipality=BRUCHSAL)
    for number in range(3):
        factories.make_example(f"Die Lesepaten {number}", municipality=MUENSTER)
    anna = factories.make_account("Nora Nah", municipality=BRUCHSAL)

    results = queries.find(factories.actor(anna), "Lesepaten", Filters())

    assert str(near.id) in results.results[0].url
