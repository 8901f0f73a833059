"""The list of examples from municipalities like one: as a filter, and as an order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from inforo import clock
from inforo.db import session
from inforo.municipalities.models import Municipality, ReferenceImport
from inforo.municipalities.queries import register
from inforo.toolbox import nearness, shelves
from inforo.toolbox.models import ListOrder
from tests import factories
from tests.reference import BRUCHSAL, HERNE, KARLSRUHE_KREIS, MANNHEIM, MUENSTER


def titles(page) -> list[str]:
    return [card.get_text(strip=True) for card in page.html.select(".card__title")]


def make_examples() -> None:
    factories.make_example("Aus Münster", municipality=MUENSTER)
    factories.make_example("Aus dem Kreis", municipality=KARLSRUHE_KREIS)
    factories.make_example("Aus Bruchsal", municipality=BRUCHSAL)


def test_filter_leaves_examples_from_similar_municipalities(browser):
    make_examples()

    page = browser.open(f"/werkzeugkiste/?wie={MANNHEIM}")

    assert titles(page) == ["Aus Münster"]
    assert "gleiche Art (kreisfreie Stadt), gleiche Größenklasse" in page.main
    assert "1 Praxisbeispiel" in page.main
    counted = page.html.select_one("[name=land]").find_parent("label").get_text(" ", strip=True)
    assert counted.endswith("1")


def test_unknown_municipality_filters_nothing(browser):
    make_examples()

    for wrong in ("00000000", "Mannheim", "%27", "1" * 300):
        assert len(titles(browser.open(f"/werkzeugkiste/?wie={wrong}"))) == 3


def test_guest_chooses_a_municipality_without_script(browser):
    make_examples()

    page = browser.open("/werkzeugkiste/").submit("filter", wie_query="Mannheim")

    assert page.response.request.query_string.decode() == f"sortierung=neu&wie={MANNHEIM}"
    assert titles(page) == ["Aus Münster"]
    page = page.follow("Kommunen wie Mannheim")
    assert len(titles(page)) == 3


def test_a_typed_part_of_a_name_is_searched_and_chosen(browser):
    make_examples()

    page = browser.open("/werkzeugkiste/").submit("filter", wie_query="m", button="wie_search")
    choices = {radio["value"] for radio in page.html.select("input[type=radio][name=wie]")}
    assert choices >= {MANNHEIM, MUENSTER}
    page = page.submit("filter", wie=MANNHEIM)

    assert titles(page) == ["Aus Münster"]


def test_member_sees_what_is_like_the_own_municipality_first(browser):
    make_examples()
    browser.sign_in(factories.make_account("Hilde", municipality=HERNE))

    page = browser.open("/werkzeugkiste/")

    assert titles(page)[0] == "Aus Münster"
    assert "Zuerst Beispiele aus Kommunen wie Herne" in page.main
    assert titles(page.follow("Neueste zuerst"))[0] == "Aus Bruchsal"
    assert titles(page.follow("Nur diese zeigen")) == ["Aus Münster"]


def test_freshness_weighs_against_likeness(browser):
    old = clock.now() - timedelta(days=365 * 12)
    factories.make_example("Alt", municipality=MUENSTER, published_at=old)
    factories.make_example("Neu", municipality=BRUCHSAL)
    browser.sign_in(factories.make_account("Hilde", municipality=HERNE))

    assert titles(browser.open("/werkzeugkiste/")) == ["Neu", "Alt"]


def test_order_is_remembered_for_the_account_only(browser, new_browser):
    make_examples()
    hilde = factories.make_account("Hilde", municipality=HERNE)
    browser.sign_in(hilde)

    page = browser.open("/werkzeugkiste/?sortierung=titel").submit("remember-order")
    assert "Gemerkt" in page.text

    by_title = ["Aus Bruchsal", "Aus dem Kreis", "Aus Münster"]
    assert titles(browser.open("/werkzeugkiste/")) == by_title
    assert session.get(ListOrder, hilde.id).sort == "titel"
    other = new_browser().sign_in(factories.make_account("Hugo", municipality=HERNE))
    assert titles(other.open("/werkzeugkiste/"))[0] == "Aus Münster"
    assert titles(new_browser().open("/werkzeugkiste/"))[0] == "Aus Bruchsal"


def test_nobody_remembers_an_order_that_does_not_exist(app, browser):
    browser.sign_in(factories.make_anna())
    app.config["WTF_CSRF_ENABLED"] = False
    answer = browser.client.post("/werkzeugkiste/reihenfolge", data={"sort": "x"})
    app.config["WTF_CSRF_ENABLED"] = True

    assert answer.status_code == 400


def test_list_by_likeness_needs_a_constant_number_of_queries(browser, count_queries):
    make_examples()
    url = f"/werkzeugkiste/?wie={MANNHEIM}"
    browser.open(url)
    few = count_queries(lambda: browser.open(url))
    for number in range(5):
        factories.make_example(f"Beispiel {number}", municipality=MUENSTER)
    browser.open(url)

    assert count_queries(lambda: browser.open(url)) <= few <= 8
    browser.sign_in(factories.make_anna())
    browser.open("/werkzeugkiste/")
    assert count_queries(lambda: browser.open("/werkzeugkiste/")) <= 12


def test_merged_municipality_is_no_reference_any_more(browser):
    make_examples()
    session.get(Municipality, HERNE).dissolved_at = clock.now()
    factories.save(ReferenceImport(token="after the merger"))
    browser.sign_in(factories.make_account("Hilde", municipality=HERNE))

    assert titles(browser.open("/werkzeugkiste/"))[0] == "Aus Bruchsal"


def test_many_who_ask_at_once_have_the_order_made_once():
    for number in range(3):
        factories.make_example(f"Beispiel {number}")
    names, catalogue = register(), shelves.shelf().catalogue

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(nearness.nearness, catalogue, names, MANNHEIM) for _ in range(8)]
        found = [answer.result() for answer in asked]

    assert len({id(order) for order in found}) == 1
