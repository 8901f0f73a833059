"""No sum and no difference of what is shown tells of fewer than five."""

from hypothesis import given, settings
from hypothesis import strategies as st

from inforo.responses.suppression import everybody, gives_one_away, shown_cells, tells_of_few

SMALLEST = 5


def split(*labels):
    cells = {}
    for index, label in enumerate(labels):
        cells.setdefault(label, set()).add(index)
    return {label: frozenset(inside) for label, inside in cells.items()}


def test_small_cell_takes_the_next_one_with_it():
    splits = {"state": split(*"A" * 9, *"B" * 6, *"C" * 2)}

    assert shown_cells(splits, SMALLEST) == {"state": {"A"}}


def test_two_small_cells_hide_each_other():
    splits = {"state": split(*"A" * 9, *"B" * 3, *"C" * 2)}

    assert shown_cells(splits, SMALLEST) == {"state": {"A"}}


def test_cell_inside_another_split_does_not_tell_of_the_rest():
    # Land A has 6, five of them boroughs: with both shown, the sixth would be told.
    states = split(*"A" * 6, *"B" * 10)
    kinds = split(*"b" * 5, "s", *"g" * 5, *"s" * 5)

    shown = shown_cells({"state": states, "kind": kinds}, SMALLEST)

    assert not {"A"} <= shown["state"] or "b" not in shown["kind"]


def test_nothing_is_hidden_where_names_are_told():
    splits = {"state": split("A", "B"), "kind": split("x", "y")}

    assert shown_cells(splits, 1) == {"state": {"A", "B"}, "kind": {"x", "y"}}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from("ABCD")] * 3), min_size=5, max_size=40))
def test_whatever_was_answered_no_small_group_is_given_away(rows):
    names = ("state", "kind", "size")
    splits = {name: split(*(row[i] for row in rows)) for i, name in enumerate(names)}

    shown = shown_cells(splits, SMALLEST)

    assert all(len(splits[name][label]) >= SMALLEST for name in names for label in shown[name])
    assert not tells_of_few(splits, shown, SMALLEST)
    assert not gives_one_away(splits, shown, SMALLEST)
    assert len(everybody(splits)) == len(rows)
