"""Published versions: kept, numbered, read, compared, cited – and nothing in between."""

import json
from datetime import timedelta

import pytest

from inforo import clock, files
from inforo.contributions import actions
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.reviews import actions as reviews
from inforo.reviews.guards import Read
from inforo.toolbox import editions
from inforo.toolbox.states import ExampleState, ObstacleAudience
from inforo.toolbox.tool_models import ToolFile
from inforo.vocabularies.queries import terms_by_key
from tests import factories

SECRET = "ute.geheim@stadt.example"


@pytest.fixture
def clara():
    """A coordinator who is no colleague of the example's people."""
    account = factories.make_clara()
    account.municipality = None
    session.commit()
    return account


@pytest.fixture
def submitted(clara):
    """A submitted example with all that publishing wants."""
    example = factories.make_example(
        state=ExampleState.SUBMITTED,
        contact_name="Ute Geheim",
        contact_email=SECRET,
        goals="Alle Familien erreichen",
    )
    example.terms = [
        *terms_by_key("age_phase", ["kita-alter-3-6"]),
        *terms_by_key("field_of_action", ["fruehe-hilfen"]),
    ]
    session.commit()
    return example


def publish(clara, example):
    session.flush()
    assert reviews.publish(factories.actor(clara), example, Read(str(example.version)))
    session.commit()
    return example


def correct(clara, example, **values):
    actions.save(factories.actor(clara), example, values)
    session.commit()


def pages(example):
    return f"/werkzeugkiste/beispiele/{example.id}-babybegruessung-mit-hausbesuch/fassungen"


def test_publishing_makes_the_first_version(browser, clara, submitted):
    publish(clara, submitted)

    page = browser.open(f"/werkzeugkiste/beispiele/{submitted.id}")

    assert "Sie lesen Fassung 1 vom" in page.main
    assert f"inforo:pb-{submitted.id:06}.v1" in page.main


def test_drafts_make_none(clara, submitted):
    correct(clara, submitted, goals="Noch ein Entwurf")

    assert editions.newest_of(submitted) is None


def test_correction_in_several_steps_is_one_version(clara, submitted):
    publish(clara, submitted)

    correct(clara, submitted, goals="Neue Ziele")
    correct(clara, submitted, approach="Neues Vorgehen")

    first, second = reversed(editions.editions_of(submitted))
    assert (first.fields["goals"], second.fields["goals"]) == (
        "Alle Familien erreichen",
        "Neue Ziele",
    )
    assert set(second.changed) == {"goals", "approach"}


def test_correction_on_another_day_is_another_version(clara, submitted):
    publish(clara, submitted)
    correct(clara, submitted, goals="Neue Ziele")
    clock.shift(timedelta(days=1))

    correct(clara, submitted, goals="Noch neuere Ziele")

    assert [edition.number for edition in editions.editions_of(submitted)] == [3, 2, 1]


def test_saving_without_a_change_makes_no_version(clara, submitted):
    publish(clara, submitted)

    correct(clara, submitted, goals="Alle Familien erreichen")

    assert editions.newest_of(submitted).number == 1


def test_persons_are_no_part_of_a_version(browser, clara, submitted):
    publish(clara, submitted)
    correct(clara, submitted, contact_email="neu@stadt.example")

    assert editions.newest_of(submitted).number == 1
    assert "Geheim" not in browser.open(f"{pages(submitted)}/1").response.text


def test_reader_opens_an_older_version(browser, clara, submitted):
    publish(clara, submitted)
    correct(clara, submitted, goals="Neue **Ziele**", title="Babybegrüßung mit Hausbesuch")

    page = browser.open(f"{pages(submitted)}/1")

    assert "Das ist nicht die aktuelle Fassung" in page.main
    assert "Alle Familien erreichen" in page.main
    assert "Neue" not in page.main
    assert page.html.select_one("meta[name=robots]")["content"] == "noindex"
    assert browser.open(f"{pages(submitted)}/2").html.select_one("main strong").text == "Ziele"


def test_reader_compares_two_versions_word_by_word(browser, clara, submitted):
    publish(clara, submitted)
    correct(clara, submitted, goals="Viele Familien erreichen")

    page = browser.open(f"{pages(submitted)}/").submit("compare")

    assert [tag.text for tag in page.html.select(".diff > div del")] == ["Alle"]
    assert [tag.text for tag in page.html.select(".diff > div ins")] == ["Viele"]
    assert "eingefügt" in page.main


