"""Reading a profile, and the page of a municipality without one."""

import pytest

from inforo import clock
from inforo.db import session
from inforo.discussions.models import ThreadMunicipality
from inforo.municipalities.models import Municipality
from inforo.partnership.models import ConceptStage, PartnershipStatus
from tests import factories
from tests.partnership.making import make_profile
from tests.reference import BRUCHSAL, HERNE, KARLSRUHE_KREIS, MANNHEIM

MANNHEIM_PAGE = "/kommunen/08222000-mannheim"


def test_a_profile_shows_what_the_municipality_told(browser):
    make_profile(
        focus=("bewegung",),
        blocks={"netzwerke": "verstetigt"},
        concept_stage=ConceptStage.GROWING,
        status=PartnershipStatus.PARTNER,
        website="https://www.mannheim.example/",
    )

    page = browser.open(MANNHEIM_PAGE)

    for text in (
        "Gesund groß werden",
        "kreisfreie Stadt, Baden-Württemberg",
        "Partner",
        "Bewegung",
        "Netzwerke",
        "verstetigt",
        "im Aufbau",
        "318.035",
        "Mira Amt",
        "Jugendamt",
        "Zuletzt bestätigt am",
        "Statistisches Bundesamt",
    ):
        assert text in page.main, text
    assert page.html.select_one(".prose strong").text == "arbeiten"
    [link] = page.html.select("a[href='https://www.mannheim.example/']")
    assert "nofollow" in link["rel"]


def test_a_dangerous_website_is_no_link(browser):
    make_profile(website="javascript:alert(1)")

    assert not browser.open(MANNHEIM_PAGE).html.select("a[href^='javascript']")


@pytest.mark.parametrize("url", ["/kommunen/08222000", "/kommunen/08222000-alter-name"])
def test_every_address_leads_to_the_current_one(browser, url):
    response = browser.client.get(url)

    assert (response.status_code, response.location) == (301, MANNHEIM_PAGE)


def test_a_merged_municipality_leads_to_its_successor(browser):
    old = session.get(Municipality, HERNE)
    old.dissolved_at, old.successor_ags = clock.now(), MANNHEIM
    session.commit()

    assert browser.open("/kommunen/05916000-herne").url == MANNHEIM_PAGE
    browser.sign_in(factories.make_frieda()).open("/kommunen/05916000/bearbeiten", 404)


@pytest.mark.parametrize("url", ["/kommunen/99999999", "/kommunen/123", "/laender/XX"])
def test_what_does_not_exist_is_not_found(browser, url):
    browser.open(url, 404)


def test_office_data_is_for_members(browser, new_browser):
    make_profile()

    assert "m@amt.example" not in browser.open(MANNHEIM_PAGE).response.text
    member = new_browser().sign_in(factories.make_bernd())
    assert "m@amt.example" in member.open(MANNHEIM_PAGE).main


def test_members_see_who_keeps_the_profile(browser, new_browser):
    make_profile()
    factories.make_profile_editor(MANNHEIM, "Gustav Kern")

    assert "Gustav Kern" not in browser.open(MANNHEIM_PAGE).response.text
    member = new_browser().sign_in(factories.make_bernd())
    assert "Gustav Kern" in member.open(MANNHEIM_PAGE).main


@pytest.mark.parametrize(
    ("audience", "who", "reads"),
    [
        ("public", None, True),
        ("members", None, False),
        ("members", "bernd", True),
        ("group", None, False),
        ("group", "bernd", False),
        ("group", "doris", False),
        ("group", "emil", False),
        ("group", "anna", True),
        ("group", "clara", True),
    ],
)
def test_hurdles_reach_their_audience_only(browser, audience, who, reads):
    make_profile(hurdles="Kanarienvogel im Haushalt", audience=audience)
    if who:
        browser.sign_in(getattr(factories, f"make_{who}")())

    text = browser.client.get(MANNHEIM_PAGE).text

    assert ("Kanarienvogel" in text) is reads


@pytest.mark.parametrize(
    ("who", "status"),
    [("anna", 404), ("doris", 404), ("emil", 404), ("clara", 200), ("frieda", 200)],
)
def test_a_draft_is_there_for_those_who_keep_it(browser, who, status):
    make_profile(published_at=None, motto="Kanarienvogel")
    browser.sign_in(getattr(factories, f"make_{who}")())

    page = browser.open("/kommunen/08222000/entwurf", status)

    assert ("Kanarienvogel" in page.text) is (status == 200)
    assert "Kanarienvogel" not in browser.open(MANNHEIM_PAGE).text
    browser.open("/kommunen/08222000/verlauf", status)


