"""What stands in a file is found under what it belongs to, by whoever may read that."""

import pytest
from sqlalchemy import select

from inforo import clock, files
from inforo.authz import GUEST
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.search import drift, queries, rebuild
from inforo.search.models import SearchText
from inforo.search.results import Filters
from inforo.search.source_files import EXAMPLE_FILES
from inforo.toolbox.example_parts import ExampleFile
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import ToolFile
from tests import factories

pytestmark = pytest.mark.usefixtures("word_lists")
WORDS = b"Mit der Geburtsklinik vereinbaren wir Lotsendienste."


def attach(example, data=WORDS, name="vertrag.txt"):
    stored = files.store_bytes(data, name, owner_id=None)
    session.add(ExampleFile(example_id=example.id, file=stored))
    session.commit()
    process_file(key=stored.key)
    session.expire_all()
    return example.files[-1]


def find(question, **chosen):
    results = queries.find(GUEST, question, Filters(chosen))
    return [result for result in results.results if not result.is_loose]


def test_example_is_found_by_the_text_of_its_file(browser):
    example = factories.make_example("Babybegrüßung")
    attach(example)

    page = browser.open("/suche?q=Lotsendienst")

    assert "gefunden in: vertrag.txt" in page.main
    assert "Babybegrüßung" in page.main
    assert any("Lotsendienst" in mark.text for mark in page.html.select("mark"))


def test_example_and_its_file_are_one_result():
    example = factories.make_example("Lotsendienste an der Geburtsklinik")
    attach(example)

    assert len(find("Lotsendienst")) == 1


def test_tool_is_found_by_the_text_of_its_file():
    tool = factories.make_tool("Mustervereinbarung")
    stored = files.store_bytes(WORDS, "muster.txt", owner_id=None)
    session.add(ToolFile(tool_id=tool.id, file=stored, number=1, published_at=clock.now()))
    session.commit()

    process_file(key=stored.key)

    assert [result.found_in for result in find("Lotsendienst")] == ["muster.txt"]


def test_version_of_a_tool_is_found_once_it_is_published():
    tool = factories.make_tool("Mustervereinbarung")
    stored = files.store_bytes(WORDS, "muster.txt", owner_id=None)
    version = ToolFile(tool_id=tool.id, file=stored, number=1)
    session.add(version)
    session.commit()
    process_file(key=stored.key)
    assert find("Lotsendienst") == []

    version.publish()
    session.commit()

    assert [result.found_in for result in find("Lotsendienst")] == ["muster.txt"]


def test_filters_of_the_example_hold_for_its_file():
    attach(factories.make_example("Babybegrüßung"))

    assert find("Lotsendienst", land=("BW",))
    assert not find("Lotsendienst", land=("BE",))


@pytest.mark.parametrize("state", [ExampleState.DRAFT, ExampleState.SUBMITTED])
def test_file_of_an_unpublished_example_is_not_found(state):
    attach(factories.make_example("Babybegrüßung", state=state))

    assert find("Lotsendienst") == []
    assert session.scalar(select(SearchText).where(SearchText.found_in != "")) is None


def test_withdrawn_example_takes_its_file_along():
    example = factories.make_example("Babybegrüßung")
    attach(example)

    example.withdraw()
    session.commit()

    assert find("Lotsendienst") == []


def test_published_example_brings_its_file():
    example = factories.make_example("Babybegrüßung", state=ExampleState.SUBMITTED)
    attach(example)

    example.publish(None)
    session.commit()

    assert len(find("Lotsendienst")) == 1


def test_removed_file_is_found_no_more():
    example = factories.make_example("Babybegrüßung")
    attached = attach(example)
    example.files.remove(attached)
    session.commit()

    assert find("Lotsendienst") == []
    assert list(drift.drift_of(EXAMPLE_FILES)) == []


def test_new_title_of_the_example_shows_at_its_file():
    example = factories.make_example("Babybegrüßung")
    attach(example)

    example.title = "Willkommen im Leben"
    session.commit()

    assert "Willkommen im Leben" in str(find("Lotsendienst")[0].title)
    assert list(drift.drift_of(EXAMPLE_FILES)) == []


def test_rebuild_finds_files_again():
    attach(factories.make_example("Babybegrüßung"))

    rebuild.rebuild(afresh=True)

    assert len(find("Lotsendienst")) == 1
    assert list(drift.drift_of(EXAMPLE_FILES)) == []
