import pytest

from inforo.search import matching
from inforo.search.german import fold, stem
from inforo.search.models import Kind
from inforo.search.question import understand


def typed(analyzer, text):
    return [term.typed for term in understand(analyzer, text).terms]


def phrases_of(term):
    return {phrase for (condition, *_rest) in term.alternatives for phrase in condition}


def test_question_words_are_not_searched(analyzer):
    assert typed(analyzer, "Wie finanzieren wir die Familienhebammen?") == [
        "finanzieren",
        "Familienhebammen",
    ]


def test_repeated_words_count_once(analyzer):
    assert typed(analyzer, "Kita Kitas KITA") == ["Kita"]


def test_quoted_words_are_a_phrase(analyzer):
    (term,) = understand(analyzer, "„Frühe Hilfen“").terms

    assert term.alternatives == (((("fruh", "hilf"),),),)


def test_minus_excludes_a_word_but_a_hyphen_does_not(analyzer):
    question = understand(analyzer, "Kita-Sozialarbeit -Hort")

    assert question.excluded == ("hort",)
    assert [term.typed for term in question.terms] == ["Kita-Sozialarbeit"]


def test_compound_means_itself_or_all_its_parts(analyzer):
    (term,) = understand(analyzer, "Hebammensprechstunde").terms

    whole, parts = term.alternatives
    assert whole == ((("hebammensprechstund",),),)
    assert [condition[0] for condition in parts] == [("hebamm",), ("sprechstund",)]


def test_synonyms_stand_in_for_words_and_parts(analyzer):
    question = understand(analyzer, "Bewegungskita")

    assert {"beweg", "sport", "kita", "kindergart"} <= question.stems


def test_several_words_can_be_one_synonym(analyzer):
    (term,) = understand(analyzer, "alten Menschen").terms

    assert "senior" in term.stems
    assert ((("alt", "mensch"),),) in understand(analyzer, "Senioren").terms[0].alternatives


def test_more_words_than_anybody_types_are_cut_off(analyzer):
    assert len(understand(analyzer, " ".join(f"wort{n}" for n in range(99))).terms) <= 12


@pytest.mark.parametrize(
    "text",
    ['"', "* OR NEAR(", "') OR 1=1 --", "kita\x00", "a:b^2 {x}", "- - -", "\ud800", "💡"],
)
def test_no_syntax_reaches_the_database(analyzer, text):
    question = understand(analyzer, text)

    if question.terms:
        allowed = set('abcdefghijklmnopqrstuvwxyz0123456789" ()')
        assert set(matching.sqlite(question, question.terms).lower()) <= allowed


def test_question_is_written_for_both_databases(analyzer):
    question = understand(analyzer, '"gesunde Stadt" Flöte -Hort')

    sqlite = matching.sqlite(question, question.terms)
    postgres = matching.postgres(question, question.terms)

    assert sqlite == (
        '(({title_stems body_stems} : "gesund stadt" AND "flot"))'
        ' NOT ({title_stems body_stems title_parts} : "hort")'
    )
    assert postgres == ("((('gesund':AB <-> 'stadt':AB) & 'flot')) & !'hort':ABC")


def test_anything_but_a_stem_is_refused():
    with pytest.raises(ValueError, match="not a stem"):
        matching.word("kita' | 'x")


def test_neighbours_are_read_as_one_word_too(analyzer):
    one, other = understand(analyzer, "Hebammen Bus").terms

    assert "hebammenbus" in one.stems & other.stems


def test_entry_of_a_ring_written_in_two_is_one_thing_with_all_its_meanings(analyzer):
    (term,) = understand(analyzer, "Quartier Manager").terms

    assert {("quartiersmanag",), ("stadtteilmanag",)} <= phrases_of(term)
    assert len(term.alternatives[0]) == 2  # or both words, wherever they stand


@pytest.mark.parametrize(
    ("typed_word", "rest"),
    [
        ("Arbeitslosigkeit", "arbeit"),
        ("ländlich", "land"),
        ("hochaltrig", "alt"),
        ("Spaziergang", "fuss"),
        ("Wochenbett", "geburt"),
        ("Elternschaft", "elt"),
        ("barrierefrei", "hindernis"),
        ("Vapes", "zigarett"),
        ("Vorsorgeuntersuchung", "untersuch"),
    ],
)
def test_what_stop_words_leave_of_an_entry_is_no_synonym(analyzer, typed_word, rest):
    (term,) = understand(analyzer, typed_word).terms

    found = [alternative for alternative in term.alternatives if len(alternative) == 1]
    assert not any((rest,) in condition for (condition,) in found)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Menschen ohne Arbeit", "arbeitslos"),
        ("Hebammen auf dem Lande", "landlich"),
        ("zu fuss zur Schule", "spaziergang"),
        ("Hilfe nach der Geburt", "wochenbett"),
        ("Was hat nicht funktioniert?", "gescheitert"),
    ],
)
def test_entry_with_stop_words_is_recognised_in_a_question(analyzer, asked, meant):
    term = understand(analyzer, asked).terms[0]

    assert (meant,) in term.alternatives[0][0]


def test_without_something_does_not_ask_for_it(analyzer):
    assert "arbeit" not in understand(analyzer, "Menschen ohne Arbeit").stems


def test_entry_of_stop_words_alone_need_not_stand_beside_other_words(analyzer):
    question = understand(analyzer, "Wer macht was bei Hitze?")

    assert [term.typed for term in question.terms] == ["Hitze"]
    assert [term.typed for term in question.wishes] == ["Wer macht was"]


@pytest.mark.parametrize(
    ("word", "relative"),
    [
        ("partizipativ", "partizipation"),
        ("Inklusion", "inklusiv"),
        ("Koordinatorin", "koordination"),
    ],
)
def test_latin_words_find_each_other_whatever_their_ending(analyzer, word, relative):
    assert relative in understand(analyzer, word).stems


