"""What the pages show of adoptions, and to whom."""

import pytest
from sqlalchemy import select

from inforo.adoptions import overview, policy, queries
from inforo.adoptions.models import Adoption
from inforo.authz import GUEST
from inforo.db import session
from tests import factories
from tests.adoptions.making import make_adoption
from tests.reference import BRUCHSAL, DUESSELDORF, HERNE, KREUZBERG, MUENSTER

SECRET = {
    "contact_name": "KANARIE-1",
    "contact_function": "KANARIE-2",
    "contact_email": "kanarie@amt.example",
    "contact_phone": "KANARIE-3",
}


def pages_of(example) -> list[str]:
    return [
        f"/werkzeugkiste/beispiele/{example.id}-babybegruessung-mit-hausbesuch",
        f"/werkzeugkiste/beispiele/{example.id}/uebernahmen",
        f"/werkzeugkiste/vergleich?beispiel={example.id}",
        f"/kommunen/{MUENSTER}-muenster",
    ]


def test_example_shows_numbers_map_list_and_what_others_changed(browser):
    example = factories.make_example()
    make_adoption(example, MUENSTER, adapted="Besuch erst ab dem zweiten Kind")
    make_adoption(example, HERNE, stage="pilot")

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")
    assert "2 Kommunen machen das auch: 1 Pilot, 1 läuft" in " ".join(page.main.split())
    assert "Geändert: Besuch erst ab dem zweiten Kind" in page.main
    assert len(page.html.select("#uebernahmen svg circle")) == 2
    page = page.follow("Alle Kommunen")

    table = page.html.select_one("table").get_text(" ", strip=True)
    assert "Nordrhein-Westfalen 2" in table
    assert "Was andere geändert haben" in page.main
    assert "seit 1. März 2025" in page.main


def test_page_without_adoptions_invites(browser):
    example = factories.make_example()

    assert "machen das auch" not in browser.open(f"/werkzeugkiste/beispiele/{example.id}").main
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/uebernahmen")
    assert "Noch hat sich niemand eingetragen" in page.main


def test_who_may_not_register_an_adoption_is_not_led_to_the_form(browser):
    example = factories.make_example()
    at_home = factories.make_account("Ute", municipality=example.municipalities[0].ags)

    page = browser.sign_in(at_home).open(f"/werkzeugkiste/beispiele/{example.id}/uebernahmen")

    assert "Eigene Kommune eintragen" not in page.main


def test_guests_learn_how_many_are_interested_but_not_who(browser, new_browser):
    example = factories.make_example()
    make_adoption(example, MUENSTER, stage="interessiert", adapted="KANARIE")

    for url in pages_of(example)[:3]:
        guest = browser.open(url)
        assert "KANARIE" not in guest.response.text
        assert "Münster" not in guest.main
        assert not guest.html.select("svg circle.map__pin")
    assert "1 interessiert" in browser.open(pages_of(example)[1]).main
    assert "Babybegrüßung" not in browser.open(pages_of(example)[3]).main
    anna = new_browser().sign_in(factories.make_anna())
    assert "Münster" in anna.open(pages_of(example)[1]).main
    assert "Babybegrüßung" in anna.open(pages_of(example)[3]).main


@pytest.mark.parametrize("person", ["guest", "applicant"])
def test_contacts_are_for_members(browser, new_browser, person):
    example = factories.make_example()
    make_adoption(example, **SECRET)
    if person == "applicant":
        browser.sign_in(factories.make_applicant())

    for url in pages_of(example):
        assert "kanarie" not in browser.open(url).response.text.lower()
    member = new_browser().sign_in(factories.make_anna()).open(pages_of(example)[1])
    assert "KANARIE-1" in member.main
    assert "kanarie@amt.example" in member.main


def test_municipality_page_lists_what_it_adopted(browser):
    example, tool = factories.make_example(), factories.make_tool()
    make_adoption(example)
    make_adoption(tool, stage="geplant")
    hidden = factories.make_example("KANARIE-9")
    make_adoption(hidden)
    hidden.withdraw()
    session.commit()

    page = browser.open(f"/kommunen/{MUENSTER}-muenster")

    section = page.html.find("h2", string="Was wir übernommen haben").parent.get_text(" ")
    assert "Babybegrüßung mit Hausbesuch" in section
    assert "Mustervereinbarung" in section
    assert "KANARIE" not in page.response.text