@pytest.mark.parametrize(
    "place",
    ["/7", "/vergleich", "/vergleich?von=1&bis=x", f"/vergleich?von=1&bis={2**63}", "/0"],
)
def test_versions_that_do_not_exist_are_not_found(browser, clara, submitted, place):
    publish(clara, submitted)

    browser.open(pages(submitted) + place, status=404)


def test_withdrawn_example_takes_its_versions_along(browser, new_browser, clara, submitted):
    publish(clara, submitted)
    actions.withdraw(factories.actor(clara), submitted, "veraltet")
    session.commit()

    for place in (
        f"{pages(submitted)}/",
        f"{pages(submitted)}/1",
        f"/id/inforo:pb-{submitted.id:06}",
        f"/id/inforo:pb-{submitted.id:06}.v1",
        f"/werkzeugkiste/beispiele/{submitted.id}/zitat.bib",
        f"/werkzeugkiste/beispiele/{submitted.id}/beispiel.jsonld",
    ):
        browser.open(place, status=404)
    seen = new_browser().sign_in(clara).open(f"/werkzeugkiste/beispiele/{submitted.id}")
    assert not seen.html.select("script[type='application/ld+json']")


def test_lasting_name_leads_to_page_and_version(browser, clara, submitted):
    publish(clara, submitted)

    assert browser.open(f"/id/inforo:pb-{submitted.id:06}").url.endswith("hausbesuch")
    assert browser.open(f"/id/pb-{submitted.id}.v1").url == f"{pages(submitted)}/1"
    browser.open(f"/id/inforo:pb-{submitted.id:06}.v9", status=302)
    browser.open("/id/inforo:xy-1", status=404)


def test_lasting_name_of_a_tool_leads_to_it(browser):
    tool = factories.make_tool()

    assert browser.open(f"/id/inforo:wz-{tool.id:06}").url.endswith("-mustervereinbarung")
    browser.open(f"/id/inforo:wz-{tool.id:06}.v3", status=404)


def test_lasting_name_of_a_version_of_a_tool_leads_to_its_file(browser):
    tool = factories.make_tool()
    stored = files.store_bytes(b"Vorlage", "vorlage.txt", owner_id=None)
    session.add(ToolFile(tool_id=tool.id, file=stored, number=2, published_at=clock.now()))
    session.commit()

    answer = browser.client.get(f"/id/inforo:wz-{tool.id:06}.v2")

    assert answer.status_code == 302
    assert browser.client.get(answer.location).data == b"Vorlage"


def test_citation_of_an_older_version_is_its_own(browser, clara, submitted):
    publish(clara, submitted)
    clock.shift(timedelta(days=800))
    correct(clara, submitted, title="Ganz neuer Titel", organisation_name="Stadt Köln")

    address = f"/werkzeugkiste/beispiele/{submitted.id}/zitat.ris"
    old = browser.open(f"{address}?fassung=1").response
    browser.open(f"{address}?fassung={2**63}", 404)
    new = browser.open(address).response

    assert "TI  - Babybegrüßung mit Hausbesuch" in old.text
    assert "AU  - Mannheim" in old.text
    assert "TI  - Ganz neuer Titel" in new.text
    assert "AU  - Stadt Köln" in new.text
    assert new.headers["Content-Disposition"].endswith('-v2.ris"')
    assert new.mimetype == "application/x-research-info-systems"


def test_machines_read_what_guests_read_and_no_more(browser, clara, submitted):
    submitted.title = "</script>Titel & mehr"
    submitted.contact_phone = "0621 1234-5"
    publish(clara, submitted)

    page = browser.sign_in(clara).open(f"/werkzeugkiste/beispiele/{submitted.id}")
    [block] = page.html.select("script[type='application/ld+json']")
    data = json.loads(block.string)
    linked = page.html.select_one("link[type='application/ld+json']")["href"]

    assert data["name"] == "</script>Titel & mehr"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["spatialCoverage"][0]["identifier"] == "08222000"
    assert data == browser.open(linked).response.json
    assert SECRET not in block.string
    assert "0621" not in block.string
    assert page.html.select_one("link[rel=license]")["href"] == data["license"]
    assert page.html.select_one("a[rel=license]")


def test_unpublished_example_says_nothing_to_machines(browser, clara, submitted):
    page = browser.sign_in(clara).open(f"/werkzeugkiste/beispiele/{submitted.id}")

    assert not page.html.select("script[type='application/ld+json'], link[rel=license]")
    assert "Zitiervorschlag" not in page.main


