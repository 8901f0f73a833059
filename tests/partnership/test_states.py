"""Pages of the Länder."""

import pytest

from inforo.db import session
from inforo.partnership.models import PartnershipStatus
from tests import factories
from tests.partnership.making import make_profile
from tests.reference import BRUCHSAL, MANNHEIM, MUENSTER


def test_a_land_shows_offices_numbers_and_municipalities(browser):
    office = factories.make_office(
        "BW", name="Stelle Südwest", tasks_html="<p>Berät Kommunen</p>", email="s@land.example"
    )
    office.address = "Weg 1\n70000 Stuttgart"
    make_profile(MANNHEIM, status=PartnershipStatus.PARTNER)
    make_profile(BRUCHSAL, published_at=None, motto="Kanarienvogel")
    make_profile(MUENSTER, motto="Anderswo")
    factories.make_example("Hausbesuch")
    session.commit()

    page = browser.open("/laender/BW")

    for text in ("Stelle Südwest", "Berät Kommunen", "s@land.example", "70000 Stuttgart"):
        assert text in page.main
    for text in ("Mannheim", "Gesund groß werden", "Hausbesuch", "kreisfreie Stadt"):
        assert text in page.main
    for text in ("Kanarienvogel", "Anderswo", "Bruchsal"):
        assert text not in page.main
    numbers = [number.text for number in page.html.select(".stat dd")]
    assert numbers == ["1", "1", "1"]
    assert page.follow("Mannheim").url == "/kommunen/08222000-mannheim"


def test_only_members_see_who_works_in_an_office(browser, new_browser):
    factories.make_clara()

    assert "Clara" not in browser.open("/laender/BW").text
    assert "Clara" in new_browser().sign_in(factories.make_bernd()).open("/laender/BW").main


def test_an_office_without_staff_is_shown_to_members_too(browser):
    factories.make_office("BW", name="Stelle Südwest")

    assert "Stelle Südwest" in browser.sign_in(factories.make_anna()).open("/laender/BW").main


def test_closed_discussions_show_to_their_group_only(browser, new_browser):
    group = factories.make_group(audience="closed", state="BW")
    factories.make_thread("Interne Frage", group=group)
    factories.make_thread("Offene Frage", group=factories.make_group(audience="public"))
    anna = factories.make_anna()
    factories.join(group, anna)

    page = browser.open("/laender/BW")
    assert "Offene Frage" in page.main
    assert "Interne Frage" not in page.main
    doris = new_browser().sign_in(factories.make_doris())
    assert "Interne Frage" not in doris.open("/laender/BW").main
    assert "Interne Frage" in new_browser().sign_in(anna).open("/laender/BW").main


def test_small_letters_lead_to_the_page(browser):
    assert browser.open("/laender/bw").url == "/laender/BW"


def test_a_land_without_anything_is_friendly(browser):
    page = browser.open("/laender/SL")

    assert "noch keine Koordinierungsstelle" in page.main
    assert "Noch kein Profil" in page.main


def test_the_overview_links_all_states(browser):
    page = browser.open("/laender/")

    assert len(page.html.select("table tbody tr")) == 16
    assert page.follow("Bayern").url == "/laender/BY"


@pytest.mark.parametrize("who", [None, "bernd", "clara"])
def test_queries_stay_the_same_however_many_there_are(browser, count_queries, who):
    if who:
        browser.sign_in(getattr(factories, f"make_{who}")())
    make_profile(MANNHEIM)
    factories.make_coordinator("BW", "Kora")
    browser.open("/laender/BW")
    few = count_queries(lambda: browser.open("/laender/BW"))
    make_profile(BRUCHSAL, status=PartnershipStatus.PARTNER)
    factories.make_coordinator("BW", "Kuno")
    factories.make_example("Eins")
    factories.make_example("Zwei")

    assert count_queries(lambda: browser.open("/laender/BW")) == few <= (12 if who else 8)