def test_a_draft_shows_nowhere_in_public(browser):
    make_profile(published_at=None, motto="Kanarienvogel", focus=("pflege",))

    for url in (
        MANNHEIM_PAGE,
        "/kommunen/",
        "/kommunen/?q=mannheim",
        "/laender/BW",
        "/laender/",
    ):
        text = browser.open(url).text
        assert "Kanarienvogel" not in text, url
        assert "1 Profil" not in text, url
    assert browser.open("/kommunen/08222000/entwurf").url == "/konto/anmelden"


def test_an_old_confirmation_is_said_gently(browser):
    make_profile(confirmed_at=clock.now() - clock.timedelta(days=400))

    assert "über ein Jahr her" in browser.open(MANNHEIM_PAGE).main


def test_a_fresh_confirmation_names_the_person_to_members(browser, new_browser):
    anna = factories.make_anna()
    make_profile(confirmed_by=anna)

    assert "von Anna" in new_browser().sign_in(anna).open(MANNHEIM_PAGE).main
    page = browser.open(MANNHEIM_PAGE)
    assert "von Anna" not in page.main
    assert "über ein Jahr" not in page.main


def test_a_municipality_without_profile_says_who_helps(browser):
    factories.make_office("BW", name="Stelle Südwest", email="suedwest@land.example")
    make_profile(MANNHEIM)

    page = browser.open("/kommunen/08215009-bruchsal")

    assert "noch nicht vorgestellt" in page.main
    assert "Stelle Südwest" in page.main
    assert "suedwest@land.example" in page.main
    assert "Landkreis Karlsruhe" in page.main
    assert page.follow("Mannheim").url == MANNHEIM_PAGE


def test_what_belongs_to_the_municipality_is_linked(browser):
    make_profile()
    factories.make_example("Hausbesuch für alle")
    factories.make_example("Entwurf eines Beispiels", state=factories.ExampleState.DRAFT)
    factories.make_tool("Muster")
    public = factories.make_group(audience="public")
    closed = factories.make_group(audience="closed")
    for group, title in ((public, "Offene Frage"), (closed, "Interne Frage")):
        thread = factories.make_thread(title, group=group)
        session.add(ThreadMunicipality(thread_id=thread.id, municipality_ags=MANNHEIM))
    session.commit()

    page = browser.open(MANNHEIM_PAGE)

    assert "Hausbesuch für alle" in page.main
    assert "Muster" in page.main
    assert "Offene Frage" in page.main
    assert "Entwurf eines Beispiels" not in page.main
    assert "Interne Frage" not in page.main


def test_a_district_has_a_page(browser):
    assert "Kreis über 350.000" in browser.open(f"/kommunen/{KARLSRUHE_KREIS}").main


def test_reading_needs_few_queries_however_much_there_is(browser, new_browser, count_queries):
    profile = make_profile(focus=("bewegung",), blocks={"netzwerke": "geplant"})
    clara = new_browser().sign_in(factories.make_clara())
    few = [count_queries(lambda b=b: b.open(MANNHEIM_PAGE)) for b in (browser, clara)]
    for number in range(3):
        factories.make_example(f"Beispiel {number}")
        factories.make_profile_editor(MANNHEIM, f"Person {number}")
    profile = session.merge(profile)
    profile.blocks.append(
        type(profile.blocks[0])(block_key="leitbilder", position=5, stage="geplant")
    )
    session.commit()

    many = [count_queries(lambda b=b: b.open(MANNHEIM_PAGE)) for b in (browser, clara)]

    assert many == few
    assert few[0] <= 8
    assert few[1] <= 12


def test_pages_of_guests_may_be_kept(browser):
    make_profile()
    for url in (MANNHEIM_PAGE, "/laender/BW", "/kommunen/08215009-bruchsal"):
        response = browser.client.get(url)
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"] == "public, max-age=60"
        etag = {"If-None-Match": response.headers["ETag"]}
        assert browser.client.get(url, headers=etag).status_code == 304


def test_bruchsal_is_in_its_district(browser):
    page = browser.open(f"/kommunen/{BRUCHSAL}").follow("Landkreis Karlsruhe")

    assert page.url == "/kommunen/08215-landkreis-karlsruhe"