def test_latin_words_that_only_look_alike_stay_apart(analyzer):
    assert "position" not in understand(analyzer, "positiv").stems


def test_named_kind_is_wished_for_beside_other_words(analyzer):
    question = understand(analyzer, "Muster Geschäftsordnung")

    assert [term.typed for term in question.terms] == ["Geschäftsordnung"]
    assert question.kinds == (Kind.TOOL,)
    assert understand(analyzer, "Muster").kinds == ()
    assert understand(analyzer, "Gute Beispiele aus Bayern").kinds == (Kind.EXAMPLE,)


def test_words_that_only_ask_are_left_out(analyzer):
    assert typed(analyzer, "Wer hat Erfahrung mit Stadtteilmüttern?") == ["Stadtteilmüttern"]
    assert typed(analyzer, "Erfahrung") == ["Erfahrung"]


@pytest.mark.parametrize(
    ("word", "relative"),
    [("Impfungen", "impf"), ("impfen", "impfung"), ("evaluieren", "evaluation")],
)
def test_verbs_and_their_nouns_find_each_other(analyzer, word, relative):
    assert relative in understand(analyzer, word).stems


@pytest.mark.parametrize(("word", "stranger"), [("Zeitung", "zeit"), ("Bildung", "bild")])
def test_nouns_that_only_look_like_relatives_stay_apart(analyzer, word, stranger):
    assert stranger not in understand(analyzer, word).stems


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("erreicht", "erreichen"),
        ("gefördert", "fördern"),
        ("fördert", "fördern"),
        ("beteiligt", "beteiligen"),
        ("vernetzt", "vernetzen"),
        ("umgesetzt", "umsetzen"),
        ("einzurichten", "einrichten"),
        ("teilgenommen", "teilnehmen"),
        ("bezuschusst", "bezuschussen"),
        ("vorgebeugt", "vorbeugen"),
    ],
)
def test_forms_of_a_verb_find_each_other_as_one_word(analyzer, form, verb):
    (said,) = understand(analyzer, form).terms[0].alternatives[0]
    (meant,) = understand(analyzer, verb).terms[0].alternatives[0]

    assert (stem(fold(verb)),) in said
    assert (stem(fold(form)),) in meant


@pytest.mark.parametrize(
    ("word", "relative"),
    [("gefördert", "forder"), ("Förderung", "gefordert"), ("geplant", "planung")],
)
def test_forms_of_a_verb_and_its_noun_find_each_other(analyzer, word, relative):
    assert relative in understand(analyzer, word).stems


@pytest.mark.parametrize(
    ("word", "stranger"),
    [
        ("geschult", "schul"),
        ("Schulen", "geschult"),
        ("anbieten", "angebot"),
        ("Plan", "plant"),
    ],
)
def test_verbs_do_not_lead_to_nouns_that_only_look_like_them(analyzer, word, stranger):
    assert stranger not in understand(analyzer, word).stems


def test_kind_of_result_is_not_looked_for_in_the_texts(analyzer):
    assert typed(analyzer, "Praxisbeispiele Hitze") == ["Hitze"]
    assert typed(analyzer, "Beispiele") == ["Beispiele"]


@pytest.mark.parametrize(
    ("typed_name", "other"),
    [("NRW", "westfal"), ("bayerische Kitas", "bay"), ("Thüringer", "thuring")],
)
def test_names_of_a_land_mean_the_same(analyzer, typed_name, other):
    assert other in understand(analyzer, typed_name).stems


def test_words_that_say_little_are_wished_for_beside_others(analyzer):
    question = understand(analyzer, "Angebote für Alleinerziehende")

    assert [term.typed for term in question.terms] == ["Alleinerziehende"]
    assert [term.typed for term in question.wishes] == ["Angebote"]
    assert typed(analyzer, "Angebote") == ["Angebote"]


def test_half_of_a_long_compound_has_synonyms_of_its_own(analyzer):
    assert "kita" in understand(analyzer, "Kindergartenkinder").stems


def test_old_people_are_found_under_any_name_for_people(analyzer):
    assert "senior" in understand(analyzer, "alte Leute").terms[0].stems


@pytest.mark.parametrize(
    ("adjective", "noun"), [("zahnärztlich", "zahnarzt"), ("ehrenamtlich", "ehrenamt")]
)
def test_adjective_leads_to_its_noun(analyzer, adjective, noun):
    assert noun in understand(analyzer, adjective).stems


def test_excluded_number_is_no_word_to_find(analyzer):
    assert understand(analyzer, "Vorsorge -U9").excluded == ("u9",)


@pytest.mark.parametrize("typed", ["Hitze SH", "Hitze S-H", "hitze in sh"])
def test_two_letters_of_a_land_mean_its_name(analyzer, typed):
    hitze, land = understand(analyzer, typed).terms

    assert {("schleswig",), ("holstein",), ("sh",)} <= expressions(land)
    assert hitze.word == "hitze"


def test_two_letters_that_may_be_something_else_stay_what_they_are(analyzer):
    school, _city = understand(analyzer, "TH Köln").terms

    assert {("thuring",), ("th",)} <= expressions(school)


def test_year_and_good_practice_are_no_words_to_find(analyzer):
    question = understand(analyzer, "Bewegung Senioren 2023 gute Praxis")

    assert [term.word for term in question.terms] == ["bewegung", "senioren"]
    assert [term.word for term in question.wishes] == ["2023"]
    assert [term.word for term in understand(analyzer, "gute Praxis").terms] == [
        "gute",
        "praxis",
    ]


def expressions(term):
    return {phrase for whole in term.alternatives for some in whole for phrase in some}
