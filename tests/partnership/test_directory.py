"""The directory: what filters leave, what facets count, in which order."""

import itertools
from collections import Counter

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.municipalities.models import Municipality, MunicipalityKind, SizeClass
from inforo.municipalities.names import name_key
from inforo.partnership.directory import DIMENSIONS, Filters, listing, standings
from inforo.partnership.models import MunicipalityProfile, PartnershipStatus
from tests.partnership.making import make_profile
from tests.reference import BRUCHSAL, HERNE, MANNHEIM, MUENSTER


@pytest.fixture
def land():
    """Profiles, a draft, a status without profile, and forty more municipalities."""
    partner, interested = PartnershipStatus.PARTNER, PartnershipStatus.INTERESTED
    make_profile(MANNHEIM, status=partner, focus=("bewegung", "ernaehrung"))
    make_profile(MUENSTER, status=interested, focus=("bewegung",))
    make_profile(HERNE, status=partner, focus=("pflege",), published_at=None)
    make_profile(BRUCHSAL, focus=("ernaehrung",), confirmed_at=None)
    kinds = itertools.cycle([MunicipalityKind.VILLAGE, MunicipalityKind.TOWN])
    sizes = itertools.cycle([SizeClass.RURAL, SizeClass.SMALL, None])
    for number in range(40):
        session.add(
            Municipality(
                ags=f"09999{number:03}",
                name=f"Ort {number:02}",
                display_name=f"Ort {number:02}",
                name_key=name_key(f"Ort {number:02}"),
                kind=next(kinds),
                size_class=next(sizes),
                state_code="BY" if number % 3 else "BW",
                population=number * 100,
            )
        )
    session.commit()


def described():
    """Return the facet values of every municipality, found out the slow way."""
    profiles = {p.ags: p for p in session.scalars(select(MunicipalityProfile))}
    found = {}
    for unit in session.scalars(select(Municipality)):
        profile = profiles.get(unit.ags)
        is_public = profile is not None and profile.published_at is not None
        found[unit.ags] = {
            "land": {unit.state_code},
            "art": {unit.kind.value},
            "groesse": {unit.size_class.value} if unit.size_class else set(),
            "status": {profile.status.value if profile and profile.status else "ohne"},
            "thema": {t.key for t in profile.terms if t.vocabulary == "field_of_action"}
            if is_public
            else set(),
        }
    return found


CHOICES = [
    {},
    {"land": {"BW"}},
    {"land": {"BW", "NW"}},
    {"art": {"gemeinde"}, "land": {"BY"}},
    {"groesse": {"landgemeinde", "grossstadt"}},
    {"status": {"partner"}},
    {"status": {"ohne"}, "art": {"stadt"}},
    {"status": {"partner", "interessiert"}, "thema": {"bewegung"}},
    {"thema": {"bewegung", "pflege"}},
    {"thema": {"pflege"}},
    {"land": {"XX"}},
    {"land": {"BW"}, "art": {"stadt"}, "groesse": {"mittelstadt"}, "thema": {"ernaehrung"}},
]


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_facets_count_what_brute_force_counts(land, chosen):
    filters = Filters(chosen={name: frozenset(values) for name, values in chosen.items()})
    everything = described()

    found = listing(filters, 1, 500)

    def passes(values, but=""):
        return all(values[name] & wanted for name, wanted in chosen.items() if name != but)

    matching = {ags for ags, values in everything.items() if passes(values)}
    assert {place.ags for place in found.places} == matching
    assert found.total == len(matching)
    for name in DIMENSIONS:
        expected = Counter(
            value
            for values in everything.values()
            if passes(values, name)
            for value in values[name]
        )
        assert +found.facets[name] == expected, name


@pytest.mark.parametrize("sort", ["profil", "name", "einwohner", "bestaetigt"])
def test_pages_show_everything_exactly_once(land, sort):
    pages = [listing(Filters(sort=sort), page, 10).places for page in range(1, 6)]
    keys = [place.ags for page in pages for place in page]

    assert len(keys) == len(set(keys)) == 47
    assert listing(Filters(sort=sort), 6, 10).places == []


