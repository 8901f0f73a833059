"""Words of the glossary become links where they occur first – and nowhere they should not."""

import pytest

from inforo.glossary.linking import collect, pieces

WORDS = collect(
    "1",
    [
        ("praeventionskette", "Präventionskette", []),
        ("setting-ansatz", "Setting-Ansatz", ["Setting"]),
        ("oegd", "ÖGD", ["Öffentlicher Gesundheitsdienst"]),
        ("good-practice", "Good Practice", []),
        ("niedrigschwelligkeit", "Niedrigschwelligkeit", ["niedrigschwellig"]),
    ],
)


def linked(html: str) -> str:
    return "".join(pieces(html, WORDS, set()))


def slugs(html: str) -> list[str]:
    return [part.split('"')[0] for part in linked(html).split('href="/glossar/')[1:]]


def test_first_occurrence_becomes_a_link_and_the_second_does_not():
    html = linked("<p>Die Präventionskette. Eine Präventionskette.</p>")

    assert html.count("<a ") == 1
    assert html.startswith('<p>Die <a class="glossary-term" href="/glossar/praeventionskette"')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("viele Präventionsketten", ["praeventionskette"]),
        ("der Setting-Ansatz zählt", ["setting-ansatz"]),
        ("das Setting", ["setting-ansatz"]),
        ("Öffentlichen Gesundheitsdienst", ["oegd"]),
        ("Good Practice hilft", ["good-practice"]),
        ("ein niedrigschwelliges Angebot", ["niedrigschwelligkeit"]),
        ("Präventionskettenbüro", []),
        ("Good, Practice", []),
        ("ÖGD-Pakt", []),
        ("ögd", []),
    ],
)
def test_inflected_and_whole_words_only(text, found):
    assert slugs(f"<p>{text}</p>") == found


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x">Präventionskette</a></p>',
        "<h3>Präventionskette</h3>",
        "<pre><code>Präventionskette</code></pre>",
        '<p title="Präventionskette">nichts</p>',
        "<p>A &amp; B &Ouml;GD</p>",
    ],
)
def test_links_headings_code_and_attributes_stay_as_they_are(html):
    assert linked(html) == html


def test_text_after_a_link_is_linked_again():
    assert slugs('<p><a href="/x">ÖGD</a> und ÖGD</p>') == ["oegd"]
