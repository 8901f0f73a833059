import pytest

from inforo.search.highlight import PASSAGE, mark, snippet
from inforo.search.question import understand


def marked(analyzer, text, question):
    return str(mark(analyzer, text, understand(analyzer, question).stems))


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Die Familienhebammen kommen", "Hebamme", "Die Familien<mark>hebammen</mark> kommen"),
        ("In Kindertagesstätten", "Kita", "In <mark>Kindertagesstätten</mark>"),
        ("Erzieher:innen helfen", "Erzieherin", "<mark>Erzieher:innen</mark> helfen"),
        ("Fruehe Hilfe", "frühe hilfen", "<mark>Fruehe</mark> <mark>Hilfe</mark>"),
        ("Kita-Sozialarbeit", "Sozialarbeit", "<mark>Kita-Sozialarbeit</mark>"),
        ("für Mu\u0308tter da", "Mutter", "für <mark>Mu\u0308tter</mark> da"),
        ("Großmütter", "gross", "<mark>Groß</mark>mütter"),
    ],
)
def test_match_is_marked_in_the_original_text(analyzer, text, question, expected):
    assert marked(analyzer, text, question) == expected


def test_text_of_people_cannot_become_html(analyzer):
    html = marked(analyzer, "<script>Kita</script> & mehr", "Kita")

    assert html == "&lt;script&gt;<mark>Kita</mark>&lt;/script&gt; &amp; mehr"


def test_snippet_shows_the_passage_with_most_of_the_words(analyzer):
    text = "Hebamme am Anfang. " + "Fülltext steht dazwischen. " * 40
    text += "Hier beraten Hebammen im Quartier über Ernährung. " + "Und mehr Text. " * 40

    html = snippet(analyzer, text, understand(analyzer, "Hebamme Quartier Ernährung").stems)

    assert "<mark>Quartier</mark>" in html
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert len(html) < PASSAGE + 80


def test_snippet_of_a_text_without_match_is_its_beginning(analyzer):
    html = snippet(analyzer, "Ein Text ohne Treffer.", frozenset({"kita"}))

    assert str(html) == "Ein Text ohne Treffer."
