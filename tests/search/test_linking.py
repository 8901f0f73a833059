"""A compound means the same, whatever links its parts."""

import pytest

from inforo.authz import GUEST
from inforo.search import queries, rebuild
from inforo.search.linking import otherwise_linked
from inforo.search.results import Filters
from tests import factories

pytestmark = pytest.mark.usefixtures("word_lists")


def found(typed):
    return [
        result.title.striptags() for result in queries.find(GUEST, typed, Filters()).results
    ]


def test_compound_without_its_link_finds_the_right_title_first():
    author = factories.make_account("Autorin")
    for title in ("Gesundheit und Förderung in der Schule", "Gesundheitsförderung im Betrieb"):
        factories.make_example(title, author=author)
    rebuild.recount()

    assert found("gesundheitförderung") == found("Gesundheitsförderung")
    assert found("gesundheitförderung")[0] == "Gesundheitsförderung im Betrieb"


def test_compound_without_its_link_has_the_synonyms_of_the_right_one():
    factories.make_example("Walking Bus in Münster", author=factories.make_account("Autorin"))

    assert found("Schulsweg") == found("Schulweg") == ["Walking Bus in Münster"]


def test_only_usual_links_are_tried(analyzer):
    assert otherwise_linked(analyzer, "gesundheitforderung") == ("gesundheitsforderung",)
    assert otherwise_linked(analyzer, "gesundheit") == ()
