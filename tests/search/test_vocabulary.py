import pytest

from inforo.authz import GUEST
from inforo.search import queries, writing
from inforo.search.models import Audience
from inforo.search.results import Filters
from inforo.search.vocabulary import nearest_of, nearest_words
from tests import factories

pytestmark = pytest.mark.usefixtures("word_lists")
KNOWN = [
    ("mannheim", "Mannheim", 1),
    ("monheim", "Monheim", 9),
    ("neu", "Neu", 99),
    ("neuss", "Neuss", 2),
    ("kette", "Kette", 5),
    ("ketten", "Ketten", 7),
]


@pytest.mark.parametrize(
    ("typed", "meant"), [("manheim", "Mannheim"), ("neus", "Neuss"), ("kettte", "Kette")]
)
def test_forgotten_double_letter_is_the_likeliest_slip(typed, meant):
    assert nearest_of(typed, KNOWN)[0] == meant


def test_nothing_near_is_nothing():
    assert nearest_of("quantenphysik", KNOWN) == []


def test_short_words_and_numbers_are_not_corrected():
    writing.save_words([writing.word_row("amt", "Amt", Audience.PUBLIC, 1)])

    assert nearest_words(GUEST, ["ant", "2012"]) == {}


def test_known_word_is_not_corrected():
    factories.make_example("Lesepaten")
    factories.make_example("Lesepaten und Lesepaten")

    assert queries.find(GUEST, "Lesepate", Filters()).corrections == []


def test_several_words_are_corrected_at_once(count_queries):
    factories.make_example("Sprachpaten besuchen Familienzentren")

    results = queries.find(GUEST, "Spachpaten Familenzentren", Filters())
    asked = count_queries(lambda: queries.find(GUEST, "Spachpaten Zenren", Filters()))

    assert results.corrected == "Sprachpaten Familienzentren"
    assert results.strict_total == 1
    assert asked <= 7
