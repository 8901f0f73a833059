"""Pages without rows of their own are found as a guest sees them."""

import pytest

from inforo.authz import GUEST
from inforo.config import settings
from inforo.search import drift, queries, rebuild
from inforo.search.results import Filters
from inforo.search.source_pages import STATIC

pytestmark = pytest.mark.usefixtures("word_lists")


def paths(question):
    found = queries.find(GUEST, question, Filters({"art": ("page",)}))
    return [result.url for result in found.results if not result.is_loose]


def test_help_legal_texts_and_first_steps_are_found():
    rebuild.refresh_texts()

    assert "/hilfe/suche" in paths("Zuschläge Reihenfolge")
    assert "/datenschutz" in paths("Datenschutz")
    assert "/neu-hier/2" in paths("Stolpersteine Praxisbeispiel lesen")
    assert "/werkzeugkiste/selbstcheck" in paths("Selbstcheck")
    assert list(drift.drift_of(STATIC)) == []


def test_text_the_operator_changed_is_found_after_the_next_start():
    rebuild.refresh_texts()
    own = settings.instance / "pages" / "netiquette.de.md"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("## Umgang\n\nBitte keine Purzelbäume.", encoding="utf-8")
    try:
        rebuild.refresh_texts()

        assert paths("Purzelbäume") == ["/netiquette"]
    finally:
        own.unlink()
