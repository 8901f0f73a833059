"""Filters are recognised in what is typed."""

import pytest
from sqlalchemy import select, update

from inforo.db import session
from inforo.search.recognition import KIND_WORDS, Recognised, recognise
from inforo.vocabularies.models import Term


def found(typed):
    return {(one.facet, one.value): one.typed for one in recognise(typed)}


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("bayerische Kitas", "BY", "bayerische"),
        ("Hitzeschutz in NRW", "NW", "NRW"),
        ("sächsisches Netzwerk", "SN", "sächsisches"),
        ("niedersaechsische Kommunen", "NI", "niedersaechsische"),
        ("Pflege Rheinland Pfalz", "RP", "Rheinland Pfalz"),
        ("Rheinland-Pfalz", "RP", "Rheinland-Pfalz"),
        ("Sachsen-Anhalt Sport", "ST", "Sachsen-Anhalt"),
        ("Sachsen Anhalt Sport", "ST", "Sachsen Anhalt"),
        ("Bewegung Meck-Pomm", "MV", "Meck-Pomm"),
        ("Frühe Hilfen SH", "SH", "SH"),
        ("Thüringer Präventionskette", "TH", "Thüringer"),
        ("baden-württembergischer Landkreis", "BW", "baden-württembergischer"),
        ("Hessens Schulen", "HE", "Hessens"),
        ("im Ländle", "BW", "Ländle"),
        ("Hitze S-H", "SH", "S-H"),
        ("kitas in bw", "BW", "bw"),
        ("Niedersachsens Kommunen", "NI", "Niedersachsens"),
        ("Schulen des Saarlandes", "SL", "Saarlandes"),
        ("hessenweite Angebote", "HE", "hessenweite"),
        ("NRW-weit", "NW", "NRW-weit"),
        ("Berlin-Mitte", "BE", "Berlin-Mitte"),
        ("Dörfer in Vorpommern", "MV", "Vorpommern"),
    ],
)
def test_land_is_recognised_by_name_short_form_and_adjective(typed, code, words):
    assert found(typed)["state", code] == words


@pytest.mark.parametrize(
    "typed", ["he by sh", "in St. Ulrich", "in st. ulrich", "Shisha", "U-n"]
)
def test_two_small_letters_name_no_land(typed):
    assert found(typed) == {}


def test_saxony_is_not_seen_in_lower_saxony():
    assert [one.value for one in recognise("Niedersachsen")] == ["NI"]


@pytest.mark.parametrize(
    ("typed", "facet", "value"),
    [
        ("Praxisbeispiele Hitze", "kind", "example"),
        ("Werkzeuge für Netzwerke", "kind", "tool"),
        ("Diskussion Impfen", "kind", "thread"),
        ("Ansprechpartnerin Hitze", "kind", "person"),
        ("Projekte für Senior:innen", "age_phase", "aeltere-65"),
        ("Angebote für 3- bis 6-Jährige", "age_phase", "kita-alter-3-6"),
        ("Kinder 0–3 Jahre", "age_phase", "fruehe-kindheit-0-3"),
        ("Bewegung 70 Jahre", "age_phase", "aeltere-65"),
        ("Schwimmen lernen", "field_of_action", "bewegung"),
        ("Förderung der seelischen Gesundheit", "field_of_action", "psychische-gesundheit"),
        ("Obdachlose impfen", "target_group", "wohnungslose"),
        ("alleinerziehende Väter", "target_group", "alleinerziehende"),
        ("Ratsvorlagen Hitze", "tool_category", "sitzungs-beschlussvorlage"),
        ("Kooperationsverträge", "tool_category", "vereinbarung-kooperationsvertrag"),
        ("Hitzeaktionsplan 2023", "year", "2023"),
    ],
)
def test_kinds_terms_and_years_are_recognised(typed, facet, value):
    assert (facet, value) in found(typed)


def test_words_without_a_filter_name_none():
    assert found("Wie erreichen wir Väter 12345 Jahre 1.200") == {}


def test_excluded_words_are_not_offered():
    assert found("Netzwerk -Bayern") == {}


def test_longest_expression_wins():
    assert "alleinerziehende Mütter" in found("alleinerziehende Mütter").values()


def test_result_says_what_was_typed_and_how_the_filter_is_called():
    (one,) = recognise("in Meck-Pomm")

    assert one == Recognised("state", "MV", "Mecklenburg-Vorpommern", "Meck-Pomm")


def test_new_alias_counts_from_the_next_question():
    assert found("Trinkbrunnen") == {}
    term = session.scalars(select(Term).where(Term.key == "hitze-und-klima")).one()
    aliases = [*term.aliases, "Trinkbrunnen"]
    session.execute(update(Term).where(Term.id == term.id).values(aliases=aliases))

    assert ("field_of_action", "hitze-und-klima") in found("Trinkbrunnen")


def test_recognising_asks_one_question_of_the_database(count_queries):
    assert count_queries(lambda: recognise("bayerische Werkzeuge Hitze 2024")) <= 1


def test_words_of_kinds_are_written_once():
    words = [word for entries in KIND_WORDS.values() for word in entries]

    assert len(words) == len(set(words))
