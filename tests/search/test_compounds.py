import json

import pytest

from inforo.search.compounds import PLAIN, Lexicon, Splitter
from inforo.search.german import fold
from inforo.search.lexicon import WordList, count_parts, write_atomically

COMPOUNDS = {
    "Familienhebammen": "familien hebammen",
    "Bewegungskita": "bewegungs kita",
    "Präventionskette": "praventions kette",
    "Quartiersmanagement": "quartiers management",
    "Gesundheitskonferenz": "gesundheits konferenz",
    "Familienzentren": "familien zentren",
    "Koordinierungsstelle": "koordinierungs stelle",
    "Stadtteilmütter": "stadtteil mutter",
    "Suchtprävention": "sucht pravention",
    "Sprachbildung": "sprach bildung",
    "Elterncafé": "eltern cafe",
    "Hitzeaktionsplan": "hitze aktions plan",
    "Zahngesundheit": "zahn gesundheit",
    "Ratsvorlage": "rats vorlage",
    "Altersarmut": "alters armut",
    "Kindergartenkinder": "kindergarten kinder",
    "Kleinkinder": "klein kinder",
    "Lotsendienst": "lotsen dienst",
    "Gesundheitslotsinnen": "gesundheits lots",
    "Nachbarschaftshilfe": "nachbarschafts hilfe",
    "Schulsozialarbeiterinnen": "schul sozial arbeiter",
    "Seniorenbüro": "senioren buro",
    "gesundheitsfördernd": "gesundheits fordernd",
    "Kinderschutz": "kinder schutz",
}
PLAIN_WORDS = [
    "Verwaltung",
    "Beteiligung",
    "Unterstützung",
    "Gesundheit",
    "Mannheim",
    "Vereinbarung",
    "Veranstaltung",
    "Einsamkeit",
    "Mitarbeiter",
    "Kita",
    "Hebamme",
]


@pytest.mark.parametrize(("compound", "parts"), COMPOUNDS.items())
def test_compound_is_cut_where_a_reader_would(analyzer, compound, parts):
    assert analyzer.splitter.split(fold(compound)) == tuple(parts.split())


@pytest.mark.parametrize("word", PLAIN_WORDS)
def test_plain_word_stays_whole(analyzer, word):
    assert analyzer.parts_of(fold(word)) == ()


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