def test_tool_is_cited_too(browser):
    tool = factories.make_tool()

    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}")
    data = json.loads(page.html.select_one("script[type='application/ld+json']").string)

    assert "Zitiervorschlag" in page.main
    assert data["identifier"]["value"] == f"inforo:wz-{tool.id:06}"
    assert page.follow("BibTeX").response.mimetype == "application/x-bibtex"


def test_list_of_versions_asks_the_same_for_two_and_for_twenty(
    browser, count_queries, clara, submitted
):
    publish(clara, submitted)
    correct(clara, submitted, goals="Zweite")
    few = count_queries(lambda: browser.open(f"{pages(submitted)}/"))
    for number in range(18):
        clock.shift(timedelta(days=number + 1))
        fields = snapshot(submitted) | {"goals": f"Stand {number}"}
        editions.keep(factories.actor(clara), submitted, fields)
    session.commit()

    many = count_queries(lambda: browser.open(f"{pages(submitted)}/"))

    assert len(editions.editions_of(submitted)) == 20
    assert many == few <= 8


def test_versions_do_not_make_the_page_of_the_example_dearer(
    browser, count_queries, clara, submitted
):
    publish(clara, submitted)
    address = f"/werkzeugkiste/beispiele/{submitted.id}-babybegruessung-mit-hausbesuch"
    browser.open(address)

    assert count_queries(lambda: browser.open(address)) <= 8


def test_stumbling_blocks_for_members_stay_with_members_in_all_versions(
    browser, new_browser, clara, submitted
):
    submitted.obstacles = "Vertretung im Sommer"
    publish(clara, submitted)
    correct(clara, submitted, obstacles="Vertretung fehlte")
    clock.shift(timedelta(days=1))
    correct(clara, submitted, obstacles_audience=ObstacleAudience.MEMBERS)
    places = [f"{pages(submitted)}/1", f"{pages(submitted)}/vergleich?von=1&bis=2"]
    member = new_browser().sign_in(factories.make_bernd())

    for place in places:
        assert "Vertretung" not in browser.open(place).response.text
        assert "Vertretung" in member.open(place).main
    address = f"/werkzeugkiste/beispiele/{submitted.id}"
    assert "Vertretung" not in browser.open(address).response.text
    assert "Vertretung" not in browser.open(f"{address}/beispiel.jsonld").response.text


def correct_by_form(browser, example, step, **values):
    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}/{step}")
    return page.submit("edit", button="later", **values)


def test_office_says_what_it_changed_and_everybody_reads_it(
    browser, new_browser, clara, submitted
):
    publish(clara, submitted)
    browser.sign_in(clara)

    correct_by_form(
        browser, submitted, "ausgangslage", goals="Neu", change_note="Ziele von 2027."
    )
    correct_by_form(browser, submitted, "wirkung", evaluation_result="Mehr Familien.")

    page = new_browser().open(f"{pages(submitted)}/")
    assert "Ziele von 2027." in page.main
    assert "Geändert:" not in page.main
    history = browser.open(f"/werkzeugkiste/beispiele/{submitted.id}/verlauf").main
    assert "Ausgangslage: Ziele von 2027." in history


def test_notes_of_one_correction_stand_together(browser, clara, submitted):
    publish(clara, submitted)
    browser.sign_in(clara)

    for step, note in (("ausgangslage", "Ziele."), ("umsetzung", "Weg."), ("wirkung", "Weg.")):
        correct_by_form(browser, submitted, step, change_note=note, **CHANGE[step])

    assert editions.newest_of(submitted).note == "Ziele. Weg."


CHANGE = {
    "ausgangslage": {"goals": "Neue Ziele"},
    "umsetzung": {"approach": "Neuer Weg"},
    "wirkung": {"evaluation_result": "Neue Wirkung"},
}


def test_draft_asks_for_no_note(browser, submitted):
    submitted.state = ExampleState.DRAFT
    session.commit()

    page = browser.sign_in(submitted.author).open(
        f"/werkzeugkiste/beitragen/{submitted.id}/ausgangslage"
    )

    assert not page.html.select("[name=change_note]")


def test_note_that_is_too_long_comes_back(browser, clara, submitted):
    publish(clara, submitted)
    browser.sign_in(clara)
    page = browser.open(f"/werkzeugkiste/beitragen/{submitted.id}/ausgangslage")

    page = page.submit("edit", status=422, goals="Neu", change_note="x" * 301)

    assert page.html.select_one("[name=change_note]")["value"] == "x" * 301
    assert "Neu" in page.html.select_one("[name=goals]").text
    assert page.html.select(".error-summary, [role=alert]")
