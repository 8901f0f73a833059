"""How alike municipalities are: the formula, in numbers and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inforo.municipalities.likeness import (
    CLOSE,
    distance_km,
    likeness,
    most_alike,
    reasons,
    scores,
)
from inforo.municipalities.models import MunicipalityKind, size_class_of
from inforo.municipalities.names import Place, Register


def place(
    ags="08222000",
    kind="kreisfreie_stadt",
    land="BW",
    people=300_000,
    area=150.0,
    at=(49.5, 8.5),
):
    known = MunicipalityKind(kind)
    return Place(
        ags,
        f"Ort {ags}",
        known,
        land,
        land,
        population=people,
        size_class=size_class_of(known, people),
        area_km2=area,
        latitude=at[0],
        longitude=at[1],
    )


PLACES = st.builds(
    place,
    kind=st.sampled_from([kind.value for kind in MunicipalityKind]),
    land=st.sampled_from(["BW", "NW"]),
    people=st.integers(1, 4_000_000),
    area=st.one_of(st.none(), st.floats(0.1, 5000)),
)


@given(PLACES, PLACES)
def test_likeness_is_the_same_from_both_sides_and_between_0_and_100(one, other):
    score = likeness(one, other)

    assert 0 <= score <= 100
    assert score == pytest.approx(likeness(other, one))
    assert scores(one, [other])[other.ags] == pytest.approx(score)


def test_nothing_is_more_like_a_place_than_itself():
    assert likeness(place(), place()) == 100


def test_each_difference_costs_points():
    mine = place()
    same = likeness(mine, place())
    other_land = likeness(mine, place(land="NW"))
    smaller = likeness(mine, place(people=10_000))
    district = likeness(mine, place(kind="landkreis"))

    assert same - other_land == 15
    assert smaller < CLOSE < other_land
    assert district < smaller


def test_unknown_numbers_give_no_points_and_no_error():
    assert likeness(place(), place(people=0, area=None)) < likeness(place(), place())
    assert distance_km(place(), place(at=(None, None))) is None


def test_the_reasons_say_what_was_found():
    said = reasons(place(), place(people=336_000, area=160.0))

    assert said == [
        "gleiche Art (kreisfreie Stadt)",
        "gleiche Größenklasse",
        "gleiches Land",
        "12 % mehr Einwohner",
        "ähnlich dicht besiedelt",
    ]
    assert "2,5-mal so viele Einwohner" in reasons(place(), place(people=750_000))
    assert "20 % weniger Einwohner" in reasons(place(), place(people=240_000))
    assert "etwa gleich viele Einwohner" in reasons(place(), place(people=301_000))
    assert "benachbarte Größenklasse" in reasons(place(), place(people=90_000))


def test_the_nearer_of_two_equals_comes_first():
    far = place("05515000", at=(52.0, 7.6))
    near = place("05111000", at=(49.6, 8.6))
    names = Register([place(), far, near])

    found = most_alike(names, "08222000")

    assert [entry.place.ags for entry in found] == ["05111000", "05515000"]
    assert found[0].distance_km < 20


def test_distance_follows_the_earth():
    berlin, munich = place(at=(52.52, 13.405)), place(at=(48.137, 11.575))

    assert distance_km(berlin, munich) == pytest.approx(504, abs=3)
