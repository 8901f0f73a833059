"""What the order of results is made of, without a database."""

import pytest

from inforo.search.german import stem
from inforo.search.question import understand
from inforo.search.scoring import Scale
from inforo.search.vocabulary import Frequencies

COUNTS = Frequencies(
    100,
    {"kita": 30, "kindergart": 30, "gart": 2, "pat": 40, "erreich": 20}
    | {"suchtpravention": 10, "sucht": 20, "pravention": 25, "prophylax": 2},
)


@pytest.fixture
def score(analyzer):
    def measure(question, title="", body="", title_parts="", body_parts=""):
        scale = Scale(understand(analyzer, question), COUNTS)
        columns = (title, body, title_parts, body_parts)
        held = scale.held([" ".join(map(stem, column.split())) for column in columns])
        return scale.score(held, usual_length=40) if held else None

    return measure


def test_title_counts_more_than_text_and_words_more_than_their_parts(score):
    by_place = [
        score("Kita", title="kita"),
        score("Kita", body="kita"),
        score("Kita", body_parts="kita"),
        score("Kita", body="anderes"),
    ]

    assert by_place == sorted(by_place, reverse=True)
    assert len(set(by_place)) == 4
    assert by_place[-1] == 0


def test_typed_word_counts_double_beside_its_synonyms(score):
    typed, other = score("Kita", title="kita"), score("Kita", title="kindergarten")

    assert typed == pytest.approx(2 * other, rel=0.1)


def test_rare_synonym_counts_no_more_than_for_being_rare(score):
    rare, frequent = score("Kita", body="krippe"), score("Kita", body="kindergarten")

    assert rare == pytest.approx(frequent, rel=0.1)


def test_forms_of_a_verb_count_alike_however_rare_they_are(score):
    rare, frequent = score("erreichen", body="erreicht"), score("erreichen", body="erreichen")

    assert rare == pytest.approx(frequent, rel=0.1)


def test_whole_compound_counts_more_than_a_part_beside_a_synonym(score):
    whole = score("Suchtprävention", body="suchtpravention", body_parts="sucht pravention")
    parts = score("Suchtprävention", body="sucht pravention")
    synonym = score("Suchtprävention", body="sucht prophylaxe")

    assert min(whole, parts) > synonym > 0


def test_rare_word_counts_more_than_a_frequent_one(score):
    assert score("Garten Paten", body="garten") > score("Garten Paten", body="paten")


def test_repetition_counts_less_each_time_and_most_in_short_texts(score):
    once, twice, thrice = (
        score("Garten", body="garten x " * n + "y " * (20 - 5 * n)) for n in (1, 2, 3)
    )

    assert once < twice < thrice
    assert twice - once > thrice - twice
    assert score("Garten", body="garten x") > score("Garten", body="garten" + " x" * 50)


def test_compound_is_held_by_all_its_parts_or_not_at_all(analyzer):
    scale = Scale(understand(analyzer, "Bewegungskita"), COUNTS)

    assert scale.held(("", "beweg kita", "", "")).terms == {0}
    assert scale.held(("", "beweg", "", "")).terms == set()


def test_phrase_stands_side_by_side_in_one_column(analyzer):
    scale = Scale(understand(analyzer, '"gesunde Kita"'), COUNTS)

    assert scale.held(("gesund kita", "", "", "")).terms == {0}
    assert scale.held(("gesund", "kita", "", "gesund kita")).terms == set()


def test_document_with_an_excluded_word_is_left_out(score):
    assert score("Kita -Garten", title="kita", body="garten") is None


def test_synonym_counts_in_full_if_nobody_writes_what_was_typed(score):
    typed, other = score("Kita", title="kita"), score("Kindergarten", title="kita")
    unknown = score("Krippe", title="kindergarten")

    assert other < typed
    assert unknown == pytest.approx(typed, rel=0.1)
