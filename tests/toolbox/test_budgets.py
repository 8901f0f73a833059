"""What the pages of the toolbox may cost: statements of the database, letters of HTML."""

from itertools import cycle, product

import pytest
from sqlalchemy import select

from inforo.db import session
from inforo.toolbox.facets import VOCABULARIES
from inforo.toolbox.states import MeasureStatus, Tier
from inforo.vocabularies.models import Term
from tests import factories, reference
from tests.adoptions.making import make_adoption
from tests.reference import MANNHEIM
from tests.toolbox.test_pages import FULL, address, attach, terms

MOST_STATEMENTS = {"guest": 3, "anna": 9, "clara": 10, "emil": 10}


def sign_in(browser, who):
    if who != "guest":
        browser.sign_in(getattr(factories, f"make_{who}")())
    return browser


def make_rich_example():
    """Make an example with everything its page can show."""
    example = factories.make_example(terms=terms("kita", "kinder"), **FULL)
    make_adoption(example)
    tool = factories.make_tool()
    tool.examples = [example]
    attach(example)
    session.commit()
    return example


@pytest.mark.parametrize("who", MOST_STATEMENTS)
def test_example_page_keeps_to_its_number_of_statements(browser, count_queries, who):
    example = make_rich_example()
    sign_in(browser, who)
    browser.open(address(example))

    needed = count_queries(lambda: browser.open(address(example)))

    assert needed <= MOST_STATEMENTS[who]


@pytest.mark.parametrize("who", ["guest", "anna", "clara"])
def test_pages_keep_to_forty_kilobytes(browser, who):
    every = list(
        session.scalars(select(Term).where(Term.vocabulary.in_(VOCABULARIES.values())))
    )
    ways = cycle(product(Tier, MeasureStatus))
    places = cycle(place for place, *_rest in reference.MUNICIPALITIES)
    for number, place in zip(range(14), places, strict=False):
        long = f"Ein Titel von üblicher Länge für ein Beispiel aus der Praxis {number}"
        tier, status = next(ways)
        factories.make_example(
            long,
            municipality=place,
            summary="Wort " * 50,
            terms=every,
            tier=tier,
            measure_status=status,
        )
        factories.make_tool(f"Werkzeug mit einem längeren Namen {number}")
    example = make_rich_example()
    sign_in(browser, who)
    for url in (
        "/werkzeugkiste/",
        "/werkzeugkiste/?feld=ernaehrung&land=BW",
        address(example),
        "/werkzeugkiste/werkzeuge/",
        f"/kommunen/{MANNHEIM}",
        "/suche?q=Beispiel",
    ):
        page = browser.open(url)
        assert len(page.response.data) <= 40 * 1024, url


def test_long_facet_begins_with_the_most_used_values_and_brings_all_when_asked(browser):
    every = list(session.scalars(select(Term).where(Term.vocabulary == "field_of_action")))
    factories.make_example(terms=every)
    factories.make_example("Zwei", terms=[every[-1]])

    page = browser.open("/werkzeugkiste/?land=BW")

    shown = [box["value"] for box in page.html.select("#filter [name=feld]")]
    assert len(shown) == 8
    assert shown[-1] == every[-1].key
    assert f"{len(every) - 8} weitere" in page.main

    whole = browser.open("/werkzeugkiste/?land=BW&mehr=feld")

    assert len(whole.html.select("#filter [name=feld]")) == len(every)
    assert whole.html.select_one("#filter input[name=mehr]")["value"] == "feld"


def test_chosen_value_stays_in_sight_however_rare(browser):
    every = list(session.scalars(select(Term).where(Term.vocabulary == "field_of_action")))
    factories.make_example(terms=every[:-1])
    factories.make_example("Zwei", terms=[every[-1]])

    page = browser.open(f"/werkzeugkiste/?feld={every[-1].key}")

    assert page.html.select_one(f"#filter input[value='{every[-1].key}']").has_attr("checked")
