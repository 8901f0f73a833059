"""The page of the municipalities most like one."""

from inforo import clock
from inforo.db import session
from inforo.municipalities.models import Municipality
from tests import factories
from tests.reference import HERNE, MANNHEIM, MUENSTER


def test_most_similar_municipality_comes_first_and_says_why(browser):
    page = browser.open(f"/kommunen/{MANNHEIM}-mannheim/aehnliche")

    first = page.html.select("tbody tr")[0].get_text(" ", strip=True)
    assert first.startswith("Münster")
    assert "gleiche Größenklasse, etwa gleich viele Einwohner" in first
    assert "Art der Kommune: bis zu 30 Punkte" in page.main
    assert page.html.select_one(f"main a[href='/werkzeugkiste/?wie={MANNHEIM}']")


def test_address_is_completed_and_follows_mergers(browser):
    assert browser.client.get(f"/kommunen/{MANNHEIM}/aehnliche").status_code == 301
    herne = session.get(Municipality, HERNE)
    herne.dissolved_at, herne.successor_ags = clock.now(), MUENSTER
    session.commit()

    assert "Münster" in browser.open(f"/kommunen/{HERNE}/aehnliche").html.title.text
    browser.open("/kommunen/99999999/aehnliche", status=404)


def test_page_needs_few_queries(browser, count_queries):
    url = f"/kommunen/{MANNHEIM}-mannheim/aehnliche"
    browser.open(url)

    assert count_queries(lambda: browser.open(url)) <= 6


def test_what_nobody_confirms_comes_last_in_the_order_by_likeness(browser):
    old = clock.now()
    near = factories.make_example("Aus der Nähe", municipality=MANNHEIM)
    factories.make_example("Unbestätigt", municipality=MANNHEIM, unconfirmed_since=old)
    factories.make_example("Von weit her", municipality=MUENSTER)
    anna = factories.make_anna()

    page = browser.sign_in(anna).open("/werkzeugkiste/?sortierung=aehnlich")

    places = [page.main.index(name) for name in (near.title, "Von weit her", "Unbestätigt")]
    assert places == sorted(places)
