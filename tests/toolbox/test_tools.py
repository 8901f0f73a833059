"""The list of tools: filters with numbers, orders, recommendations."""

import pytest
from sqlalchemy import select

from inforo import clock, files
from inforo.db import session
from inforo.learning.models import Recommendation
from inforo.municipalities.models import Municipality
from inforo.toolbox.tool_models import ToolFile
from inforo.vocabularies.models import Term
from tests import factories
from tests.adoptions.making import make_adoption
from tests.reference import MANNHEIM, MUENSTER

LIST = "/werkzeugkiste/werkzeuge/"


def make_tool(title, name="vorlage.txt", **values):
    tool = factories.make_tool(title, **values)
    stored = files.store_bytes(f"Inhalt {title}".encode(), name, owner_id=None)
    tool.files = [ToolFile(file=stored, number=1, published_at=clock.now())]
    session.commit()
    return tool


def shown(page):
    return [link.get_text(strip=True) for link in page.html.select("#list .card__title")]


def number_at(page, facet, value):
    box = page.html.select_one(f"#filter [name={facet}][value='{value}']")
    return int(box.find_parent("label").b.text) if box else 0


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("werkzeugart", "checkliste"),
        ("schritt", "bestandsaufnahme"),
        ("land", "NW"),
        ("dateityp", "csv"),
        ("lizenz", "CC0 1.0"),
        ("kommune", MUENSTER),
    ],
)
def test_filter_narrows_the_list_and_says_how_many_each_choice_leaves(browser, facet, value):
    make_tool("Anderes")
    make_tool(
        "Gesuchtes",
        "liste.csv",
        category_key="checkliste",
        phase_key="bestandsaufnahme",
        state_code="NW",
        municipality_ags=MUENSTER,
        licence="CC0 1.0",
    )

    page = browser.open(LIST)
    assert number_at(page, facet, value) == 1

    page = browser.open(f"{LIST}?{facet}={value}")
    assert shown(page) == ["Gesuchtes"]
    assert page.html.select_one(f"#filter [name={facet}][value='{value}']").has_attr("checked")
    assert page.html.select_one(".chip--active")


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(browser):
    make_tool("Eins", category_key="checkliste")
    make_tool("Zwei", category_key="methode-moderation", municipality_ags=MUENSTER)

    both = browser.open(f"{LIST}?werkzeugart=checkliste&werkzeugart=methode-moderation")
    assert sorted(shown(both)) == ["Eins", "Zwei"]
    page = browser.open(f"{LIST}?werkzeugart=checkliste&kommune={MUENSTER}")
    assert shown(page) == []
    assert "Alle Werkzeuge zeigen" in page.main


def test_form_works_without_script_and_leads_to_an_address_to_share(browser):
    make_tool("Eins", category_key="checkliste")
    make_tool("Zwei")

    page = browser.open(LIST).submit("filter", werkzeugart=["checkliste"], sortierung="titel")

    assert shown(page) == ["Eins"]
    assert "werkzeugart=checkliste" in page.response.request.query_string.decode()


def test_orders_are_newest_title_use_and_downloads(browser):
    old = make_tool("Alt", published_at=clock.now())
    make_tool("Bald")
    used = make_tool("Chronik")
    make_adoption(used, MANNHEIM)
    old.files[0].downloads = 5
    session.commit()

    def order(sort):
        return shown(browser.open(f"{LIST}?sortierung={sort}"))

    assert order("neu") == ["Chronik", "Bald", "Alt"]
    assert order("titel") == ["Alt", "Bald", "Chronik"]
    assert order("genutzt")[0] == "Chronik"
    assert order("geladen")[0] == "Alt"


def test_list_notices_what_was_published_since(browser):
    tool = make_tool("Vorlage")
    browser.open(LIST)
    stored = files.store_bytes(b"a;b", "neu.csv", owner_id=None)
    tool.files.append(ToolFile(file=stored, number=2, published_at=clock.now()))
    session.commit()

    page = browser.open(LIST)

    assert number_at(page, "dateityp", "csv") == 1
    assert number_at(page, "dateityp", "txt") == 0


def test_file_type_of_a_version_that_waits_is_not_told(browser):
    tool = make_tool("Vorlage")
    stored = files.store_bytes(b"a;b", "neu.csv", owner_id=None)
    tool.files.append(ToolFile(file=stored, number=2))
    session.commit()

    assert number_at(browser.open(LIST), "dateityp", "csv") == 0


def test_chosen_step_shows_what_the_editors_recommend(browser):
    tool = make_tool("Vorlage", phase_key="bestandsaufnahme")
    step = session.scalar(select(Term).where(Term.key == "bestandsaufnahme"))
    session.add(
        Recommendation(term_id=step.id, tool_id=tool.id, reason="Passt immer.", position=1)
    )
    session.commit()

    assert "Passt immer." in browser.open(f"{LIST}?schritt=bestandsaufnahme").main
    assert "Passt immer." not in browser.open(LIST).main


def test_address_that_asks_for_nonsense_shows_all(browser):
    make_tool("Eins")

    page = browser.open(f"{LIST}?kommune=99&lizenz=x&sortierung=y&schritt=")

    assert "1 Werkzeug" in page.main


@pytest.mark.parametrize(("who", "most"), [("guest", 8), ("anna", 12)])
@pytest.mark.parametrize("query", ["", "?schritt=bestandsaufnahme&sortierung=genutzt&q=w"])
def test_filtered_list_needs_a_constant_number_of_queries(
    browser, count_queries, who, most, query
):
    if who == "anna":
        browser.sign_in(factories.make_anna())
    make_tool("Werkzeug", phase_key="bestandsaufnahme")
    browser.open(LIST + query)
    few = count_queries(lambda: browser.open(LIST + query))
    places = session.scalars(select(Municipality.ags).limit(5)).all()
    for number, ags in enumerate(places):
        make_tool(f"Werkzeug {number}", phase_key="bestandsaufnahme", municipality_ags=ags)
    browser.open(LIST + query)

    assert few == count_queries(lambda: browser.open(LIST + query)) <= most