def test_profiles_come_first(land):
    found = listing(Filters(), 1, 4).places

    assert [place.name for place in found] == ["Bruchsal", "Mannheim", "Münster", "Düsseldorf"]


def test_the_last_confirmed_profile_comes_first(land):
    session.get(MunicipalityProfile, MUENSTER).confirmed_at += clock.timedelta(days=1)
    session.commit()

    found = listing(Filters(sort="bestaetigt"), 1, 3).places

    assert [place.name for place in found] == ["Münster", "Mannheim", "Bruchsal"]


def test_the_largest_comes_first(land):
    assert listing(Filters(sort="einwohner"), 1, 1).places[0].name == "Düsseldorf"


def test_a_search_keeps_to_the_filters(land):
    filters = Filters(q="ort", chosen={"land": frozenset({"BW"})})

    found = listing(filters, 1, 50)

    assert found.total == len(found.places) == 14
    assert found.facets["land"] == Counter({"BY": 26, "BW": 14})


def test_topics_of_a_draft_are_known_to_nobody(land):
    assert standings()[HERNE].topics == frozenset()
    assert standings()[HERNE].is_published is False
    assert listing(Filters(chosen={"thema": frozenset({"pflege"})}), 1, 5).total == 0


def test_the_page_narrows_and_widens(browser, land):
    page = browser.open("/kommunen/")
    assert "47 Kommunen" in page.main

    page = page.submit("filter", land=["BW"], thema=["ernaehrung"])
    assert "2 Kommunen" in page.main
    assert "Bruchsal" in page.main

    page = page.follow("Baden-Württemberg")
    assert page.url == "/kommunen/"


def test_a_typo_finds_the_municipality(browser, land):
    page = browser.open("/kommunen/").submit("filter", q="Manheim")

    assert page.html.select_one(".place__name a").text == "Mannheim"


def test_nothing_found_offers_a_way_on(browser, land):
    page = browser.open("/kommunen/?q=xqxqxq")

    assert "Keine Kommune passt dazu" in page.main
    assert page.follow("Alle Kommunen zeigen").url == "/kommunen/"


@pytest.mark.parametrize(
    "query",
    [
        "seite=9999999",
        "seite=x",
        "land=%27%22",
        "sortierung=zufall",
        "thema=&art=",
        "ansicht=x",
    ],
)
def test_odd_addresses_do_no_harm(browser, land, query):
    browser.open(f"/kommunen/?{query}")


def test_the_map_says_what_the_table_says(browser, land):
    page = browser.open("/kommunen/?ansicht=karte")
    shape = page.html.select_one("svg a[href='/laender/BW']")
    row = page.html.select_one("table a[href='/laender/BW']").find_parent("tr")

    assert len(page.html.select("svg.map a")) == 16
    assert shape["aria-label"] == "Baden-Württemberg: 2 Profile, 1 Partner"
    assert [cell.text.strip() for cell in row.select("td")] == ["17", "2", "1"]
    assert page.html.select("a[href='https://www.bkg.bund.de']")


def test_data_is_attributed(browser):
    assert "Statistisches Bundesamt" in browser.open("/kommunen/").main


@pytest.mark.parametrize("url", ["/kommunen/", "/kommunen/?land=BY&q=ort", "/laender/"])
def test_queries_stay_the_same_however_many_there_are(browser, land, count_queries, url):
    browser.open(url)
    few = count_queries(lambda: browser.open(url))
    make_profile("09999001", focus=("bewegung", "pflege"))
    make_profile("09999002", focus=("bewegung",))
    browser.open(url)

    assert count_queries(lambda: browser.open(url)) == few <= 8


def test_guests_get_no_cookie_and_a_page_to_keep(browser, land):
    response = browser.client.get("/kommunen/")

    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=60"
