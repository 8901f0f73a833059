"""Markdown to safe HTML, excerpts, slugs, differences."""

import time

import pytest
from bs4 import BeautifulSoup

from inforo import text


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<img src=x onerror="alert(1)">',
        "![x](javascript:alert(1))",
        '[x](https://a.example "onmouseover=alert(1)")',
        "<svg/onload=alert(1)>",
        "<iframe src='https://a.example'></iframe>",
        '<a href="vbscript:x">y</a>',
        "&lt;script&gt;alert(1)&lt;/script&gt;<style>*{}</style>",
    ],
)
def test_nothing_that_runs_survives(source):
    rendered = BeautifulSoup(text.render_markdown(source), "html.parser")

    assert {tag.name for tag in rendered.find_all()} <= text.TAGS
    for tag in rendered.find_all():
        assert not [name for name in tag.attrs if name.startswith("on")]
        assert tag.get("href", "https:").split(":")[0] in {"http", "https", "mailto", "tel"}


def test_an_uploaded_picture_is_shown_by_its_preview():
    rendered = text.render_markdown('![Ein "Plan"](/anhaenge/12)')

    assert rendered == (
        '<p><img src="/anhaenge/12/vorschau" alt="Ein &quot;Plan&quot;" loading="lazy"></p>\n'
    )
    assert text.plain(rendered) == 'Ein "Plan"'


def test_picture_without_words_gets_those_noted_with_its_file():
    rendered = text.render_markdown("![](/anhaenge/12) ![b](/anhaenge/13)")

    assert text.undescribed_files(rendered) == {12}
    assert 'alt="Ein &lt;Plan&gt;"' in text.describe_files(rendered, {12: "Ein <Plan>"})


@pytest.mark.parametrize(
    "address",
    [
        "/anhaenge/12/../13",
        "/anhaenge/x",
        "//evil.example/anhaenge/12",
        "/dateien/12",
        "/konto",
    ],
)
def test_no_other_address_is_shown_as_a_picture(address):
    assert "<img" not in text.render_markdown(f"![x]({address})")


def test_an_image_becomes_a_link_so_that_no_other_host_learns_who_reads():
    rendered = text.render_markdown("![Karte](https://bilder.example/karte.png)")

    assert "<img" not in rendered
    assert 'href="https://bilder.example/karte.png"' in rendered


def test_headings_begin_below_those_of_the_page():
    assert "<h3>Ziele</h3>" in text.render_markdown("# Ziele")
    assert "<h3>Ziele</h3>\n<h4>Wege</h4>" in text.render_markdown("## Ziele\n### Wege")
    assert "<h2>Ziele</h2>" in text.render_markdown("## Ziele", headings_from=1)


def test_tables_lists_and_bare_addresses_are_rendered():
    rendered = text.render_markdown(
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n- x\n\nhttps://a.example"
    )

    assert "<table>" in rendered
    assert "<li>x</li>" in rendered
    assert 'rel="nofollow noopener noreferrer"' in rendered


@pytest.mark.parametrize("source", ["[" * 20_000, "[a](" * 5_000, "*a " * 6_000, ">" * 20_000])
def test_hostile_text_is_rendered_in_bounded_time(source):
    started = time.perf_counter()

    text.render_markdown(source)

    assert time.perf_counter() - started < 20


def test_mentions_are_found_once_and_linked_where_known():
    source = "Frag @[Anna Albrecht] und @[Niemand], @[Anna Albrecht]!"

    assert text.mentions(source) == ["Anna Albrecht", "Niemand"]
    linked = text.link_mentions(
        text.render_markdown(source), {"Anna Albrecht": "/personen/1"}.get
    )
    assert linked.count('href="/personen/1"') == 2
    assert "@Niemand" in linked


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Frühe Hilfen in Münster", "fruehe-hilfen-in-muenster"),
        ("Größe & Maß", "groesse-mass"),
        ("ÄÖÜ", "aeoeue"),
        ("  … ", ""),
        ("Çocuk – Café", "cocuk-cafe"),
    ],
)
def test_slug(title, slug):
    assert text.slug(title) == slug


def test_clean_removes_what_nobody_types():
    assert text.clean(" a\r\nb\x07\u202e ") == "a\nb"
    assert text.clean(None) == ""
    assert text.clean("u\u0308") == "ü"
    assert text.clean("a\ufffe\uffffb") == "ab"


def test_excerpt_ends_between_words():
    assert text.excerpt("Eins zwei drei", 10) == "Eins zwei …"
    assert text.excerpt("kurz") == "kurz"


def test_diff_marks_words_and_escapes_them():
    shown = text.diff("Wir <b> laden ein", "Wir <b> bitten ein")

    assert shown == "Wir &lt;b&gt; <del>laden</del><ins>bitten</ins> ein"


def test_plain_text_of_html_keeps_words_apart():
    assert (
        text.plain("<p>Eins</p><ul><li>zwei</li><li>&lt;drei&gt;</li></ul>")
        == "Eins zwei <drei>"
    )
