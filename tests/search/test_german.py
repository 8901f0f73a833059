import unicodedata

import pytest

from inforo.search.german import completing, fold, sort_key, stem, tokens


def stems(text):
    return [stem(piece) for token in tokens(text) for piece in token.pieces]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Übergänge", "Uebergaenge"),
        ("Übergänge", "Ubergange"),
        ("Straße", "STRASSE"),
        ("Café", "cafe"),
        ("Größe", "groesse"),
        ("Früh\u00adförderung", "Frühförderung"),
        ("Şahin", "Sahin"),
        ("Yıldız", "yildiz"),
    ],
)
def test_spellings_of_a_word_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["neue", "Quelle", "Steuer", "Bauern"])
def test_ue_that_is_no_umlaut_stays(word):
    assert "ue" in fold(word)


def test_decomposed_letters_are_read_like_composed_ones():
    composed = "Frühe Hilfen für Mütter in Münster"

    decomposed = unicodedata.normalize("NFD", composed)

    assert stems(decomposed) == stems(composed)


@pytest.mark.parametrize(
    ("form", "plain"),
    [
        ("Mitarbeiter:innen", "Mitarbeiter"),
        ("Erzieher*innen", "Erzieher"),
        ("Multiplikator/innen", "Multiplikatoren"),
        ("Multiplikator/-innen", "Multiplikator"),
        ("Lehrer_innen", "Lehrern"),
        ("ErzieherInnen", "Erzieher"),
        ("Teilnehmer(innen)", "Teilnehmer"),
        ("Berater·innen", "Berater"),
        ("Erzieherinnen", "Erzieher"),
        ("Erzieherin", "Erziehern"),
        ("Ärztinnen", "Arzt"),
        ("Expert:innen", "Experten"),
        ("Pädagog*in", "Pädagogen"),
        ("Kolleginnen", "Kollegen"),
        ("Lotsinnen", "Lotsen"),
        ("Patin", "Paten"),
        ("Hebammen", "Hebamme"),
        ("Kitas", "Kita"),
        ("Familienzentren", "Familienzentrum"),
        ("Bündnisse", "Bündnis"),
        ("Kriterien", "Kriterium"),
        ("Häuser", "Haus"),
        ("Städten", "Stadt"),
        ("Themen", "Thema"),
        ("Praxen", "Praxis"),
        ("Risiken", "Risiko"),
        ("Materialien", "Material"),
        ("Fachkräfte", "Fachkraft"),
        ("Beschlüsse", "Beschluss"),
        ("kommunalen", "kommunale"),
        ("Alters", "Alter"),
        ("Kurse", "Kurs"),
        ("Busse", "Bus"),
        ("Nachbarn", "Nachbar"),
        ("Azubis", "Azubi"),
        ("Probleme", "Problem"),
        ("Umbauten", "Umbau"),
        ("Mitarbeitende", "Mitarbeiter"),
        ("Lehrende", "Lehrer"),
        ("Chefin", "Chef"),
        ("Redakteurinnen", "Redakteur"),
        ("Mensen", "Mensa"),
    ],
)
def test_forms_of_a_word_share_one_stem(form, plain):
    assert stems(form) == stems(plain)


@pytest.mark.parametrize(
    "word", ["Berlin", "Medizin", "Termin", "Disziplin", "Benzin", "Schwerin"]
)
def test_words_that_only_end_like_a_feminine_form_stay(word):
    assert stem(fold(word)) == fold(word)


def test_schwerin_is_no_feminine_form():
    assert stem("schwerin") != stem("schwer")


def test_stop_words_and_question_words_are_passed_over():
    assert stems("Wie finanzieren wir das?") == stems("finanzieren")
    assert stems("Wer hat etwas zu dem Thema Sucht?") == stems("Thema Sucht")


def test_tokens_know_their_place_in_the_original_text():
    text = "Für Mu\u0308tter & Erzieher:innen-Teams – z. B. in der U-Untersuchung (U3)."

    found = list(tokens(text))

    assert [text[t.start : t.end] for t in found] == [t.text for t in found]
    assert [t.folded for t in found] == ["mutter", "erzieherinnenteams", "uuntersuchung", "u3"]


def test_hyphenated_word_is_read_in_pieces_and_joined():
    (token,) = tokens("Kita-Sozialarbeit")

    assert token.pieces == ("kita", "sozialarbeit")
    assert token.folded == "kitasozialarbeit"
    assert token.is_hyphenated


def test_title_is_compared_in_one_spelling():
    assert sort_key("Weil am Rhein") == sort_key("weil  AM rhein")


@pytest.mark.parametrize(
    ("one", "other"), [("Kurs", "Kur"), ("Datum", "Daten"), ("Rat", "Rad")]
)
def test_different_words_keep_different_stems(one, other):
    assert stems(one) != stems(other)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Kinder- und Jugendhilfe", [("Kinder", "Jugendhilfe")]),
        (
            "Kinder-, Schul- und Jugendhilfe",
            [("Kinder", "Jugendhilfe"), ("Schul", "Jugendhilfe")],
        ),
        ("Alten-/Krankenpflege", [("Alten", "Krankenpflege")]),
        ("Kinder – Jugendhilfe", []),
        ("Kita-Sozialarbeit und Hort", []),
    ],
)
def test_word_that_ends_in_a_hyphen_is_completed_later(text, pairs):
    found = completing(text, list(tokens(text)))

    assert [(begun.text, whole.text) for begun, whole in found] == pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U 9", "U9"),
        ("S 15", "s15"),
        ("§ 20 a", "20a"),
        ("SGB VIII", "sgb 8"),
        ("SGB-II", "SGB II"),
        ("Bürger:innenbeteiligung", "Bürgerbeteiligung"),
        ("Schüler*innenvertretung", "Schülervertretung"),
    ],
)
def test_names_with_numbers_and_gender_inside_are_one_word(one, other):
    assert [token.folded for token in tokens(one)] == [token.folded for token in tokens(other)]


def test_book_of_law_is_found_under_its_abbreviation_too():
    (token,) = tokens("SGB VIII")

    assert token.pieces == ("sgb", "sgb8")
