"""Files of groups are found by what they are called and what stands in them, by readers."""

import pytest

from inforo import clock
from inforo.authz import GUEST
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.libraries import actions
from inforo.libraries import queries as libraries
from inforo.search import drift, queries
from inforo.search.models import Kind
from inforo.search.results import Filters
from tests import factories
from tests.libraries.making import add_file, add_version, address
from tests.uploads.making import picture

pytestmark = pytest.mark.usefixtures("word_lists")
WORDS = b"Mit der Geburtsklinik vereinbaren wir Lotsendienste."


@pytest.fixture
def anna():
    return factories.make_anna()


def read(group_file, number=1):
    process_file(key=libraries.get_version(group_file, number).file.key)
    session.expire_all()


def find(account, question):
    who = factories.actor(account) if account else GUEST
    results = queries.find(who, question, Filters())
    return [result.title.striptags() for result in results.results if not result.is_loose]


def test_file_is_found_by_title_description_and_text(browser, anna):
    group = factories.make_group("Netzwerk", members=(anna,))
    group_file = add_file(group, "Protokoll.txt", WORDS, by=anna, description="Bundestreffen")
    read(group_file)

    assert find(anna, "Protokoll") == ["Protokoll"]
    assert find(anna, "Bundestreffen") == ["Protokoll"]
    page = browser.sign_in(anna).open("/suche?q=Lotsendienst&art=file")
    assert page.html.select(f"a[href^='{address(group_file)}']")
    assert "Netzwerk" in page.main


def test_picture_is_found_by_what_it_shows(anna):
    group = factories.make_group("Netzwerk", members=(anna,))
    plan = add_file(group, "Plan.png", picture(), by=anna, alternative="Ein Seerosenteich")
    assert find(anna, "Seerosenteich") == ["Plan"]

    given = {"title": "Plan", "description": "", "licence": "", "alternative": "Ein Steg"}
    actions.edit(factories.actor(anna), plan, given)
    session.commit()

    assert find(anna, "Seerosenteich") == []
    assert find(anna, "Steg") == ["Plan"]


def test_only_who_reads_the_group_finds_its_files(anna):
    bernd = factories.make_bernd()
    made = {
        audience: add_file(
            factories.make_group(f"Kreis {audience}", audience=audience, members=(anna,)),
            f"Lotsendienste {audience}.txt",
            by=anna,
        )
        for audience in ("public", "members", "closed", "hidden")
    }

    assert len(find(anna, "Lotsendienst")) == 4
    assert set(find(bernd, "Lotsendienst")) == {"Lotsendienste public", "Lotsendienste members"}
    assert find(factories.make_applicant(), "Lotsendienst") == ["Lotsendienste public"]
    assert find(None, "Lotsendienst") == ["Lotsendienste public"]

    made["public"].group.audience = "closed"
    session.commit()
    assert find(None, "Lotsendienst") == []
    assert set(find(bernd, "Lotsendienst")) == {"Lotsendienste members"}


def test_newest_version_counts_and_a_deleted_file_is_gone(anna):
    group = factories.make_group("Netzwerk", members=(anna,))
    group_file = add_file(group, "Notiz.txt", WORDS, by=anna)
    read(group_file)
    add_version(group_file, b"Jetzt geht es um Schwimmkurse.", by=anna)
    read(group_file, 2)

    assert find(anna, "Lotsendienst") == []
    assert find(anna, "Schwimmkurs") == ["Notiz"]
    actions.delete(factories.actor(anna), group_file)
    session.commit()
    assert find(anna, "Schwimmkurs") == []
    group_file.deleted_at = None
    session.commit()
    assert find(anna, "Schwimmkurs") == ["Notiz"]


def test_index_of_group_files_does_not_drift(anna):
    group = factories.make_group("Netzwerk", members=(anna,))
    add_file(group, "Notiz.txt", WORDS, by=anna)
    gone = add_file(group, "Weg.txt", WORDS, by=anna)
    gone.deleted_at = clock.now()
    session.commit()

    assert [found for found in drift.drift() if "file-84" in found] == []


def test_kind_has_a_tab_of_its_own(browser, anna):
    group = factories.make_group("Netzwerk", members=(anna,))
    add_file(group, "Lotsendienste.txt", by=anna)

    page = browser.sign_in(anna).open("/suche?q=Lotsendienst")

    assert str(Kind.FILE.label) in page.main
