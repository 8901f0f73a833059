import json

import pytest

from inforo.search.compounds import PLAIN, Lexicon, Splitter
from inforo.search.german import fold, stem
from inforo.search.lexicon import count_parts, write_atomically
from inforo.search.wordlist import WordList
from tests.search.relevance.judged import FOLDER

FEWEST_RIGHT = 0.97


def hand_made():
    """Return words with the parts a reader sees; one part for plain words."""
    text = (FOLDER / "compounds.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [word.removeprefix("=").split("+") for line in lines for word in line.split()]


def test_compounds_are_cut_where_a_reader_would(analyzer):
    words = hand_made()

    wrong = [
        parts
        for parts in words
        if not is_understood(analyzer, fold("".join(parts)), [fold(part) for part in parts])
    ]

    assert len(words) >= 250
    assert len(wrong) <= (1 - FEWEST_RIGHT) * len(words), wrong


def is_understood(analyzer, word, parts):
    """Tell whether the index finds a compound by each of its parts, and no plain word so."""
    if len(parts) == 1:
        return analyzer.parts_of(word) == ()
    return set(map(stem, parts)) <= set(analyzer.splitter.all_stems(word))


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Familienhebammen", "familien hebammen"),
        ("Hitzeaktionsplan", "hitze aktions plan"),
        ("Gesundheitslotsinnen", "gesundheits lots"),
        ("Schulsozialarbeiterinnen", "schul sozial arbeiter"),
        ("gesundheitsfördernd", "gesundheits fordernd"),
        ("Patenschaftsprogramm", "patenschafts programm"),
        ("Radwege", "rad wege"),
        ("Arbeitsamt", "arbeits amt"),
    ],
)
def test_compound_is_cut(analyzer, compound, parts):
    assert analyzer.splitter.split(fold(compound)) == tuple(parts.split())


@pytest.mark.parametrize(
    ("compound", "other"),
    [
        ("Schwangerschaftberatung", "Schwangerschaftsberatung"),
        ("Flüchtlinghilfe", "Flüchtlingshilfe"),
        ("Bestandaufnahme", "Bestandsaufnahme"),
        ("Stadtteilsmütter", "Stadtteilmütter"),
        ("Lotsensdienst", "Lotsendienst"),
        ("Demenzsnetzwerk", "Demenznetzwerk"),
        ("Familiehebamme", "Familienhebamme"),
        ("Radwegenetz", "Radwegnetz"),
        ("Mitternachtsport", "Mitternachtssport"),
        ("Vereinsport", "Vereinssport"),
    ],
)
def test_parts_are_the_same_whatever_links_them(analyzer, compound, other):
    found = analyzer.parts_of(fold(compound))

    assert found
    assert found == analyzer.parts_of(fold(other))


def test_two_short_nouns_that_name_another_thing_are_no_parts(analyzer):
    assert "zahn" not in analyzer.splitter.all_stems("zahnradbahn")
    assert {"zahn", "arzt"} <= set(analyzer.splitter.all_stems("zahnarztpraxis"))


def test_land_is_no_compound_of_another_land(analyzer):
    assert analyzer.splitter.all_stems("niedersachsen") == ()


def test_parts_that_are_words_are_known_as_they_are_shown(analyzer):
    assert analyzer.splitter.words("Bewegungsförderung") == (
        ("bewegung", "Bewegung"),
        ("forderung", "Förderung"),
    )
    assert analyzer.splitter.words("Kita") == ()


def test_index_knows_parts_of_parts(analyzer):
    found = analyzer.splitter.all_stems(fold("Sozialraumanalyse"))

    assert {"sozial", "raum", "analys", "sozialraum"} <= set(found)


def test_without_a_lexicon_words_stay_whole():
    assert PLAIN.all_stems("familienhebammen") == ()


def test_very_long_word_costs_nothing(analyzer):
    assert analyzer.parts_of("kind" * 1000) == ()


def test_lexicon_is_counted_from_a_word_list(tmp_path):
    fronts = ["Kinder", "Familien", "Eltern", "Jugend", "Frauen", "Senioren"]
    nouns = [*fronts, "Hilfe", "Haus"]
    compounds = [front + back for front in fronts for back in ("hilfe", "haus")]
    path = tmp_path / "deep" / "lexicon.json"

    counts = count_parts(WordList((word, word) for word in nouns + compounds))
    write_atomically(path, json.dumps(counts))

    splitter = Splitter(Lexicon.load(path))
    assert counts["back"] == {"hilfe": 6, "haus": 6}
    assert splitter.split("elternhilfe") == ("eltern", "hilfe")
    assert [file.name for file in path.parent.iterdir()] == ["lexicon.json"]


def test_name_of_a_place_is_no_compound_but_for_its_kreis(analyzer):
    name = analyzer.analyse("Dickesbach Landkreis Westerwaldkreis", is_name=True)

    assert name.stems == "dickesbach landkreis westerwaldkreis"
    assert name.parts == "westerwald kreis"


def test_landkreis_is_a_word_of_its_own(analyzer):
    assert analyzer.parts_of("landkreises") == ()
