"""A rebuild goes on where it stopped, readers never miss anything, drift is noticed."""

import pytest
from sqlalchemy import select, text, update

from inforo.authz import GUEST
from inforo.db import session
from inforo.search import drift, queries, rebuild
from inforo.search.models import SearchDocument, SearchRebuild, SearchText
from inforo.search.results import Filters
from inforo.search.source_toolbox import EXAMPLES
from tests import factories

pytestmark = pytest.mark.usefixtures("word_lists")


class Interrupted(Exception):
    """The power fails."""


def stop(_done: int, _total: int) -> None:
    raise Interrupted


def test_interrupted_rebuild_goes_on_where_it_stopped():
    for number in range(3):
        factories.make_example(f"Lesepaten {number}")
    with pytest.raises(Interrupted):
        rebuild.rebuild(stop)
    session.rollback()
    seen: list[int] = []

    was_interrupted = rebuild.is_interrupted()
    rebuild.rebuild(lambda done, _total: seen.append(done))

    assert was_interrupted
    assert seen[0] > 3  # the examples were done already
    assert session.scalar(select(SearchRebuild.id)) is None
    assert drift.drift() == []


def test_readers_find_everything_while_the_index_is_rebuilt():
    factories.make_example("Klangwiese")
    found: list[int] = []

    rebuild.rebuild(
        lambda *_: found.append(queries.find(GUEST, "Klangwiese", Filters()).strict_total)
    )

    assert set(found) == {1}


def test_document_that_differs_from_its_object_is_outdated():
    factories.make_example("Lesepaten")
    rebuild.rebuild()
    session.execute(text("UPDATE examples SET title = 'Vorlesestunde'"))

    assert any("1 outdated documents" in line for line in drift.drift())


def test_documents_of_another_analysis_are_noticed_and_renewed():
    factories.make_example("Lesepaten")
    rebuild.rebuild()
    session.execute(update(SearchDocument).values(digest="older:" + SearchDocument.digest))
    session.commit()
    noticed = drift.outdated_analysis()

    rebuild.keep_current()

    assert "outdated analysis" in noticed[0]
    assert drift.outdated_analysis() == []


def test_documents_of_no_source_are_noticed_and_removed():
    example = factories.make_example("Lesepaten")
    rebuild.rebuild()
    session.execute(
        update(SearchDocument)
        .where(SearchDocument.id == EXAMPLES.document_id(example.id))
        .values(title_key="")
    )
    stranger = SearchDocument(
        id=77 << 40,
        parent_id=77 << 40,
        kind="example",
        audience="public",
        facets=" ",
        weight=1.0,
        title_key="",
        digest=":",
    )
    session.add(stranger)
    session.commit()
    noticed = [line for line in drift.drift() if "no source" in line]

    rebuild.rebuild()

    assert len(noticed) == 1
    assert drift.drift() == []
    assert session.scalar(select(SearchText.title)) is not None