def make_chain():
    """Mannheim's example goes to Münster, becomes one of its own, and goes on to Herne."""
    first = factories.make_example("Mannheims Idee")
    second = factories.make_example("Münsters Fassung", municipality=MUENSTER)
    make_adoption(first, MUENSTER, became_id=second.id)
    herne = make_adoption(second, HERNE)
    make_adoption(second, DUESSELDORF, followed_id=herne.id)
    return first, second


def words(items) -> list:
    """Return nested lists as nested lists of their first words."""
    found = []
    for item in items:
        inner = item.find("ul", recursive=False)
        children = inner.find_all("li", recursive=False) if inner else []
        found.append([item.find(["a", "strong"]).text, *words(children)])
    return found


def test_chain_is_a_nested_list_on_every_page_of_it(browser):
    first, second = make_chain()
    expected = [
        [
            "Mannheims Idee",
            ["Münster", ["Münsters Fassung", ["Herne", ["Düsseldorf"]]]],
        ]
    ]

    for example in (first, second):
        page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")
        assert words(page.html.select_one(".chain").find_all("li", recursive=False)) == expected


def test_chain_hides_what_was_withdrawn(browser):
    first, second = make_chain()
    first.title = "KANARIE-4"
    first.withdraw()
    session.commit()

    page = browser.open(f"/werkzeugkiste/beispiele/{second.id}")

    assert "KANARIE" not in page.response.text
    assert words(page.html.select_one(".chain").find_all("li", recursive=False)) == [
        ["Münsters Fassung", ["Herne", ["Düsseldorf"]]]
    ]


def test_chain_that_leads_back_to_itself_ends(browser):
    first = factories.make_example("Eins")
    second = factories.make_example("Zwei", municipality=MUENSTER)
    make_adoption(first, MUENSTER, became_id=second.id)
    make_adoption(second, HERNE, became_id=first.id)

    for example in (first, second):
        page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")
        assert page.html.select(".chain li")


def test_list_is_sorted_by_number_of_adoptions(browser):
    few = factories.make_example("Wenige")
    many = factories.make_example("Viele")
    factories.make_example("Keine")
    make_adoption(many, HERNE)
    make_adoption(many, MUENSTER)
    make_adoption(few, MUENSTER)

    def titles():
        page = browser.open("/werkzeugkiste/?sortierung=uebernommen")
        return [card.get_text(strip=True) for card in page.html.select(".card__title")]

    assert titles() == ["Viele", "Wenige", "Keine"]
    for ags in (HERNE, BRUCHSAL):
        make_adoption(few, ags)
    assert titles()[0] == "Wenige"


@pytest.mark.parametrize("who", ["guest", "member"])
def test_pages_need_a_constant_number_of_queries(browser, count_queries, who):
    example = factories.make_example()
    make_adoption(example, MUENSTER)
    if who == "member":
        browser.sign_in(factories.make_anna())
    counted = {}
    for url in pages_of(example):
        browser.open(url)
        counted[url] = count_queries(lambda url=url: browser.open(url))
    for ags in (HERNE, DUESSELDORF, KREUZBERG):
        make_adoption(example, ags, adapted="Anders")

    for url, few in counted.items():
        browser.open(url)
        assert count_queries(lambda url=url: browser.open(url)) == few, url
        assert who == "member" or few <= 8, url


PEOPLE = {
    "guest": lambda: GUEST,
    "applicant": lambda: factories.actor(factories.make_applicant()),
    "anna": lambda: factories.actor(factories.make_anna()),
    "clara": lambda: factories.actor(factories.make_clara()),
}


@pytest.mark.parametrize("person", PEOPLE)
def test_rule_and_select_agree(person):
    actor = PEOPLE[person]()
    example = factories.make_example()
    make_adoption(example, MUENSTER, stage="interessiert")
    make_adoption(example, HERNE)

    found = session.scalars(select(Adoption)).all()
    by_sql = set(session.scalars(select(Adoption.id).where(policy.visible_to(actor))))
    assert {made.id for made in found if policy.may_view(actor, made)} == by_sql


def test_numbers_on_map_and_in_table_are_the_same():
    example = factories.make_example()
    for ags in (MUENSTER, HERNE, BRUCHSAL):
        make_adoption(example, ags)
    make_adoption(example, KREUZBERG, stage="interessiert")

    shown = overview.overview_of(GUEST, queries.family_of(example.id))

    assert [(area.outline.code, area.number) for area in shown.lands] == [("NW", 2), ("BW", 1)]
    assert sum(area.number for area in shown.areas) == len(shown.points) == 3
    assert (shown.total, shown.hidden) == (4, 1)
