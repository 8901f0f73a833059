"""Finding municipalities by what people type, on the whole edition that comes with inforo."""

import pytest

from inforo.municipalities import reference
from inforo.municipalities.names import Place, Register, fold, name_key

TYPED = [
    # exactly, and with umlauts in every spelling
    ("Mannheim", "08222000"),
    ("münchen", "09162000"),
    ("Muenchen", "09162000"),
    ("munchen", "09162000"),
    ("KÖLN", "05315000"),
    ("koeln", "05315000"),
    ("gießen", "06531005"),
    ("giessen", "06531005"),
    ("Monheim am Rhein", "05158026"),
    ("Soest", "05974040"),
    # with what people put in front or behind
    ("Stadt Köln", "05315000"),
    ("Landeshauptstadt Potsdam", "12054000"),
    ("Hansestadt Lübeck", "01003000"),
    ("Mannheim Stadt", "08222000"),
    ("Landkreis Karlsruhe", "08215"),
    ("LK Zwickau", "14524"),
    ("Landkreis Zwickau", "14524"),
    ("Kreis Karlsruhe", "08215"),
    ("Bezirk Pankow", "11000003"),
    # beginnings and single words of longer names
    ("karlsr", "08212000"),
    ("mönch", "05116000"),
    ("frankfurt", "06412000"),
    ("frankfurt oder", "12053000"),
    ("frankfurt main", "06412000"),
    ("halle saale", "15002000"),
    ("neustadt weinstrasse", "07316000"),
    ("liebenwerda", "12062024"),
    ("Sankt Augustin", "05382056"),
    ("St. Augustin", "05382056"),
    ("chosebuz", "12052000"),
    # Kreise with names of their own, Bezirke alone and behind their city
    ("rhein kreis neuss", "05162"),
    ("Vorpommern-Rügen", "13073"),
    ("marzahn", "11000010"),
    ("berlin mitte", "11000001"),
    ("kreuzberg", "11000002"),
    ("altona", "02000002"),
    ("Hamburg Altona", "02000002"),
    # slips
    ("Manheim", "08222000"),
    ("Mannhein", "08222000"),
    ("Düseldorf", "05111000"),
    ("Hambrug", "02000000"),
    ("Vorpomern-Rügen", "13073"),
    ("Monhein", "05158026"),
    ("Wupertal", "05124000"),
    ("Saarbrüken", "10041100"),
    ("Lepzig", "14713000"),
    # numbers
    ("68159", "08222000"),
    ("08222000", "08222000"),
]


@pytest.fixture(scope="module")
def register():
    names = {row["code"]: row["name"] for row in reference.state_rows()}
    return Register(
        Place(
            row["ags"],
            row["display_name"],
            row["kind"],
            row["state_code"],
            names[row["state_code"]],
            population=row["population"] or 0,
            postal_code=row["postal_code"],
            size_class=row["size_class"],
        )
        for row in reference.municipality_rows()
    )


@pytest.mark.parametrize(("typed", "ags"), TYPED)
def test_the_meant_municipality_comes_first(register, typed, ags):
    found = [place.ags for place in register.search(typed, 5)]

    assert found
    assert found[0] == ags


def test_a_number_finds_all_places_of_the_postal_code(register):
    found = register.search("6815", 20)

    assert {place.postal_code[:4] for place in found} == {"6815"}


@pytest.mark.parametrize("typed", ["", "  ", "!?", "xqxqxq", "'; DROP TABLE", "ß" * 300])
def test_nonsense_finds_nothing_and_breaks_nothing(register, typed):
    assert register.search(typed) == []


def test_a_typed_kreis_comes_before_the_city_of_its_name(register):
    found = register.search("Landkreis München", 2)

    assert [place.name for place in found] == ["Landkreis München", "München"]


def test_large_places_come_before_small_ones(register):
    found = register.search("Neustadt", 30)
    exact = [place for place in found if place.name == "Neustadt"]

    assert [p.population for p in exact] == sorted((p.population for p in exact), reverse=True)


def test_no_more_than_wanted_is_found(register):
    assert len(register.search("a", 7)) == 7


def test_folding_keeps_beginnings():
    for name in ("Neuenburg", "Soest", "Bauer", "Münster", "Straße", "Œuvre"):
        for end in range(1, len(name)):
            assert fold(name).startswith(fold(name[:end]).rstrip("s"))


def test_key_of_a_name_leaves_the_kind_away():
    assert name_key("Landkreis Görlitz") == name_key("Goerlitz") == "gorlitz"
    assert name_key("Stadt") == "stadt"
