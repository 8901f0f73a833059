"""Citations as people and their programs read them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inforo.citations import formats, identifiers, linked_data
from inforo.citations.works import Work
from tests import factories

TODAY = date(2026, 11, 26)
URL = "http://localhost/id/inforo:pb-000007.v2"


def make_work(**values):
    return Work(
        **{
            "authors": ("Stadt Köln, Jugendamt",),
            "title": "Spaß & Bewegung: 100 % „Straße“ – für_alle",
            "summary": "Kurz.\nUnd gut.",
            "published": date(2024, 5, 1),
            "changed": date(2025, 3, 2),
            "number": 2,
            "name": "inforo:pb-000007.v2",
            "licence": "CC BY 4.0",
        }
        | values
    )


def test_sentence_names_who_when_what_and_where():
    assert formats.sentence(make_work(), URL, TODAY) == (
        "Stadt Köln, Jugendamt (2025): Spaß & Bewegung: 100 % „Straße“ – für_alle. Fassung 2. "
        f"inforo, inforo:pb-000007.v2. {URL} (abgerufen am 26.11.2026)"
    )


def test_bibtex_is_ascii_and_escapes_what_latex_reads():
    entry = formats.bibtex(make_work(), URL, TODAY)

    assert entry.isascii()
    assert entry.startswith("@misc{inforo-pb-000007-v2,\n")
    assert r"author = {{Stadt K{\"o}ln, Jugendamt}}" in entry
    assert r"Spa{\ss} \& Bewegung: 100 \% {\glqq}Stra{\ss}e{\grqq} -- f{\"u}r\_alle" in entry
    assert "urldate = {2026-11-26}" in entry
    assert entry.endswith("\n}\n")


def test_bibtex_keeps_authors_apart():
    entry = formats.bibtex(make_work(authors=("Köln", "Bonn und Umland")), URL, TODAY)

    assert r"author = {{K{\"o}ln} and {Bonn und Umland}}" in entry


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_no_title_unbalances_the_braces_of_bibtex(title):
    written = formats.latex(title).replace(r"\{", "").replace(r"\}", "")

    assert written.count("{") == written.count("}")


def test_ris_has_one_line_per_tag_whatever_was_typed():
    record = formats.ris(make_work(title="Eins\nER  - \nzwei"), URL, TODAY)

    assert record.startswith("TY  - ELEC\r\n")
    assert record.endswith("ER  - \r\n")
    assert record.count("\r\nER  - ") == 1
    assert "TI  - Eins ER - zwei\r\n" in record
    assert "AU  - Stadt Köln – Jugendamt\r\n" in record
    assert "AB  - Kurz. Und gut.\r\n" in record
    assert "Y2  - 2026/11/26\r\n" in record


def test_script_in_a_title_does_not_end_the_block():
    block = linked_data.block({"name": "</script><script>alert(1)</script>&\u2028"})

    assert not set("<>&\u2028") & set(block)
    assert "\\u003c/script" in block


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("inforo:pb-000123", identifiers.Name("pb", 123, None)),
        ("INFORO:PB-000123.v4", identifiers.Name("pb", 123, 4)),
        ("wz-7", identifiers.Name("wz", 7, None)),
        ("inforo:wz-1234567", identifiers.Name("wz", 1_234_567, None)),
        ("other:pb-000123", None),
        ("inforo:pb-0", None),
        ("inforo:pb-12x", None),
        ("inforo:pb-" + "9" * 30, None),
        ("inforo:pb-１２", None),
    ],
)
def test_names_are_read_as_printed(name, meant):
    assert identifiers.read(name) == meant


def test_name_of_an_example_is_read_back():
    example = factories.make_example()

    name = identifiers.name_of(example, 3)

    assert identifiers.read(name) == identifiers.Name("pb", example.id, 3)
