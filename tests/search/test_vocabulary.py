import pytest

from inforo.authz import GUEST
from inforo.search import queries, writing
from inforo.search.analysis import Analyzer
from inforo.search.german import stem
from inforo.search.models import Audience
from inforo.search.results import Filters
from inforo.search.spelling import Known, nearest_of
from inforo.search.vocabulary import nearest_words
from tests import factories

PLAIN = Analyzer()
pytestmark = pytest.mark.usefixtures("word_lists")
KNOWN = [
    Known(shown.lower(), shown, documents, stem(shown.lower()))
    for shown, documents in [
        ("Mannheim", 1),
        ("Monheim", 9),
        ("Neu", 99),
        ("Neuss", 2),
        ("Kette", 5),
        ("Ketten", 7),
        ("Babylotsinnen", 1),
        ("Physiotherapie", 1),
        ("Wohnen", 50),
    ]
]


@pytest.mark.parametrize(
    ("typed", "meant"), [("manheim", "Mannheim"), ("neus", "Neuss"), ("kettte", "Kette")]
)
def test_forgotten_double_letter_is_the_likeliest_slip(typed, meant):
    assert nearest_of(typed, KNOWN)[0] == meant


@pytest.mark.parametrize("typed", ["quantenphysik", "drohnen", "keller", "kanne"])
def test_nothing_near_is_nothing(typed):
    assert nearest_of(typed, KNOWN) == []


def test_words_are_compared_without_their_endings():
    assert nearest_of("babylosten", KNOWN) == ["Babylotsinnen"]


def test_what_sounds_alike_is_near():
    assert nearest_of("fysioterapie", KNOWN) == ["Physiotherapie"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ernärungsbilanz", "Ernährungsbilanz"),
        ("Netzwerkkordination", "NetzwerkKoordination"),
        ("bernährung", "Ernährung"),
    ],
)
def test_misspelt_part_of_a_compound_is_corrected(typed, meant):
    factories.make_example("Ernährung und Bilanz, Netzwerk und Koordination")

    results = queries.find(GUEST, typed, Filters())

    assert [correction.meant.lower() for correction in results.corrections] == [meant.lower()]
    assert results.strict_total == 1


def test_parts_of_compounds_are_known_words():
    factories.make_example("Selbstevaluation")

    assert nearest_words(GUEST, PLAIN, ["evalution"]) == {"evalution": ["Evaluation"]}


def test_short_words_and_numbers_are_not_corrected():
    writing.save_words([writing.word_row("amt", "Amt", Audience.PUBLIC, 1)])

    assert nearest_words(GUEST, PLAIN, ["ant", "2012"]) == {}


def test_known_word_is_not_corrected():
    factories.make_example("Lesepaten")
    factories.make_example("Lesepaten und Lesepaten")

    assert queries.find(GUEST, "Lesepate", Filters()).corrections == []


@pytest.mark.parametrize(("typed", "near"), [("Roma", "Oma"), ("erkrankt", "erkannt")])
def test_word_of_the_language_is_no_slip_for_another_one(typed, near):
    factories.make_example(near)

    assert queries.find(GUEST, typed, Filters()).corrections == []


def test_several_words_are_corrected_at_once(count_queries):
    factories.make_example("Sprachpaten besuchen Familienzentren")

    results = queries.find(GUEST, "Spachpaten Familenzentren", Filters())
    asked = count_queries(lambda: queries.find(GUEST, "Spachpaten Zenren", Filters()))

    assert results.corrected == "Sprachpaten Familienzentren"
    assert results.strict_total == 1
    assert asked <= 7
